import { expect, test } from 'vitest'
import { anna, desk, group, petr, picture } from './desk.ts'

const other = { ...picture, bytes: Buffer.concat([Buffer.from(picture.bytes), Buffer.from('other')]) }
type Sent = { message_id: number; photo?: { file_id: string }[]; caption?: string }

test('a medium is replaced by another, with other words; the same again changes nothing', async () => {
  const { ok, call, sandbox } = await desk()
  const first = sandbox.write({ from: anna, chat: anna, text: 'первый', files: [picture] })
  const second = sandbox.write({ from: anna, chat: anna, files: [other] })
  const { message_id } = await ok<Sent>('copyMessage', {
    chat_id: group,
    from_chat_id: anna,
    message_id: first.message_id,
  })
  const media = { type: 'photo', media: second.photo?.at(-1)?.file_id, caption: 'второй' }
  const edited = await ok<Sent>('editMessageMedia', { chat_id: group, message_id, media })
  expect(edited).toMatchObject({ caption: 'второй', photo: second.photo })
  expect((await call('editMessageMedia', { chat_id: group, message_id, media })).description).toContain('not modified')
  const text = await ok<Sent>('sendMessage', { chat_id: group, text: 'слова' })
  const replaced = await ok<Sent>('editMessageMedia', { chat_id: group, message_id: text.message_id, media })
  expect(replaced).not.toHaveProperty('text')
  expect((await call('editMessageMedia', { chat_id: group, message_id, media: { type: 'hologram' } })).ok).toBe(false)
})

test('a place has a name and an address, and a copy keeps both', async () => {
  const { ok, call, sandbox } = await desk()
  const place = { latitude: 55.7, longitude: 37.6, title: 'МФЦ', address: 'Мира, 1' }
  const sent = await ok<{ venue: object }>('sendVenue', { chat_id: group, ...place })
  expect(sent.venue).toMatchObject({ title: 'МФЦ', address: 'Мира, 1' })
  expect((await call('sendVenue', { chat_id: group, ...place, title: '' })).ok).toBe(false)
  const location = { latitude: 1, longitude: 2 }
  const own = sandbox.write({ from: anna, chat: anna, location, venue: { title: 'Дом', address: 'Тихая, 2' } })
  await ok('copyMessage', { chat_id: group, from_chat_id: anna, message_id: own.message_id })
  expect(sandbox.messages(group).at(-1)).toMatchObject({ venue: { title: 'Дом', address: 'Тихая, 2', location } })
})

test('people quote a part of what they answer, and delete what they may', async () => {
  const { ok, post, sandbox } = await desk()
  const { message_id } = await ok<Sent>('sendMessage', { chat_id: anna, text: 'Раз. Два.' })
  const reply = sandbox.write({ from: anna, chat: anna, text: 'про второе', reply_to: message_id, quote: 'Два.' })
  expect(reply.quote).toMatchObject({ text: 'Два.', position: 5 })
  const wrong = { from: anna, chat: anna, text: 'а', reply_to: message_id, quote: 'Три' }
  expect(await post('messages', wrong)).toMatchObject({ ok: false, description: expect.stringContaining('QUOTE') })
  const waiting = sandbox.pending().length
  expect(await post('delete', { from: anna, chat: anna, message_id })).toMatchObject({ ok: true })
  expect(sandbox.messages(anna).some((one) => one.message_id === message_id)).toBe(false)
  // A bot learns of no deletion.
  expect(sandbox.pending()).toHaveLength(waiting)
  const theirs = await ok<Sent>('sendMessage', { chat_id: group, text: 'бот' })
  const refused = await post('delete', { from: petr, chat: group, message_id: theirs.message_id })
  expect(refused).toMatchObject({ ok: false })
})
