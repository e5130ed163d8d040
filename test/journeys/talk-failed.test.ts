import { afterAll, beforeAll, expect, test } from 'vitest'
import { delivered, takenAppeal } from '../appeal.ts'
import { GROUP, type House, openHouse } from '../house.ts'
import type { Phone } from '../people.ts'
import { untilEvent } from '../watch.ts'

let house: House
beforeAll(async () => {
  house = await openHouse()
})
afterAll(() => house.stop())

const AGAIN = 'Попробовать снова'
const pressTwice = async (
  desk: Phone,
  line: { message_id: number; reply_markup?: { inline_keyboard: { callback_data?: string }[][] } },
) => {
  const data = line.reply_markup?.inline_keyboard[0]?.[0]?.callback_data ?? ''
  const press = { from: desk.id, chat: GROUP, message_id: line.message_id, data }
  return await Promise.all([house.sandbox.press(press), house.sandbox.press(press)])
}
const got = (citizen: Phone, words: string) => citizen.fromBot().filter(({ text }) => text === words)

test.concurrent('a refused answer says why at itself and is tried again once, however often that is pressed', async () => {
  const { citizen, desk } = await takenAppeal(house.sandbox)
  const odd = { error_code: 400, description: 'Bad Request: SOMETHING_ODD' }
  house.sandbox.fault({ method: 'sendMessage', match: { chat_id: citizen.chat }, answer: odd })
  const written = desk.says('Дойдёт со второго раза')
  const line = await desk.hears('Не доставлено')
  expect(line.reply_to_message?.message_id).toBe(written.message_id)
  expect(line.reply_markup?.inline_keyboard.flat().map(({ text }) => text)).toEqual([AGAIN])
  await pressTwice(desk, line)
  await delivered(house.sandbox, written)
  await desk.hears('Отправляем ещё раз')
  await pressTwice(desk, line)
  await delivered(house.sandbox, desk.says('Дальше'))
  expect(got(citizen, 'Дойдёт со второго раза')).toHaveLength(1)
})

test.concurrent('each failing try brings its own button, and an album is tried again as one', async () => {
  const { citizen, desk } = await takenAppeal(house.sandbox)
  const odd = { error_code: 400, description: 'Bad Request: SOMETHING_ODD' }
  house.sandbox.fault({ method: 'sendMediaGroup', match: { chat_id: citizen.chat }, answer: odd, times: 2 })
  const files = [1, 2].map((n) => ({ name: `${n}.pdf`, type: 'application/pdf', bytes: Buffer.from(`page ${n}`) }))
  const parts = house.sandbox.writeAlbum({ from: desk.id, chat: GROUP, thread: desk.thread, files })
  await pressTwice(desk, await desk.hears('Не доставлено'))
  const second = await untilEvent(house.sandbox, 'a second failure', () =>
    desk.fromBot().find(({ text }) => text?.startsWith('Не доставлено')),
  )
  await pressTwice(desk, second)
  for (const part of parts) await delivered(house.sandbox, part)
  expect(citizen.fromBot().filter(({ document }) => document)).toHaveLength(2)
})

test.concurrent('what a blocked bot could not deliver goes out when the citizen is back', async () => {
  const { citizen, desk } = await takenAppeal(house.sandbox)
  house.sandbox.person({ id: citizen.id, blocked: true })
  await desk.hears('Гражданин заблокировал бота')
  const written = desk.says('Подождём вас')
  const line = await desk.hears('Не доставлено: гражданин заблокировал')
  expect(line.reply_to_message?.message_id).toBe(written.message_id)
  house.sandbox.person({ id: citizen.id, blocked: false })
  await desk.hears('снова на связи')
  house.sandbox.edit({ from: desk.id, chat: GROUP, message_id: written.message_id, text: 'С возвращением' })
  await untilEvent(house.sandbox, 'the edit to be handled', () => house.sandbox.pending().length === 0)
  await pressTwice(desk, line)
  await delivered(house.sandbox, written)
  expect(got(citizen, 'С возвращением')).toHaveLength(1)
  expect(got(citizen, 'Подождём вас')).toHaveLength(0)
})
