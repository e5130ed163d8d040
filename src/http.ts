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

/** One server for everything that listens. @throws with code EADDRINUSE when the port is taken. */
export const listen = async (options: HttpOptions): Promise<HttpServer> => {
  const app = routes(options)
  return await new Promise((resolve, reject) => {
    const server = serve({ fetch: app.fetch, port: options.port, hostname: options.host }, (info) =>
      resolve({ port: info.port, close: () => closeServer(server) }),
    )
    // An idle connection that is cut just as a call begins would make that call ambiguous.
    if ('keepAliveTimeout' in server) Object.assign(server, { keepAliveTimeout: 120_000, requestTimeout: 30_000 })
    server.on('error', reject)
  })
}

const closeServer = (server: ReturnType<typeof serve>): Promise<void> =>
  new Promise((resolve) => {
    server.close(() => resolve())
    if ('closeAllConnections' in server) server.closeAllConnections()
  })

const routes = ({ log, ready, webhook, metrics, sandbox }: HttpOptions): Hono => {
  const app = new Hono()
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
      const update: unknown = await c.req.json().catch(() => undefined)
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

/** In constant time, whatever its length. */
const isSecret = (given: string, secrets: readonly string[]): boolean => {
  const hash = (text: string) => createHash('sha256').update(text).digest()
  return secrets.map((secret) => timingSafeEqual(hash(given), hash(secret))).includes(true)
}
