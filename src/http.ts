import { createHash, timingSafeEqual } from 'node:crypto'
import { serve } from '@hono/node-server'
import { Hono } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import type { Log } from './log.ts'
import { fault } from './log.ts'

export type HttpOptions = {
  port: number
  host?: string
  log: Log
  /** Null until the desk can work: then /ready says so. */
  ready(): Promise<string | null>
  webhook: {
    path: string
    secrets: readonly string[]
    receive(update: unknown): Promise<'stored' | 'not-an-update'>
  } | null
  metrics(): Promise<string>
  /** The sandbox's page and Bot API, on the same server. */
  sandbox?: Hono
}
export type HttpServer = { port: number; close(): Promise<void> }

const MOST_BODY = 1024 * 1024
/** An update of Telegram is about a dozen deep. */
const MOST_DEPTH = 64
/** As OWASP asks of answers that no page is to show; the sandbox's page has headers of its own. */
const HEADERS = {
  'cache-control': 'no-store',
  'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
  'cross-origin-resource-policy': 'same-origin',
  'referrer-policy': 'no-referrer',
  'strict-transport-security': 'max-age=31536000',
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
}

/** One server for everything that listens. @throws with code EADDRINUSE when the port is taken. */
export const listen = async (options: HttpOptions): Promise<HttpServer> => {
  const app = routes(options)
  return await new Promise((resolve, reject) => {
    const server = serve({ fetch: app.fetch, port: options.port, hostname: options.host }, (info) =>
      resolve({ port: info.port, close: () => closeServer(server) }),
    )
    // An idle connection that is cut just as a call begins would make that call ambiguous.
    if ('keepAliveTimeout' in server) Object.assign(server, LIMITS)
    server.on('error', reject)
  })
}

/** Who sends slowly is not waited for. */
const LIMITS = { keepAliveTimeout: 120_000, headersTimeout: 10_000, requestTimeout: 30_000 }

const closeServer = (server: ReturnType<typeof serve>): Promise<void> =>
  new Promise((resolve) => {
    server.close(() => resolve())
    if ('closeAllConnections' in server) server.closeAllConnections()
  })

const routes = ({ log, ready, webhook, metrics, sandbox }: HttpOptions): Hono => {
  const app = new Hono()
  if (!sandbox) {
    app.use(async (c, next) => {
      await next()
      for (const [name, value] of Object.entries(HEADERS)) c.header(name, value)
    })
  }
  app.get('/health', (c) => c.text('ok'))
  app.get('/ready', async (c) => {
    const lack = await ready().catch(() => 'storage')
    return lack === null ? c.text('ready') : c.text(lack, 503)
  })
  app.get('/metrics', async (c) => c.text(await metrics()))
  if (webhook) {
    // The secret is looked at before a byte of the body is read.
    app.use(webhook.path, async (c, next) => {
      if (!isSecret(c.req.header('x-telegram-bot-api-secret-token') ?? '', webhook.secrets)) return c.text('', 401)
      await next()
    })
    app.post(webhook.path, bodyLimit({ maxSize: MOST_BODY }), async (c) => {
      const update = parsed(await c.req.text())
      try {
        return (await webhook.receive(update)) === 'stored' ? c.text('') : c.text('', 400)
      } catch (error) {
        log.warn('webhook.storage', fault(error))
        return c.text('', 503, { 'retry-after': '5' })
      }
    })
  }
  if (sandbox) app.route('/', sandbox)
  return app
}

/** Undefined for what is no JSON, or so deep that reading it would cost more than it can be worth. */
const parsed = (body: string): unknown => {
  try {
    return depthOf(body) > MOST_DEPTH ? undefined : JSON.parse(body)
  } catch {
    return undefined
  }
}

const depthOf = (body: string): number => {
  let [depth, most, inString] = [0, 0, false]
  for (let at = 0; at < body.length; at += 1) {
    const sign = body[at]
    if (sign === '"') inString = !inString
    else if (inString && sign === '\\') at += 1
    else if (!inString && (sign === '{' || sign === '[')) most = Math.max(most, ++depth)
    else if (!inString && (sign === '}' || sign === ']')) depth -= 1
  }
  return most
}

/** In constant time, whatever its length. */
const isSecret = (given: string, secrets: readonly string[]): boolean => {
  const hash = (text: string) => createHash('sha256').update(text).digest()
  return secrets.map((secret) => timingSafeEqual(hash(given), hash(secret))).includes(true)
}
