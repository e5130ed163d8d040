import { afterAll, beforeAll, expect, test } from 'vitest'
import { delivered, type Opened, openAppeal, PETR, takenAppeal } from '../appeal.ts'
import { GROUP, type House, openHouse } from '../house.ts'
import { inTopic, type Phone } from '../people.ts'

let house: House
beforeAll(async () => {
  house = await openHouse()
})
afterAll(() => house.stop())

type Answer = Parameters<House['sandbox']['fault']>[0]['answer']
const bad = (text: string): Answer => ({ error_code: 400, description: `Bad Request: ${text}` })
const REPEAT = 'возможный повтор'

const files = [{ name: 'a.pdf', type: 'application/pdf', bytes: Buffer.from('a') }]
const sendsFile = (desk: Phone, extra: object = {}) =>
  house.sandbox.write({ from: desk.id, chat: GROUP, thread: desk.thread, files, ...extra })
const fails = (
  method: string,
  citizen: Phone,
  answer: Answer,
  extra: { times?: number; when?: 'before' | 'after' } = {},
) => house.sandbox.fault({ method, match: { chat_id: citizen.chat }, answer, ...extra })
const last = ({ citizen }: Pick<Opened, 'citizen'>) => citizen.fromBot().at(-1)
const received = (citizen: Phone, words: string) =>
  citizen.fromBot().filter((one) => (one.text ?? one.caption ?? '').includes(words))

test.concurrent.each([
  ['a restart after it was accepted', { error_code: 500, description: 'Internal Server Error: restart' }, 'after', 2],
  ['a restart before it was accepted', { error_code: 500, description: 'Internal Server Error: restart' }, 'before', 1],
  ['a cut line', 'reset', 'after', 2],
  ['a proxy’s page', 'html502', 'before', 1],
] as const)('%s: sent again, and said to be a possible repeat', async (_, answer, when, copies) => {
  const { citizen, desk } = await takenAppeal(house.sandbox)
  fails('sendMessage', citizen, answer, { when })
  const written = desk.says('Один раз')
  await delivered(house.sandbox, written)
  const got = received(citizen, 'Один раз').map(({ text }) => text)
  expect(got).toHaveLength(copies)
  expect(got.at(-1)).toBe(`${REPEAT}\nОдин раз`)
  await delivered(house.sandbox, desk.says('Следующее'))
  expect(received(citizen, 'Следующее').map(({ text }) => text)).toEqual(['Следующее'])
})

test.concurrent('what has no room for words is told to be a repeat just before', async () => {
  const { citizen, desk } = await takenAppeal(house.sandbox)
  fails('copyMessage', citizen, 'reset', { when: 'after' })
  await delivered(house.sandbox, sendsFile(desk, { as: 'sticker' }))
  expect(
    citizen
      .fromBot()
      .slice(-3)
      .map((one) => (one.sticker ? 'sticker' : one.text)),
  ).toEqual(['sticker', REPEAT, 'sticker'])
  const long = 'ы'.repeat(4_096)
  fails('sendMessage', citizen, 'reset')
  await delivered(house.sandbox, desk.says(long))
  expect(
    citizen
      .fromBot()
      .slice(-2)
      .map(({ text }) => text),
  ).toEqual([REPEAT, long])
})

test.concurrent('certainly not sent: sent again, unmarked', async () => {
  const { citizen, desk } = await takenAppeal(house.sandbox)
  fails('sendMessage', citizen, bad('message to be replied not found'))
  const asked = citizen.says('Вопрос')
  const copy = await desk.hears('Вопрос')
  const written = desk.says('Ответ', { reply_to: copy.message_id })
  await delivered(house.sandbox, written)
  expect(last({ citizen })).toMatchObject({ text: 'Ответ' })
  expect(last({ citizen })?.reply_to_message).toBeUndefined()
  expect(asked.message_id).toBeGreaterThan(0)
})

test.concurrent('a refused form gives way to plain words', async () => {
  const { citizen, desk } = await takenAppeal(house.sandbox)
  fails('sendMessage', citizen, bad('can\'t parse entities: Unsupported start tag "x" at byte offset 0'))
  const entities = [{ type: 'bold', offset: 0, length: 5 }]
  const written = house.sandbox.write({ from: desk.id, chat: GROUP, thread: desk.thread, text: 'Важно это', entities })
  await delivered(house.sandbox, written)
  expect(last({ citizen })).toMatchObject({ text: 'Важно это' })
  expect(last({ citizen })?.entities ?? []).toEqual([])
})

test.concurrent.each([
  'message to copy not found',
  "message can't be copied",
  "message has protected content and can't be forwarded",
])('%s: the stored file goes instead', async (refusal) => {
  const { citizen, desk } = await takenAppeal(house.sandbox)
  fails('copyMessage', citizen, bad(refusal))
  await delivered(house.sandbox, sendsFile(desk, { text: 'Бланк' }))
  expect(last({ citizen })).toMatchObject({ caption: 'Бланк', document: { file_name: 'a.pdf' } })
})

test.concurrent('a place that cannot be copied goes as words', async () => {
  const { citizen, desk } = await takenAppeal(house.sandbox)
  fails('copyMessage', citizen, bad("message can't be copied"))
  const location = { latitude: 55.75, longitude: 37.62 }
  const written = house.sandbox.write({ from: desk.id, chat: GROUP, thread: desk.thread, location })
  await delivered(house.sandbox, written)
  expect(last({ citizen })?.text).toContain('55.75, 37.62')
})

test.concurrent.each([
  ['a refusal nobody knows', bad('VOICE_MESSAGES_FORBIDDEN')],
  [
    'deleted as soon as it was sent',
    {
      error_code: 500,
      description: "Internal Server Error: sent message was immediately deleted and can't be returned",
    },
  ],
] as const)('%s: its author reads it at the message, and the next one goes', async (_, answer) => {
  const { citizen, desk } = await takenAppeal(house.sandbox)
  fails('sendMessage', citizen, answer)
  const written = desk.says('Не дойдёт')
  const told = await desk.hears('Не доставлено: мессенджер не принял')
  expect(told.reply_to_message?.message_id).toBe(written.message_id)
  await delivered(house.sandbox, desk.says('Дойдёт'))
  expect(received(citizen, 'Не дойдёт')).toHaveLength(0)
})

test.concurrent('a citizen’s message the desk cannot be given: the citizen reads it', async () => {
  const { citizen, desk } = await takenAppeal(house.sandbox)
  house.sandbox.fault({
    method: 'sendMessage',
    match: { message_thread_id: desk.thread, text: 'Не примут' },
    answer: bad('SOMETHING_NEW'),
  })
  citizen.says('Не примут')
  await citizen.hears('Это сообщение не удалось передать')
})

test.concurrent('an album that fails in the middle comes again as a whole, marked', async () => {
  const { citizen, desk } = await takenAppeal(house.sandbox)
  fails('sendMediaGroup', citizen, bad('failed to send message #2 with the error message "wrong file identifier"'))
  const parts = house.sandbox.writeAlbum({
    from: desk.id,
    chat: GROUP,
    thread: desk.thread,
    files: [...files, ...files],
  })
  for (const part of parts) await delivered(house.sandbox, part)
  const got = citizen.fromBot().filter(({ document }) => document)
  expect(got.map(({ caption }) => caption)).toEqual([REPEAT, undefined])
})

test('buttons that are refused do not keep the card away', async () => {
  house.sandbox.fault({ method: 'sendMessage', match: { chat_id: GROUP }, answer: bad('BUTTON_DATA_INVALID') })
  const { number } = await openAppeal(house.sandbox)
  const desk = await inTopic(house.sandbox, PETR, number)
  const card = await desk.hears('ждёт с')
  expect(card.reply_markup).toBeUndefined()
  desk.says('/take')
  expect((await desk.hears('отвечает Пётр')).reply_markup?.inline_keyboard.length).toBeGreaterThan(1)
})
