import { isUtf8 } from 'node:buffer'
import { timingSafeEqual } from 'node:crypto'
import type { HttpBindings } from '@hono/node-server'
import { type Context, Hono } from 'hono'
import { answer, type Request as Call, type Server } from './call.ts'
import type { Wire } from './faults.ts'
import type { Upload } from './files.ts'
import { type Part, readMultipart } from './multipart.ts'
import { badRequest, Refusal } from './refusal.ts'
import type { Params } from './schema.ts'

type Env = { Bindings: HttpBindings }
const mostBytes = 52 * 1024 * 1024

/** The Bot API over HTTP: GET or POST; JSON, form or multipart bodies. */
export const botApi = (server: Server, token: string): Hono => {
  const app = new Hono<Env>()
  app.get('/file/:bot{bot[^/]+}/:path{.+}', (c) => {
    if (!isToken(c.req.param('bot'), token)) return refusal(c, new Refusal(401, 'Unauthorized'))
    const file = server.world.files.at(c.req.param('path'))
    const bytes = file ? server.world.files.bytes(file.file_id) : null
    if (!bytes) return refusal(c, new Refusal(404, 'Not Found'))
    return c.body(Buffer.from(bytes), 200, { 'content-type': 'application/octet-stream' })
  })
  app.on(['GET', 'POST'], '/:bot{bot[^/]+}/:method', async (c) => {
    if (!isToken(c.req.param('bot'), token)) return refusal(c, new Refusal(401, 'Unauthorized'))
    try {
      const call = await readCall(c)
      const wire = await answer(server, { ...call, signal: c.req.raw.signal })
      return await send(c, wire, server.world.closing.signal)
    } catch (error) {
      if (error instanceof Refusal) return refusal(c, error)
      throw error
    }
  })
  return app as unknown as Hono
}

const isToken = (given: string, token: string): boolean => {
  const [one, other] = [Buffer.from(given), Buffer.from(`bot${token}`)]
  return one.length === other.length && timingSafeEqual(one, other)
}

const readCall = async (c: Context<Env>): Promise<Call> => {
  const method = c.req.param('method') ?? ''
  const query = c.req.query()
  if (c.req.method === 'GET') return { method, fields: query }
  if (Number(c.req.header('content-length') ?? 0) > mostBytes) throw new Refusal(413, 'Request Entity Too Large')
  const type = c.req.header('content-type') ?? ''
  if (type.startsWith('application/json')) return { method, json: { ...query, ...(await readJson(c)) } }
  if (type.startsWith('application/x-www-form-urlencoded')) {
    return { method, fields: { ...query, ...Object.fromEntries(new URLSearchParams(await c.req.text())) } }
  }
  if (type.startsWith('multipart/form-data')) {
    return { method, ...readParts(readMultipart(Buffer.from(await c.req.arrayBuffer()), type), query) }
  }
  return { method, fields: query }
}

const readJson = async (c: Context<Env>): Promise<Params> => {
  const bytes = Buffer.from(await c.req.arrayBuffer())
  if (bytes.length === 0) return {}
  if (!isUtf8(bytes)) throw badRequest('strings must be encoded in UTF-8')
  try {
    const body: unknown = JSON.parse(bytes.toString('utf8'))
    if (typeof body === 'object' && body !== null && !Array.isArray(body)) return body as Params
  } catch {
    // Told below together with JSON that is no object.
  }
  throw badRequest("can't parse JSON object")
}

/** A file given as a field's own value counts as if the field named it by attach://. */
const readParts = (parts: Part[], query: Record<string, string>) => {
  const fields: Record<string, string> = { ...query }
  const uploads = new Map<string, Upload>()
  for (const part of parts) {
    if ('text' in part) fields[part.name] = part.text
    else uploads.set(part.name, part.file)
  }
  const named = JSON.stringify(fields)
  for (const name of uploads.keys()) if (!named.includes(`attach://${name}`)) fields[name] ??= `attach://${name}`
  return { fields, uploads }
}

const refusal = (c: Context, { code, message }: Refusal): Response =>
  c.json({ ok: false, error_code: code, description: message }, code as 400)

const send = async (c: Context<Env>, wire: Wire, closing: AbortSignal): Promise<Response> => {
  if (wire === 'html502') return c.html('<html><body><h1>502 Bad Gateway</h1></body></html>', 502)
  if (wire === 'reset') c.env.incoming.socket.resetAndDestroy()
  if (wire === 'reset' || wire === 'hang') {
    const { socket } = c.env.incoming
    closing.addEventListener('abort', () => socket.destroy())
    await new Promise((resolve) => socket.once('close', resolve))
    return c.body(null)
  }
  return c.json(wire.body, wire.status as 200)
}
