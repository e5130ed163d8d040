import type { Update } from 'grammy/types'
import { expect, test } from 'vitest'
import { redact } from '../../src/telegram/redact.ts'

const CARD = '4242 4294 6608 0943'
const CODE = 'код 730914'
const from = { id: 7, is_bot: false, first_name: 'Вера' }
const chat = { id: 7, type: 'private', first_name: 'Вера' }
const update = (message: object, kind = 'message'): Update =>
  ({ update_id: 1, [kind]: { message_id: 2, date: 1, from, chat, ...message } }) as unknown as Update
const file = { file_id: 'AgAC4242429466080943', file_unique_id: 'AQ4242429466080943' }

test.each([
  ['a text', { text: `мой ${CODE}` }],
  ['a caption', { caption: `карта ${CARD}`, photo: [{ ...file, width: 1, height: 1 }] }],
  ['a file name', { document: { ...file, file_name: `карта ${CARD}.pdf` } }],
  ['a contact', { contact: { first_name: `карта ${CARD}`, phone_number: '+79435550127' } }],
  ['a quote', { text: 'вот', quote: { text: `карта ${CARD}`, position: 0 } }],
  ['a quote from another chat', { text: 'вот', external_reply: { poll: { question: `карта ${CARD}?`, options: [] } } }],
  ['a poll', { poll: { question: 'верно?', options: [{ text: `карта ${CARD}`, voter_count: 0 }] } }],
  [
    'a forwarded text',
    { text: `карта ${CARD}`, forward_origin: { type: 'hidden_user', sender_user_name: 'x', date: 1 } },
  ],
])('%s keeps no secret, and its author is to be told', (_, message) => {
  for (const kind of ['message', 'edited_message']) {
    const redacted = redact(update(message, kind))
    expect(JSON.stringify(redacted).replaceAll(/AgAC\d+|AQ\d+/g, '')).not.toMatch(/0943|730914/)
    expect(redacted.removed).toHaveLength(1)
  }
})

test('ids of files and entities stay whole', () => {
  const entities = [{ type: 'bold', offset: 0, length: 3 }]
  const redacted = redact(update({ caption: `мой ${CODE}`, caption_entities: entities, document: file }))
  expect(redacted.message).toMatchObject({ caption_entities: entities, document: file })
})

test('the message that is replied to is cleaned, but nobody is warned of it again', () => {
  const redacted = redact(update({ text: 'это я писала', reply_to_message: { text: `мой ${CODE}`, chat } }))
  expect(JSON.stringify(redacted)).not.toContain('730914')
  expect(redacted.removed).toBeUndefined()
})

test('what holds no secret passes as it is; a secret written at the desk does not', () => {
  const harmless = update({ text: 'Номер обращения 482-913-057, телефон +7 943 555-01-27, код услуги 600226' })
  expect(redact(harmless)).toBe(harmless)
  const answer = update({ text: `мой ${CODE}`, chat: { id: -100, type: 'supergroup', title: 'Линия' } })
  expect(redact(answer)).toMatchObject({ message: { text: 'мой код [код удалён]' }, removed: ['sms_code'] })
})

test('names, forwarded buttons and places are cleaned, too; of names nobody is warned', () => {
  const keyboard = { inline_keyboard: [[{ text: `карта ${CARD}`, callback_data: '4242429466080943' }]] }
  const named = redact(update({ text: 'привет', from: { ...from, last_name: `карта ${CARD}` } }))
  expect(JSON.stringify(named)).not.toContain('0943')
  expect(named.removed).toBeUndefined()
  expect(redact(update({ text: 'вот', reply_markup: keyboard })).message).toMatchObject({
    reply_markup: { inline_keyboard: [[{ text: 'карта [номер карты удалён]', callback_data: '4242429466080943' }]] },
  })
  const venue = { title: `карта ${CARD}`, address: '', location: { latitude: 1, longitude: 2 } }
  expect(redact(update({ venue })).removed).toEqual(['card'])
  const data = 'held:note:4242429466080943'
  const press = { id: '4242429466080943', from, data, message: { message_id: 1, date: 1, chat, text: `${CARD}` } }
  const pressed = { update_id: 1, callback_query: press } as unknown as Update
  expect(redact(pressed)).toBe(pressed)
  const poll = { id: '4242429466080943', question: 'верно?', options: [] }
  expect(redact(update({ poll })).message).toMatchObject({ poll })
})

test('the update that is given is not changed', () => {
  const given = update({ text: `мой ${CODE}` })
  const before = structuredClone(given)
  redact(given)
  expect(given).toEqual(before)
})
