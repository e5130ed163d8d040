import { afterAll, beforeAll, expect, test } from 'vitest'
import { GUARDS } from '../../src/desk/outgoing.ts'
import { delivered, MARINA, OLGA, openAppeal, takenAppeal } from '../appeal.ts'
import { GROUP, type House, openHouse } from '../house.ts'
import { inTopic, type Phone, until } from '../people.ts'

let house: House
beforeAll(async () => {
  house = await openHouse()
})
/** A guard of this test alone: it stops a word that nobody else says here. */
const noDumplings: (typeof GUARDS)[number] = (_, { content }) =>
  content.text?.includes('пельмени') ? { phrase: 'desk.held_free' } : null
GUARDS.push(noDumplings)
afterAll(async () => {
  GUARDS.splice(GUARDS.indexOf(noDumplings), 1)
  await house.stop()
})

const buttonsOf = (message: Awaited<ReturnType<Phone['hears']>>) =>
  message.reply_markup?.inline_keyboard.flat().map(({ text }) => text)
const texts = (phone: Phone) => phone.fromBot().map(({ text }) => text)
let marks = 0
/** Whatever was on its way has arrived. */
const settled = async (citizen: Phone, desk: Phone) => {
  marks += 1
  const mark = `конец № ${marks}.`
  desk.says(mark)
  await citizen.hears(mark)
}

test.concurrent('what another operator writes is held, and asked about at the message itself', async () => {
  const { citizen, number, desk: petr } = await takenAppeal(house.sandbox)
  const marina = await inTopic(house.sandbox, MARINA, number)
  const words = marina.says('Это делается иначе')
  const question = await marina.hears('обращение ведёт Пётр')
  expect(question.reply_to_message?.message_id).toBe(words.message_id)
  expect(buttonsOf(question)).toEqual(['Оставить заметкой', 'Взять и отправить', 'Не отправлять'])
  expect(await petr.presses('Оставить заметкой')).toMatchObject({ text: 'Решает тот, кто это написал.' })
  expect(await marina.presses('Взять и отправить')).toMatchObject({ text: 'Уже взято: отвечает Пётр.' })
  await marina.presses('Оставить заметкой')
  const decided = await marina.hears('Осталось заметкой')
  expect(decided.message_id).toBe(question.message_id)
  expect(decided.reply_markup).toBeUndefined()
  const late = { from: MARINA, chat: GROUP, message_id: question.message_id }
  const data = question.reply_markup?.inline_keyboard.at(-1)?.[0]?.callback_data ?? ''
  expect(await house.sandbox.press({ ...late, data })).toMatchObject({ text: expect.stringContaining('устарела') })
  await settled(citizen, petr)
  expect(texts(citizen)).not.toContain('Это делается иначе')
})

test.concurrent('«Взять и отправить» sends what was meant, as it was last edited, and once', async () => {
  const { citizen, number } = await openAppeal(house.sandbox)
  const marina = await inTopic(house.sandbox, MARINA, number)
  const words = marina.says('Зайдите завтра')
  const question = await marina.hears('ещё никто не взял')
  house.sandbox.edit({ from: MARINA, chat: GROUP, message_id: words.message_id, text: 'Зайдите в пятницу' })
  await until('the edit to be kept', () => house.sandbox.pending().length === 0)
  const data = question.reply_markup?.inline_keyboard[1]?.[0]?.callback_data ?? ''
  const press = { from: MARINA, chat: GROUP, message_id: question.message_id, data }
  await Promise.all([house.sandbox.press(press), house.sandbox.press(press), house.sandbox.press(press)])
  await delivered(house.sandbox, words)
  await marina.hears('отвечает Марина')
  await settled(citizen, marina)
  expect(texts(citizen).filter((text) => text?.startsWith('Зайдите'))).toEqual(['Зайдите в пятницу'])
})

test.concurrent('a held album is asked about once, and goes as an album', async () => {
  const { citizen, number } = await openAppeal(house.sandbox)
  const olga = await inTopic(house.sandbox, OLGA, number)
  const files = [1, 2, 3].map((n) => ({ name: `${n}.pdf`, type: 'application/pdf', bytes: Buffer.from(`page ${n}`) }))
  const parts = house.sandbox.writeAlbum({ from: OLGA, chat: GROUP, thread: olga.thread, files })
  await olga.hears('ещё никто не взял')
  await until('all parts to be held', () => house.sandbox.pending().length === 0)
  expect(olga.fromBot().filter(({ text }) => text?.includes('Что сделать'))).toHaveLength(1)
  await olga.presses('Взять и отправить')
  for (const part of parts) await delivered(house.sandbox, part)
  const got = citizen.fromBot().filter(({ document }) => document)
  expect(got).toHaveLength(3)
  expect(new Set(got.map(({ media_group_id }) => media_group_id)).size).toBe(1)
})

test.concurrent('what is dropped and what is noted stays inside', async () => {
  const { citizen, number, desk: petr } = await takenAppeal(house.sandbox)
  const marina = await inTopic(house.sandbox, MARINA, number)
  marina.says('Ни слова об этом')
  await marina.presses('Не отправлять')
  await marina.hears('Не отправлено.')
  const note = petr.says('/note Похоже на тот случай')
  await until('the mark of a note', () => {
    const at = house.sandbox.state().reactions[`${GROUP}:${note.message_id}`]
    return at?.bot === '✍'
  })
  marina.says('/note@okoshko_sandbox_bot И я так думаю')
  const files = [{ name: 'note.pdf', type: 'application/pdf', bytes: Buffer.from('note') }]
  house.sandbox.write({ from: petr.id, chat: GROUP, thread: petr.thread, files, text: '/note Для нас' })
  petr.says('/note')
  await petr.hears('Напишите так: /note и текст')
  await settled(citizen, petr)
  expect(citizen.fromBot().some(({ document }) => document)).toBe(false)
  expect(texts(citizen).join('\n')).not.toMatch(/Ни слова|тот случай|так думаю|note/)
})

test.concurrent('an owner’s words that a guard stops wait for a senior, who lets them go once', async () => {
  const { citizen, number, desk: petr } = await takenAppeal(house.sandbox)
  const words = petr.says('Пришлите пельмени')
  const question = await petr.hears('Что сделать с этим сообщением')
  expect(question.reply_to_message?.message_id).toBe(words.message_id)
  expect(buttonsOf(question)).toEqual(['Отправить всё равно', 'Оставить заметкой', 'Не отправлять'])
  expect(await petr.presses('Отправить всё равно')).toMatchObject({ text: expect.stringContaining('старший') })
  const olga = await inTopic(house.sandbox, OLGA, number)
  const data = question.reply_markup?.inline_keyboard[0]?.[0]?.callback_data ?? ''
  const press = { from: OLGA, chat: GROUP, message_id: question.message_id, data }
  await Promise.all([house.sandbox.press(press), house.sandbox.press(press)])
  await olga.hears('Отправляется гражданину')
  await delivered(house.sandbox, words)
  await settled(citizen, petr)
  expect(texts(citizen).filter((text) => text?.includes('пельмени'))).toHaveLength(1)
})

test.concurrent('its author may mend it and send it without a senior; an edit that a guard stops changes nothing', async () => {
  const { citizen, desk: petr } = await takenAppeal(house.sandbox)
  const words = petr.says('Где пельмени?')
  await petr.hears('Что сделать с этим сообщением')
  house.sandbox.edit({ from: petr.id, chat: GROUP, message_id: words.message_id, text: 'Где заявление?' })
  await until('the edit to be kept', () => house.sandbox.pending().length === 0)
  await petr.presses('Отправить всё равно')
  await delivered(house.sandbox, words)
  await citizen.hears('Где заявление?')
  house.sandbox.edit({ from: petr.id, chat: GROUP, message_id: words.message_id, text: 'Пельмени: пельмени' })
  await petr.hears('Правка не ушла: так гражданам не пишут')
  await settled(citizen, petr)
  expect(texts(citizen).join()).not.toContain('пельмени')
})

test.concurrent('an album is stopped whole', async () => {
  const { citizen, desk: petr } = await takenAppeal(house.sandbox)
  const files = [1, 2].map((n) => ({ name: `${n}.pdf`, type: 'application/pdf', bytes: Buffer.from(`page ${n}`) }))
  house.sandbox.writeAlbum({ from: petr.id, chat: GROUP, thread: petr.thread, files, text: 'Вот пельмени' })
  await petr.hears('Что сделать с этим сообщением')
  await until('all parts to be held', () => house.sandbox.pending().length === 0)
  await petr.presses('Не отправлять')
  await petr.hears('Не отправлено.')
  await settled(citizen, petr)
  expect(citizen.fromBot().some(({ document }) => document)).toBe(false)
})
