import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { type House, openHouse } from '../house.ts'
import { citizen, inTopic, newCitizen, numberIn } from '../people.ts'

// A restart takes long on a busy machine.
vi.setConfig({ testTimeout: 60_000 })

let house: House
beforeAll(async () => {
  house = await openHouse()
})
afterAll(() => house.stop())

test('a call back: phone, time, a pass-phrase for whoever calls; the card masks the number', async () => {
  const vera = citizen(house.sandbox, 1001)
  vera.says('/start contact-busy')
  await vera.presses('Заказать звонок')
  await vera.presses('Согласен')
  await vera.hears('На какой номер')
  vera.says('мой номер')
  await vera.hears('не похоже на номер телефона')
  vera.says('8 (999) 123-45-67')
  await vera.hears('Когда вам удобно')
  vera.says('ночью')
  await vera.hears('один из промежутков')
  await house.restart()
  await vera.presses(/^\p{L}+, \d+ \p{L}+, \d\d:00–\d\d:00$/u)
  await vera.hears('О чём поговорим')
  vera.says('Про загранпаспорт')
  await vera.hears(/Когда: \p{L}+, \d+ \p{L}+, \d\d:00–\d\d:00/u)
  await vera.presses('Отправить')
  const told = await vera.hears('назовёт два слова')
  expect(told.text).toContain('+7 *** ***-45-67')
  const words = /два слова: (\p{L}+ \p{L}+)\./u.exec(told.text ?? '')?.[1] ?? 'none'
  const petr = await inTopic(house.sandbox, 5002, numberIn(told))
  const card = await petr.hears(words)
  expect(card.text).toContain('+7 *** ***-45-67')
  expect(card.text).not.toContain('123-45-67')
  await petr.hears('• (•••) •••-45-67')
  await petr.presses('Взять')
  await vera.hears('В работе')
  expect(await petr.presses('Показать')).toMatchObject({ text: 'телефон: 8 (999) 123-45-67' })
})

test('in English, the time typed by its place', async () => {
  const ann = newCitizen(house.sandbox, 'en')
  ann.says('/callback')
  await ann.presses('I agree')
  await ann.hears('Which number')
  ann.says('+44 20 7946 0958')
  await ann.hears('When would it suit you')
  ann.says('2')
  await ann.hears('What is it about')
  await ann.presses('Skip')
  await ann.presses('Send')
  await ann.hears('says two words first')
})
