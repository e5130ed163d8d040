import { expect, test } from 'vitest'
import { anna, desk, group } from './desk.ts'

/** Sends until refused; says how many passed and how long to wait. */
const flood = async ({ call }: Awaited<ReturnType<typeof desk>>, chat_id: number, most = 100) => {
  for (let passed = 0; passed < most; passed += 1) {
    const answer = await call('sendMessage', { chat_id, text: String(passed) })
    if (!answer.ok) return { passed, answer }
  }
  return { passed: most, answer: null }
}

test('a group takes 20 a minute, topics and edits included', async () => {
  let now = Date.now()
  const messenger = await desk({ limits: 1, clock: () => now })
  await messenger.ok('createForumTopic', { chat_id: group, name: 'тема' })
  const { message_id } = await messenger.ok('sendMessage', { chat_id: group, text: 'a' })
  await messenger.ok('editMessageText', { chat_id: group, message_id, text: 'b' })
  now += 10_000
  const { passed, answer } = await flood(messenger, group)
  expect(passed).toBe(17)
  expect(answer).toEqual({
    ok: false,
    error_code: 429,
    description: 'Too Many Requests: retry after 50',
    parameters: { retry_after: 50 },
  })
  now += 50_000
  expect((await flood(messenger, group)).passed).toBe(3)
})

test('a private chat takes a small burst, then one a second', async () => {
  let now = Date.now()
  const messenger = await desk({ limits: 1, clock: () => now })
  expect((await flood(messenger, anna)).passed).toBe(5)
  for (let second = 0; second < 5; second += 1) {
    now += 5000
    expect((await flood(messenger, anna)).passed).toBe(5)
  }
})

test('all chats together take 30 a second', async () => {
  const now = Date.now()
  const { call, sandbox } = await desk({ limits: 1, clock: () => now })
  const answers: boolean[] = []
  for (let count = 0; count < 40; count += 1) {
    const { id } = sandbox.newPerson({ role: 'citizen', first_name: 'Кто-то', language_code: 'ru' })
    sandbox.write({ from: id, chat: id, text: '/start' })
    answers.push((await call('sendMessage', { chat_id: id, text: 'a' })).ok)
  }
  expect(answers.filter(Boolean)).toHaveLength(30)
})

test('the scale says how many times as much, off means no limit', async () => {
  const now = Date.now()
  expect((await flood(await desk({ limits: 2, clock: () => now }), group)).passed).toBe(40)
  expect((await flood(await desk({ clock: () => now }), group)).passed).toBe(100)
})
