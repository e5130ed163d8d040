import { afterAll, beforeAll, test, vi } from 'vitest'
import { type House, openHouse } from '../house.ts'
import { citizen, inTopic, newCitizen, numberIn, type Phone, until } from '../people.ts'

// A restart takes long on a busy machine.
vi.setConfig({ testTimeout: 60_000 })

let house: House
beforeAll(async () => {
  house = await openHouse()
})
afterAll(() => house.stop())

/** The newest screen, as a person sees it: an older one with the same words does not count. */
const onScreen = (phone: Phone, words: string) => until(words, () => phone.fromBot().at(-1)?.text?.includes(words))

test('five ways back: what fails leads to the next step, then to a person who sees the whole way', async () => {
  const vera = citizen(house.sandbox, 1001)
  vera.says('/start access-no_code')
  await vera.hears('Не приходит код')
  await vera.presses('Восстановить вход по шагам')
  await vera.hears('Что мешает войти')
  await vera.presses('Не приходит код')
  await vera.hears('шаг 1 из 5')
  await vera.presses('Не получилось')
  await vera.hears('шаг 2 из 5')
  await house.restart()
  await vera.presses('Не получилось')
  await vera.hears('шаг 3 из 5')
  vera.says('/recovery')
  await vera.hears('Что мешает войти')
  await vera.presses('Продолжить: шаг 3')
  await onScreen(vera, 'шаг 3 из 5')
  for (const next of ['шаг 4 из 5', 'шаг 5 из 5', 'Эти шаги не помогли']) {
    await vera.presses('Не получилось')
    await onScreen(vera, next)
  }
  await vera.presses('Другая причина')
  await vera.presses('Вход заблокирован')
  await onScreen(vera, 'шаг 1 из 4')
  await vera.presses('Не получилось')
  await onScreen(vera, 'шаг 2 из 4')
  await vera.presses('Оператор')
  await vera.presses('Согласен')
  await vera.hears('Опишите')
  vera.says('Не могу войти')
  const number = numberIn(await vera.hears('Ваш номер обращения'))
  const petr = await inTopic(house.sandbox, 5002, number)
  await petr.hears('Не приходит код: шаги 1, 2, 3, 4, 5 – не помогли')
  await petr.hears('Вход заблокирован: шаги 1')
  await petr.hears('· Вход')
})

test('what helped ends with advice, in English', async () => {
  const ann = newCitizen(house.sandbox, 'en')
  ann.says('/recovery')
  await ann.presses('I forgot my password')
  await ann.hears('step 1 of 4')
  await ann.presses('It did not work')
  await ann.hears('step 2 of 4')
  await ann.presses('It worked')
  await ann.hears('two-step sign-in')
  await ann.presses('Protect your account')
  await ann.hears(/password/i)
})
