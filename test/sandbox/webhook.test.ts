import { createServer, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, expect, test } from 'vitest'
import { anna, type Desk, desk, group, petr } from './desk.ts'

type Hook = { status: number; headers?: Record<string, string>; delay?: number }
type Seen = { id: number; what: string; secret: string | undefined; at: number }

const closing: (() => void)[] = []
afterEach(() => {
  for (const close of closing.splice(0)) close()
})

/** A bot's webhook that answers as told and remembers what came. */
const hook = async (answer: (update: Record<string, unknown>) => Hook) => {
  const seen: Seen[] = []
  const server = createServer(async (request, response) => {
    const update = JSON.parse(await bodyOf(request)) as Record<string, { text?: string; data?: string }>
    const [, kind = ''] = Object.keys(update)
    const what = update[kind]?.text ?? update[kind]?.data ?? kind
    const secret = request.headers['x-telegram-bot-api-secret-token'] as string | undefined
    seen.push({ id: Number(update.update_id), what, secret, at: Date.now() })
    const { status, headers = {}, delay = 0 } = answer(update)
    setTimeout(() => response.writeHead(status, headers).end(), delay)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  closing.push(() => server.close().closeAllConnections())
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook`, seen }
}

const bodyOf = async (request: IncomingMessage) => {
  const parts: Buffer[] = []
  for await (const part of request) parts.push(part as Buffer)
  return Buffer.concat(parts).toString('utf8')
}

const until = async (ready: () => boolean) => {
  for (let tries = 0; !ready(); tries += 1) {
    if (tries > 300) throw new Error('it did not come to that')
    await new Promise((resolve) => setTimeout(resolve, 10))
  }
}

const say = ({ sandbox }: Desk, text: string) => sandbox.write({ from: anna, chat: anna, text })

test('what waited is pushed with the secret, and confirmed by 2xx', async () => {
  const { url, seen } = await hook(() => ({ status: 204 }))
  const messenger = await desk()
  await messenger.ok('setWebhook', { url, secret_token: 'secret_1' })
  await until(() => messenger.sandbox.pending().length === 0)
  expect(seen).toMatchObject([{ what: '/start', secret: 'secret_1' }])
})

test('one chat goes in order, one update at a time', async () => {
  let inFlight = 0
  let most = 0
  const { url, seen } = await hook(() => {
    inFlight += 1
    most = Math.max(most, inFlight)
    setTimeout(() => {
      inFlight -= 1
    }, 4)
    return { status: 200, delay: 5 }
  })
  const messenger = await desk()
  await messenger.ok('setWebhook', { url })
  for (let count = 0; count < 10; count += 1) say(messenger, String(count))
  await until(() => messenger.sandbox.pending().length === 0)
  expect(seen.map((one) => one.what)).toEqual(['/start', ...'0123456789'])
  expect(most).toBe(1)
})

test('a failing update holds up its own lane only', async () => {
  let broken = true
  const { url, seen } = await hook((update) => ({
    status: broken && (update.message as { text?: string } | undefined)?.text === 'яд' ? 500 : 200,
  }))
  const messenger = await desk({ webhookSecond: 0.01 })
  const { message_id } = await messenger.ok<{ message_id: number }>('sendMessage', { chat_id: anna, text: 'a' })
  await messenger.ok('setWebhook', { url })
  await until(() => messenger.sandbox.pending().length === 0)
  for (const text of ['яд', 'за ним']) say(messenger, text)
  messenger.sandbox.write({ from: petr, chat: group, text: 'другая' })
  void messenger.sandbox.press({ from: anna, chat: anna, message_id, data: 'кнопка' }, 10)
  await until(() => seen.some((one) => one.what === 'другая') && seen.some((one) => one.what === 'кнопка'))
  await until(() => seen.filter((one) => one.what === 'яд').length >= 3)
  expect(seen.map((one) => one.what)).not.toContain('за ним')
  expect(await messenger.ok('getWebhookInfo')).toMatchObject({
    url,
    pending_update_count: 2,
    last_error_message: 'Wrong response from the webhook: 500 Internal Server Error',
  })
  broken = false
  await until(() => messenger.sandbox.pending().length === 0)
  expect(seen.at(-1)?.what).toBe('за ним')
})

test('repeats come at once, then after two and four seconds, or when Retry-After says', async () => {
  const wait: Record<string, string> = {}
  const { url, seen } = await hook(() => ({ status: 503, headers: wait }))
  const messenger = await desk({ webhookSecond: 0.05 })
  await messenger.ok('setWebhook', { url })
  await until(() => seen.length >= 4)
  const gaps = seen.slice(1).map((one, index) => one.at - (seen[index]?.at ?? 0))
  expect(gaps[0]).toBeLessThan(60)
  expect(gaps[1]).toBeGreaterThanOrEqual(95)
  expect(gaps[2]).toBeGreaterThanOrEqual(190)
  wait['retry-after'] = '1'
  await until(() => seen.length >= 7)
  expect((seen[6]?.at ?? 0) - (seen[5]?.at ?? 0)).toBeLessThan(150)
})

test('a slow webhook is cut off and called again', async () => {
  const { url, seen } = await hook(() => ({ status: 200, delay: 400 }))
  const messenger = await desk({ webhookSecond: 0.002 })
  await messenger.ok('setWebhook', { url })
  await until(() => seen.length >= 2)
  expect(seen[0]?.id).toBe(seen[1]?.id)
  expect(await messenger.ok('getWebhookInfo')).toMatchObject({ last_error_message: 'Read timeout expired' })
})
