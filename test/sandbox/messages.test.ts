import { expect, test } from 'vitest'
import { anna, type Desk, desk, group, olga, petr, picture } from './desk.ts'

type Message = { message_id: number; message_thread_id?: number } & Record<string, unknown>

const topic = async ({ ok }: Desk) =>
  (await ok<Message>('createForumTopic', { chat_id: group, name: 'тема' })).message_thread_id

test('one counter numbers all private chats, one each group', async () => {
  const { ok, sandbox } = await desk()
  const john = sandbox.write({ from: 1002, chat: 1002, text: '/start' })
  const { message_id } = await ok<Message>('sendMessage', { chat_id: anna, text: 'a' })
  expect([john.message_id, message_id]).toEqual([2, 3])
  expect((await ok<Message>('sendMessage', { chat_id: group, text: 'a' })).message_id).toBe(2)
})

test('a message in a topic says so, and an answer follows what it answers', async () => {
  const messenger = await desk()
  const thread = await topic(messenger)
  const asked = messenger.sandbox.write({ from: petr, chat: group, thread: thread ?? 0, text: 'вопрос' })
  const answer = await messenger.ok<Message>('sendMessage', {
    chat_id: group,
    text: 'ответ',
    reply_parameters: { message_id: asked.message_id, quote: 'вопр' },
  })
  expect(answer).toMatchObject({
    message_thread_id: thread,
    is_topic_message: true,
    reply_to_message: { text: 'вопрос' },
    quote: { text: 'вопр', position: 0 },
  })
})

test('a lost answer may be allowed to go alone', async () => {
  const { ok } = await desk()
  const reply_parameters = { message_id: 99, allow_sending_without_reply: true }
  expect(await ok('sendMessage', { chat_id: anna, text: 'a', reply_parameters })).not.toHaveProperty('reply_to_message')
})

test('a copy keeps the medium and takes another caption', async () => {
  const { ok, sandbox } = await desk()
  const source = sandbox.write({ from: anna, chat: anna, text: 'снимок', files: [picture] })
  const copy = { chat_id: group, from_chat_id: anna, message_id: source.message_id }
  await ok('copyMessage', copy)
  const caption_entities = [{ type: 'bold', offset: 0, length: 5 }]
  await ok('copyMessage', { ...copy, caption: 'Анна: снимок', caption_entities })
  await ok('copyMessage', { ...copy, caption: '' })
  const [same, other, bare] = sandbox.messages(group)
  expect(same).toMatchObject({ photo: source.photo, caption: 'снимок' })
  expect(other).toMatchObject({ photo: source.photo, caption: 'Анна: снимок', caption_entities })
  expect(bare).not.toHaveProperty('caption')
  expect(same).not.toHaveProperty('forward_origin')
})

test('protected content is not copied', async () => {
  const { ok, call } = await desk()
  const { message_id } = await ok<Message>('sendMessage', { chat_id: anna, text: 'a', protect_content: true })
  expect(await call('copyMessage', { chat_id: group, from_chat_id: anna, message_id })).toMatchObject({ ok: false })
})

test('files come in by multipart, stay, and are fetched again', async () => {
  const { url, ok, sandbox } = await desk()
  const form = new FormData()
  form.set('chat_id', String(anna))
  form.set('document', 'attach://one')
  form.set('caption', '<b>справка</b>')
  form.set('parse_mode', 'HTML')
  form.set('one', new File(['содержимое'], 'справка.txt', { type: 'text/plain' }))
  const response = await fetch(`${url}/bot${sandbox.token}/sendDocument`, { method: 'POST', body: form })
  const { result } = (await response.json()) as { result: { document: { file_id: string; file_name: string } } }
  expect(result).toMatchObject({ caption: 'справка', document: { file_name: 'справка.txt', mime_type: 'text/plain' } })
  const { file_path } = await ok<{ file_path: string }>('getFile', { file_id: result.document.file_id })
  const file = await fetch(`${url}/file/bot${sandbox.token}/${file_path}`)
  expect(await file.text()).toBe('содержимое')
  expect((await fetch(`${url}/file/bot1:other/${file_path}`)).status).toBe(401)
})

test('a file is no other kind of file', async () => {
  const { call, sandbox } = await desk()
  const { photo } = sandbox.write({ from: anna, chat: anna, files: [picture] })
  const file = photo?.[0]?.file_id
  expect(photo?.[0]).toMatchObject({ width: 1, height: 1 })
  expect(await call('sendPhoto', { chat_id: anna, photo: file })).toMatchObject({ ok: true })
  expect(await call('sendDocument', { chat_id: anna, document: file })).toMatchObject({
    description: "Bad Request: can't use file of type Photo as Document",
  })
})

test('an album is several messages of one group', async () => {
  const { ok, sandbox } = await desk()
  const sent = sandbox.writeAlbum({ from: anna, chat: anna, text: 'два', files: [picture, picture] })
  expect(new Set(sent.map((part) => part.media_group_id)).size).toBe(1)
  expect(sent.map((part) => part.caption)).toEqual(['два', undefined])
  const media = sent.map((part) => ({ type: 'photo', media: part.photo?.[0]?.file_id ?? '', caption: 'к' }))
  const album = await ok<Message[]>('sendMediaGroup', { chat_id: group, media })
  expect(album).toHaveLength(2)
  expect(album[0]?.media_group_id).toBe(album[1]?.media_group_id)
  expect(sandbox.journal().entries.at(-1)?.result).toEqual({ chat_id: group, message_ids: [2, 3] })
})

test('an edit of a person reaches the bot, an edit of the bot does not', async () => {
  const { ok, sandbox } = await desk()
  const { message_id } = await ok<Message>('sendMessage', { chat_id: anna, text: 'a' })
  await ok('editMessageText', { chat_id: anna, message_id, text: 'b' })
  sandbox.edit({ from: anna, chat: anna, message_id: 1, text: '/menu' })
  expect(sandbox.pending().map((update) => Object.keys(update)[1])).toEqual(['message', 'edited_message'])
  expect(sandbox.pending()[1]).toMatchObject({
    edited_message: { text: '/menu', entities: [{ type: 'bot_command', offset: 0, length: 5 }] },
  })
})

test('after 48 hours nothing is deleted', async () => {
  let now = Date.now()
  const { ok, call, sandbox } = await desk({ clock: () => now })
  const { message_id } = await ok<Message>('sendMessage', { chat_id: anna, text: 'a' })
  now += 48 * 3_600_000
  const remove = () => call('deleteMessage', { chat_id: anna, message_id })
  expect(await remove()).toMatchObject({ description: "Bad Request: message can't be deleted for everyone" })
  now -= 1000
  expect(await remove()).toMatchObject({ ok: true })
  expect(sandbox.messages(anna)).toHaveLength(1)
})

test('a deleted topic takes its messages along, silently', async () => {
  const messenger = await desk()
  const thread = (await topic(messenger)) ?? 0
  messenger.sandbox.write({ from: petr, chat: group, thread, text: 'a' })
  const told = messenger.sandbox.pending().length
  messenger.sandbox.topic({ from: olga, chat: group, thread, deed: 'delete' })
  expect(messenger.sandbox.messages(group)).toEqual([])
  expect(messenger.sandbox.pending()).toHaveLength(told)
  expect(messenger.sandbox.state().chats[0]?.topics).toEqual([
    { thread_id: thread, name: 'тема', closed: false, deleted: true },
  ])
})

test('closing by hand is told, and only administrators may write then', async () => {
  const messenger = await desk()
  const thread = (await topic(messenger)) ?? 0
  messenger.sandbox.topic({ from: olga, chat: group, thread, deed: 'close' })
  expect(messenger.sandbox.pending().at(-1)).toMatchObject({ message: { from: { id: olga }, forum_topic_closed: {} } })
  expect(() => messenger.sandbox.write({ from: petr, chat: group, thread, text: 'a' })).toThrow('TOPIC_CLOSED')
  expect(messenger.sandbox.write({ from: olga, chat: group, thread, text: 'a' })).toMatchObject({ text: 'a' })
  expect(() => messenger.sandbox.topic({ from: petr, chat: group, thread, deed: 'reopen' })).toThrow('administrators')
})

test('a pin is announced, a reaction of the bot replaces its last one', async () => {
  const { ok, sandbox } = await desk()
  const { message_id } = await ok<Message>('sendMessage', { chat_id: group, text: 'a' })
  await ok('pinChatMessage', { chat_id: group, message_id })
  expect(sandbox.pending().at(-1)).toMatchObject({ message: { pinned_message: { message_id } } })
  for (const emoji of ['👀', '👌']) {
    await ok('setMessageReaction', { chat_id: group, message_id, reaction: [{ type: 'emoji', emoji }] })
  }
  expect(sandbox.state().reactions[`${group}:${message_id}`]).toEqual({ bot: '👌', people: {} })
  await ok('setMessageReaction', { chat_id: group, message_id, reaction: [] })
  expect(sandbox.state().reactions[`${group}:${message_id}`]).toEqual({ people: {} })
})
