import { request } from 'node:http'
import { expect, test } from 'vitest'
import type { SandboxEvent, SandboxState } from '../../src/sandbox/page/wire.ts'
import { anna, desk, group, olga, petr, pixel } from './desk.ts'

const stateOf = async (url: string) => (await (await fetch(`${url}/sandbox/state`)).json()) as SandboxState

test('the world on the first day', async () => {
  const { url } = await desk()
  const state = await stateOf(url)
  expect(state.bot.username).toBe('okoshko_sandbox_bot')
  expect(state.people.map((person) => [person.id, person.first_name, person.role, person.standing])).toEqual([
    [olga, 'Ольга', 'operator', 'administrator'],
    [petr, 'Пётр', 'operator', 'member'],
    [5003, 'Марина', 'operator', 'member'],
    [anna, 'Анна', 'citizen', 'left'],
    [1002, 'John', 'citizen', 'left'],
    [1003, 'Николай', 'citizen', 'left'],
  ])
  expect(state.chats[0]).toMatchObject({ id: group, title: 'Окошко: операторы', is_forum: true, topics: [] })
})

test('people come, write with files, edit, react and change over HTTP', async () => {
  const { url, post, sandbox, ok } = await desk()
  const { person } = await post('people', { role: 'citizen', first_name: 'Вера', language_code: 'ru' })
  const { id } = person as { id: number }
  expect(id).toBe(1004)
  const form = new FormData()
  form.set('json', JSON.stringify({ from: id, chat: id, text: 'снимки' }))
  for (const name of ['1.png', '2.png']) form.append('file', new File([pixel], name, { type: 'image/png' }))
  await fetch(`${url}/sandbox/messages`, { method: 'POST', body: form })
  const [first, second] = sandbox.messages(id)
  expect(first).toMatchObject({ caption: 'снимки', photo: [{ width: 1, height: 1 }] })
  expect(second?.media_group_id).toBe(first?.media_group_id)
  const file = await fetch(`${url}/sandbox/files/${first?.photo?.[0]?.file_id}`)
  expect([file.headers.get('content-type'), (await file.arrayBuffer()).byteLength]).toEqual([
    'image/jpeg',
    pixel.length,
  ])
  await post('edit', { from: id, chat: id, message_id: first?.message_id ?? 0, text: 'другое' })
  await post('react', { from: id, chat: id, message_id: first?.message_id ?? 0, emoji: '👍' })
  await post('person', { id, language_code: 'en' })
  const { message_thread_id: thread = 0 } = await ok('createForumTopic', { chat_id: group, name: 'тема' })
  await post('topic', { from: olga, chat: group, thread, deed: 'close' })
  const state = await stateOf(url)
  expect(state.messages[id]?.[0]).toMatchObject({ caption: 'другое' })
  expect(state.reactions[`${id}:${first?.message_id}`]).toEqual({ people: { [id]: '👍' } })
  expect(state.people.at(-1)).toMatchObject({ language_code: 'en' })
  expect(state.chats[0]?.topics).toMatchObject([{ closed: true }])
})

test('a press waits for the answer of the bot', async () => {
  const { post, ok, sandbox } = await desk()
  const { message_id = 0 } = await ok('sendMessage', { chat_id: anna, text: 'a' })
  const pressed = post('press', { from: anna, chat: anna, message_id, data: 'take' })
  while (sandbox.pending().length < 2) await new Promise((resolve) => setTimeout(resolve, 5))
  const query = sandbox.pending()[1]?.callback_query as { id: string; data: string; message: { text: string } }
  expect(query).toMatchObject({ data: 'take', message: { text: 'a' } })
  await ok('answerCallbackQuery', { callback_query_id: query.id, text: 'Взято', show_alert: true })
  expect(await pressed).toEqual({ ok: true, answered: true, text: 'Взято', show_alert: true })
  expect(await sandbox.press({ from: anna, chat: anna, message_id, data: 'x' }, 20)).toEqual({ answered: false })
})

test('events tell the page what happens', async () => {
  const { url, ok, sandbox } = await desk()
  const gone = new AbortController()
  const response = await fetch(`${url}/sandbox/events`, { signal: gone.signal })
  expect(response.headers.get('content-type')).toContain('text/event-stream')
  const keyboard = { keyboard: [['Меню']], is_persistent: true, input_field_placeholder: 'Пишите' }
  const { message_id } = await ok('sendMessage', { chat_id: anna, text: 'a', reply_markup: keyboard })
  await ok('sendChatAction', { chat_id: anna, action: 'typing' })
  await ok('deleteMessage', { chat_id: anna, message_id })
  sandbox.person({ id: anna, blocked: true })
  const events = await read(response, 5)
  gone.abort()
  expect(events.map((event) => event.type)).toEqual(['message', 'chat', 'action', 'deleted', 'person'])
  expect(events[1]).toMatchObject({
    chat: { keyboard: { rows: [['Меню']], placeholder: 'Пишите', persistent: true, one_time: false } },
  })
})

const read = async (response: Response, count: number): Promise<SandboxEvent[]> => {
  const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader()
  let text = ''
  for (;;) {
    const events = text.match(/^data: .*$/gm) ?? []
    if (events.length >= count) return events.slice(0, count).map((line) => JSON.parse(line.slice(6)) as SandboxEvent)
    text += (await reader?.read())?.value ?? ''
  }
}

test('each person sees the commands of the narrowest scope, in the own language first', async () => {
  const { ok, sandbox, url } = await desk()
  const command = (name: string) => [{ command: name, description: name }]
  await ok('setMyCommands', { commands: command('any') })
  await ok('setMyCommands', { commands: command('start'), scope: { type: 'all_private_chats' } })
  await ok('setMyCommands', { commands: command('begin'), scope: { type: 'all_private_chats' }, language_code: 'en' })
  await ok('setMyCommands', { commands: command('queue'), scope: { type: 'chat', chat_id: group } })
  await ok('setMyCommands', { commands: command('people'), scope: { type: 'chat_administrators', chat_id: group } })
  sandbox.person({ id: anna, language_code: 'en-GB' })
  const { commands } = await stateOf(url)
  const seen = [`${anna}:${anna}`, '1003:1003', `${olga}:${group}`, `${petr}:${group}`]
  expect(seen.map((key) => commands[key]?.[0]?.command)).toEqual(['begin', 'start', 'people', 'queue'])
  expect(commands).not.toHaveProperty(`${anna}:${group}`)
  await ok('deleteMyCommands', { scope: { type: 'all_private_chats' }, language_code: 'en' })
  expect((await stateOf(url)).commands[`${anna}:${anna}`]?.[0]?.command).toBe('start')
  expect(await ok('getMyCommands', { scope: { type: 'chat', chat_id: group } })).toEqual(command('queue'))
})

const knock = (url: string, path: string, headers: Record<string, string>) =>
  new Promise<number>((resolve, reject) => {
    request(`${url}${path}`, { headers }, (response) => resolve(response.resume().statusCode ?? 0))
      .on('error', reject)
      .end()
  })

test('only this machine may look in', async () => {
  const { url } = await desk()
  const host = new URL(url).host
  for (const path of ['/sandbox/state', '/', '/app.js']) {
    expect(await knock(url, path, { host: 'evil.example' })).toBe(403)
    expect(await knock(url, path, { host, origin: 'https://evil.example' })).toBe(403)
    expect(await knock(url, path, { host, 'sec-fetch-site': 'cross-site' })).toBe(403)
  }
  expect(await knock(url, '/sandbox/state', { host: 'localhost:3000' })).toBe(200)
  expect(await knock(url, '/../package.json', { host })).toBe(404)
  expect(await knock(url, '/wire.ts', { host })).toBe(404)
})

test('closing ends polls, streams and hung calls, so that the server can end', async () => {
  const { url, sandbox, call } = await desk()
  const offset = (sandbox.pending()[0]?.update_id ?? 0) + 1
  const polling = call('getUpdates', { offset, timeout: 30 })
  const stream = await fetch(`${url}/sandbox/events`)
  sandbox.fault({ method: 'getMe', answer: 'hang' })
  const hung = call('getMe').catch(() => 'cut')
  await new Promise((resolve) => setTimeout(resolve, 50))
  sandbox.close()
  expect(await polling).toEqual({ ok: true, result: [] })
  expect(await hung).toBe('cut')
  expect(await stream.text()).toContain(': here')
})
