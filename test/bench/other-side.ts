import { Agent, createServer, request, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'

export type Params = Record<string, unknown>
export type Call = { method: string; params: Params; at: number }
/** True: this call was what it waited for. */
type Listener = (call: Call) => boolean

export type OtherSide = {
  url: string
  /** Milliseconds between a call and its answer. */
  delayMs: number
  /** Who waits for a call, by chat and thread; the first that it fits takes it. */
  listeners: Map<string, Set<Listener>>
  /** Every call, for the preparation of a run; off while it is measured. */
  journal: Call[] | null
  calls: number
  /** Posts an update to the webhook as Telegram does; resolves with the status. */
  post(update: Params): Promise<number>
  close(): Promise<void>
}

const SECRET = 'bench-secret'
const BOT = { id: 7000000001, is_bot: true, first_name: 'Okoshko', username: 'okoshko_bench_bot' }
const RIGHTS = { can_manage_topics: true, can_delete_messages: true, can_pin_messages: true }

/**
 * Telegram as a load generator needs it: it answers at once (or late, on demand) and checks nothing. The sandbox, which checks
 * everything, would be measured along with the desk.
 */
export const openOtherSide = async (webhook: URL): Promise<OtherSide> => {
  let lastId = 1_000
  const side: OtherSide = {
    url: '',
    delayMs: 0,
    listeners: new Map(),
    journal: [],
    calls: 0,
    post: poster(webhook),
    close: async () => await new Promise((resolve) => server.close(() => resolve())),
  }
  const server: Server = createServer((incoming, outgoing) => {
    const chunks: Buffer[] = []
    incoming.on('data', (chunk) => chunks.push(chunk))
    incoming.on('end', () => {
      const method = incoming.url?.split('/').at(-1) ?? ''
      const params = chunks.length > 0 ? (JSON.parse(Buffer.concat(chunks).toString()) as Params) : {}
      lastId += 1
      const body = JSON.stringify({ ok: true, result: resultOf(method, params, lastId) })
      side.calls += 1
      const call = { method, params, at: performance.now() }
      const answer = () => {
        outgoing.writeHead(200, { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) })
        outgoing.end(body)
      }
      side.journal?.push(Object.assign(call, { id: lastId }))
      for (const takes of side.listeners.get(`${params.chat_id}:${params.message_thread_id ?? ''}`) ?? [])
        if (takes(call)) break
      if (side.delayMs > 0) setTimeout(answer, side.delayMs)
      else answer()
    })
  })
  server.keepAliveTimeout = 120_000
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', () => resolve()))
  side.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  return side
}

export const webhookSecret = SECRET

const resultOf = (method: string, params: Params, id: number): unknown => {
  switch (method) {
    case 'getMe':
      return { ...BOT, can_join_groups: true, can_read_all_group_messages: true, supports_inline_queries: false }
    case 'getChat':
      return { id: params.chat_id, type: 'supergroup', title: 'Desk', is_forum: true }
    case 'getChatMember':
      return params.user_id === BOT.id
        ? { user: BOT, status: 'administrator', ...RIGHTS }
        : { user: { id: params.user_id, is_bot: false, first_name: 'Person' }, status: 'member' }
    case 'createForumTopic':
      return { message_thread_id: id, name: params.name, icon_color: 7322096 }
    case 'sendMessage':
    case 'editMessageText':
    case 'editMessageReplyMarkup':
      return message(params, id)
    case 'copyMessage':
      return { message_id: id }
    case 'getWebhookInfo':
      return { url: '', has_custom_certificate: false, pending_update_count: 0 }
    case 'getUpdates':
    case 'getMyCommands':
      return []
    default:
      return true
  }
}

const message = (params: Params, id: number) => ({
  message_id: params.message_id ?? id,
  date: Math.floor(Date.now() / 1000),
  chat: { id: params.chat_id, type: Number(params.chat_id) < 0 ? 'supergroup' : 'private' },
  from: BOT,
  text: params.text,
  ...(params.message_thread_id ? { message_thread_id: params.message_thread_id, is_topic_message: true } : {}),
})

const poster = (webhook: URL) => {
  // As many at once as Telegram opens to a webhook by default.
  const agent = new Agent({ keepAlive: true, maxSockets: 40 })
  return (update: Params): Promise<number> =>
    new Promise((resolve, reject) => {
      const body = JSON.stringify(update)
      const headers = {
        'content-type': 'application/json',
        'content-length': Buffer.byteLength(body),
        'x-telegram-bot-api-secret-token': SECRET,
      }
      const sending = request(webhook, { method: 'POST', agent, headers }, (answer) => {
        answer.resume()
        answer.on('end', () => resolve(answer.statusCode ?? 0))
      })
      sending.on('error', reject)
      sending.end(body)
    })
}
