import { expect, test } from 'vitest'
import { anna, desk, group } from './desk.ts'

const hello = { chat_id: anna, text: 'привет' }

test('a scripted refusal hits the calls it fits, as often as said', async () => {
  const { call, sandbox } = await desk()
  const description = 'Too Many Requests: retry after 7'
  const answer = { error_code: 429, description, parameters: { retry_after: 7 } }
  sandbox.fault({ method: 'sendMessage', match: { chat_id: anna }, times: 2, answer })
  expect(await call('sendMessage', { chat_id: group, text: 'a' })).toMatchObject({ ok: true })
  expect(await call('sendMessage', hello)).toEqual({ ok: false, ...answer })
  expect(await call('sendMessage', hello)).toMatchObject({ error_code: 429 })
  expect(await call('sendMessage', hello)).toMatchObject({ ok: true })
  expect(sandbox.messages(anna)).toHaveLength(2)
  expect(sandbox.journal().refused).toHaveLength(2)
})

test('a fault can be planned over HTTP, and taken back', async () => {
  const { call, post } = await desk()
  const fault = { method: '*', times: 0, answer: { error_code: 500, description: 'Internal Server Error: restart' } }
  expect(await post('fault', fault)).toEqual({ ok: true })
  for (let tries = 0; tries < 3; tries += 1) expect(await call('getMe')).toMatchObject({ error_code: 500 })
  await post('faults/clear', {})
  expect(await call('getMe')).toMatchObject({ ok: true })
})

test.each(['before', 'after'] as const)('a connection cut %s acceptance', async (when) => {
  const { call, sandbox } = await desk()
  sandbox.fault({ method: 'sendMessage', when, answer: 'reset' })
  await expect(call('sendMessage', hello)).rejects.toThrow('fetch failed')
  const accepted = when === 'after' ? 1 : 0
  expect(sandbox.messages(anna)).toHaveLength(1 + accepted)
  expect(sandbox.journal().entries).toHaveLength(accepted)
  expect(await call('sendMessage', hello)).toMatchObject({ ok: true })
})

test('an answer that never comes', async () => {
  const { url, sandbox } = await desk()
  sandbox.fault({ method: 'sendMessage', when: 'after', answer: 'hang' })
  const body = JSON.stringify(hello)
  const init = {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body,
    signal: AbortSignal.timeout(100),
  }
  await expect(fetch(`${url}/bot${sandbox.token}/sendMessage`, init)).rejects.toThrow('timeout')
  expect(sandbox.journal().entries).toMatchObject([{ method: 'sendMessage', result: { message_id: 2 } }])
})

test("a proxy's error page instead of an answer", async () => {
  const { url, sandbox } = await desk()
  sandbox.fault({ method: 'getMe', answer: 'html502' })
  const response = await fetch(`${url}/bot${sandbox.token}/getMe`)
  expect(response.status).toBe(502)
  expect(await response.text()).toContain('<html>')
})

test('a late answer', async () => {
  const { call, sandbox } = await desk()
  sandbox.fault({ method: 'sendMessage', when: 'after', answer: 300 })
  let answered = false
  const answer = call('sendMessage', hello).finally(() => {
    answered = true
  })
  while (sandbox.messages(anna).length < 2) await new Promise((resolve) => setTimeout(resolve, 5))
  expect(answered).toBe(false)
  expect(await answer).toMatchObject({ ok: true })
})

test('a topic that is silently overlooked', async () => {
  const { ok, sandbox } = await desk()
  const { message_thread_id } = await ok('createForumTopic', { chat_id: group, name: 'тема' })
  sandbox.fault({ method: 'sendMessage', answer: 'general' })
  const lost = await ok('sendMessage', { chat_id: group, message_thread_id, text: 'a' })
  expect(lost).not.toHaveProperty('message_thread_id')
})

test('the journal numbers what was accepted and can be read on', async () => {
  const { ok, url } = await desk()
  for (const text of ['a', 'b', 'c']) await ok('sendMessage', { chat_id: anna, text })
  const view = (await (await fetch(`${url}/sandbox/journal?after=1`)).json()) as { entries: object[]; last: number }
  expect(view.entries).toMatchObject([
    { seq: 2, method: 'sendMessage', params: { chat_id: anna, text: 'b' }, result: { chat_id: anna, message_id: 3 } },
    { seq: 3, params: { text: 'c' } },
  ])
  expect(view.last).toBe(3)
})

test('a bounded journal forgets the oldest and says how many', async () => {
  const { ok, sandbox } = await desk({ keepJournal: 10 })
  for (let count = 0; count < 45; count += 1) await ok('sendMessage', { chat_id: anna, text: String(count) })
  const { entries, forgotten, last } = sandbox.journal()
  expect([entries.length + forgotten, entries.at(-1)?.seq, last]).toEqual([45, 45, 45])
  expect(entries.length).toBeLessThanOrEqual(20)
})
