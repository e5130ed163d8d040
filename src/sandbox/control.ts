import { type Context, Hono } from 'hono'
import { streamSSE } from 'hono/streaming'
import type { Fault } from './faults.ts'
import type { Upload } from './files.ts'
import { guard } from './guard.ts'
import { readMultipart } from './multipart.ts'
import type * as wire from './page/wire.ts'
import type { GroupDeed, StandingDeed } from './people.ts'
import { badRequest, Refusal } from './refusal.ts'
import type { Sandbox } from './server.ts'
import type { World } from './world.ts'
import type { Writing } from './writing.ts'

/** What people do, over HTTP, for the page and for tests; the shapes are in page/wire.ts. */
export const control = (sandbox: Sandbox, world: World): Hono => {
  const app = new Hono()
  app.use(guard)
  app.get('/state', (c) => c.json(sandbox.state()))
  app.get('/journal', (c) => c.json({ ok: true, ...sandbox.journal(Number(c.req.query('after') ?? 0)) }))
  app.get('/events', (c) => events(c, world))
  app.get('/files/:id', (c) => file(c, world))
  for (const [path, deed] of Object.entries(deedsOf(sandbox))) app.post(`/${path}`, deed)
  return app
}

const deedsOf = (sandbox: Sandbox): Record<string, (c: Context) => Promise<Response>> => ({
  people: carry<wire.NewPerson>((person) => ({ person: sandbox.newPerson(person) })),
  person: carry<StandingDeed>((deed) => ({ person: sandbox.person(deed) })),
  messages: carry<Writing>((writing) => {
    const messages = sandbox.writeAlbum(writing)
    return { message: messages[0], messages }
  }),
  edit: carry<wire.MessageEdit>((edit) => ({ message: sandbox.edit(edit) })),
  delete: carry<wire.Deletion>((deletion) => done(sandbox.remove(deletion))),
  press: carry<wire.Press>((press) => sandbox.press(press)),
  react: carry<wire.React>((reaction) => done(sandbox.react(reaction))),
  topic: carry<wire.TopicDeed>((deed) => done(sandbox.topic(deed))),
  group: carry<GroupDeed>((deed) => done(sandbox.group(deed))),
  fault: carry<Fault>((fault) => done(sandbox.fault(fault))),
  'faults/clear': carry<object>(() => done(sandbox.clearFaults())),
  update: carry<Injected>(({ kind, body, lane }) => ({ update: sandbox.update(kind, body, lane) })),
})

type Injected = { kind: string; body: object; lane: string }

const done = (_: unknown) => ({})

/** A deed with the body it is given; what the messenger refuses is told with status 400. */
const carry =
  <T>(deed: (body: T) => object | Promise<object>) =>
  async (c: Context) => {
    try {
      return c.json({ ok: true, ...(await deed(await readBody<T>(c))) })
    } catch (error) {
      if (error instanceof Refusal) return c.json({ ok: false, description: error.message }, 400)
      throw error
    }
  }

const readBody = async <T>(c: Context): Promise<T> => {
  const type = c.req.header('content-type') ?? ''
  try {
    if (!type.startsWith('multipart/form-data')) return await c.req.json<T>()
    const parts = readMultipart(Buffer.from(await c.req.arrayBuffer()), type)
    const files: Upload[] = parts.flatMap((part) => ('file' in part && part.name === 'file' ? [part.file] : []))
    const json = parts.find((part) => part.name === 'json')
    return { ...(JSON.parse(json && 'text' in json ? json.text : '{}') as object), files } as T
  } catch (error) {
    throw error instanceof Refusal ? error : badRequest("can't parse JSON object")
  }
}

const events = (c: Context, world: World): Response =>
  streamSSE(c, async (stream) => {
    const leave = world.subscribe((event) => void stream.writeSSE({ data: JSON.stringify(event) }))
    // The first bytes open the stream on the other side; the later ones show that it is alive.
    const here = () => void stream.write(': here\n\n')
    const alive = setInterval(here, 15_000)
    here()
    await new Promise((resolve) => {
      stream.onAbort(() => resolve(null))
      world.closing.signal.addEventListener('abort', resolve)
    })
    clearInterval(alive)
    leave()
  })

/** Files come from anybody: shown only where they cannot run anything, otherwise saved. */
const file = (c: Context, world: World): Response => {
  const row = world.files.get(c.req.param('id') ?? '')
  const bytes = row ? world.files.bytes(row.file_id) : null
  if (!row || !bytes) return c.json({ ok: false, description: 'no such file' }, 404)
  const type = row.mime_type ?? (row.kind === 'photo' ? 'image/jpeg' : 'application/octet-stream')
  const shown = /^(image\/(png|jpeg|gif|webp)|audio\/|video\/)/.test(type)
  const name = encodeURIComponent(row.file_name ?? row.file_id)
  return c.body(Buffer.from(bytes), 200, {
    'content-type': shown ? type : 'application/octet-stream',
    'content-disposition': `${shown ? 'inline' : 'attachment'}; filename*=UTF-8''${name}`,
    'content-security-policy': "default-src 'none'; sandbox",
    'cache-control': 'private, max-age=86400',
  })
}
