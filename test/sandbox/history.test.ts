import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { appendFileSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { createSandbox } from '../../src/sandbox/server.ts'
import { openStore } from '../../src/sandbox/store.ts'
import { anna, desk, group, petr, picture, token } from './desk.ts'

let dir = ''
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'sandbox-'))
})
afterEach(() => rmSync(dir, { recursive: true, force: true }))

test('a restart shows the same chats, people, files and waiting updates', async () => {
  const first = await desk({ dir })
  const { message_thread_id: thread = 0 } = await first.ok('createForumTopic', { chat_id: group, name: 'тема' })
  first.sandbox.write({ from: petr, chat: group, thread, text: 'снимок', files: [picture] })
  const { id } = first.sandbox.newPerson({ role: 'citizen', first_name: 'Вера', language_code: 'ru' })
  await first.ok('setMyCommands', { commands: [{ command: 'start', description: 'a' }] })
  const before = first.sandbox.state()
  const waiting = first.sandbox.pending()
  first.sandbox.close()

  const second = await createSandbox({ token, dir })
  expect(second.state()).toEqual(before)
  expect(second.pending()).toEqual(waiting)
  const file = second.messages(group, thread).at(-1)?.photo?.[0]?.file_id
  const response = await second.app.request(`/sandbox/files/${file}`, { headers: { host: 'localhost' } })
  expect((await response.arrayBuffer()).byteLength).toBe(picture.bytes.length)
  expect(second.newPerson({ role: 'citizen', first_name: 'Лев', language_code: 'ru' }).id).toBe(id + 1)
  second.close()
})

test('a number is not given twice, even when its message is gone', async () => {
  const first = await desk({ dir })
  const { message_id } = await first.ok<{ message_id: number }>('sendMessage', { chat_id: anna, text: 'a' })
  await first.ok('deleteMessage', { chat_id: anna, message_id })
  first.sandbox.close()
  const second = await createSandbox({ token, dir })
  expect(second.write({ from: anna, chat: anna, text: 'b' }).message_id).toBe(message_id + 1)
  second.close()
})

test('half a line at the end, as a kill leaves it, is passed over', async () => {
  const store = openStore(dir)
  store.table('chats').put(1, { a: 1 })
  store.close()
  appendFileSync(join(dir, 'history.jsonl'), '["chats",2,{"a"')
  const again = openStore(dir)
  expect(again.table('chats').entries()).toEqual([[1, { a: 1 }]])
  again.table('chats').put(3, { a: 3 })
  again.close()
  expect(openStore(dir).table('chats').size()).toBe(2)
})

test('a long history is rewritten shorter', () => {
  const store = openStore(dir)
  const table = store.table<object>('chats')
  for (let count = 0; count < 25_000; count += 1) table.put(count % 10, { count })
  store.close()
  expect(readFileSync(join(dir, 'history.jsonl'), 'utf8').split('\n').length).toBeLessThan(21_000)
  expect(openStore(dir).table<{ count: number }>('chats').get(9)).toEqual({ count: 24_999 })
})

const program = (folder: string) => `
  import { listenSandbox } from './src/sandbox/server.ts'
  const start = async () => {
    const { url } = await listenSandbox({ token: '${token}', dir: ${JSON.stringify(folder)} })
    console.log(url)
  }
  void start()
`

test('what was answered survives a kill -9', async () => {
  const child = spawn(process.execPath, ['--import', 'tsx', '--input-type=module', '-e', program(dir)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const [line] = (await once(child.stdout, 'data')) as [Buffer]
  const url = line.toString().trim()
  const answered: number[] = []
  const send = async () => {
    for (;;) {
      const body = JSON.stringify({ chat_id: group, text: 'ж'.repeat(500) })
      const init = { method: 'POST', headers: { 'content-type': 'application/json' }, body }
      const response = await fetch(`${url}/bot${token}/sendMessage`, init)
      answered.push(((await response.json()) as { result: { message_id: number } }).result.message_id)
      if (answered.length === 100) child.kill('SIGKILL')
    }
  }
  await Promise.allSettled([send(), send(), send()])
  const again = await createSandbox({ token, dir })
  const kept = new Set(again.messages(group).map((message) => message.message_id))
  expect(answered.length).toBeGreaterThanOrEqual(100)
  expect(answered.filter((id) => !kept.has(id))).toEqual([])
  again.close()
})
