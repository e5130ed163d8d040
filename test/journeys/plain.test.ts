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

const digitOf = (text: string | undefined, label: string): string =>
  new RegExp(`^(\\d+) – ${label}`, 'm').exec(text ?? '')?.[1] ?? `no ${label} in ${text}`

test('in plain mode everything can be typed, also after a restart', async () => {
  const vera = citizen(house.sandbox, 1001)
  vera.says('простой режим')
  const on = await vera.hears('Простой режим включён')
  vera.says(digitOf(on.text, 'Вопросы'))
  const sections = await vera.hears('Выберите раздел')
  await house.restart()
  vera.says(digitOf(sections.text, 'Вход и доступ'))
  const section = await vera.hears('Что случилось?')
  expect(digitOf(section.text, 'Назад')).toBe('0')
  vera.says(digitOf(section.text, 'Не приходит код'))
  const entry = await vera.hears('Обычно код просто задерживается')
  expect(entry.text).not.toMatch(/\p{Extended_Pictographic}/u)
  vera.says('9')
  const consent = await vera.hears('Согласны')
  vera.says(digitOf(consent.text, 'Согласен'))
  await vera.hears('Опишите')
  vera.says('Код так и не пришёл')
  const number = numberIn(await vera.hears('Ваш номер обращения'))
  const petr = await inTopic(house.sandbox, 5002, number)
  await petr.presses('Взять')
  await vera.hears('В работе')
  petr.says('Сколько раз вы просили код?')
  await vera.hears('Сколько раз')
  vera.says('2')
  await petr.hears(/^2$/)
  petr.says('/close Код пришёл')
  const rating = await vera.hears('от 1 до 5')
  vera.says(digitOf(rating.text, '5'))
  await vera.hears('Спасибо за оценку: 5')
})

test('in English, and back again', async () => {
  const ann = newCitizen(house.sandbox, 'en')
  ann.says('/plain')
  const on = await ann.hears('Plain mode is on')
  ann.says(digitOf(on.text, 'My appeals'))
  const list = await ann.hears('No appeals yet')
  ann.says(digitOf(list.text, 'Menu'))
  await ann.hears('Type a digit')
  ann.says('normal mode')
  const off = await ann.hears('Normal mode')
  expect(off.text).not.toContain('Type a digit')
})
