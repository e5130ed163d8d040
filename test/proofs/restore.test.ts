import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { chmodSync, chownSync, existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { connect, type Db, migrate } from '../../src/db/client.ts'
import { createKeyring } from '../../src/db/keyring.ts'
import * as citizens from '../../src/desk/citizens.ts'
import type { Desk } from '../../src/desk/desk.ts'
import * as forgetting from '../../src/desk/forget.ts'
import { isRestored, resume } from '../../src/desk/identity.ts'
import { toChat } from '../../src/desk/letters.ts'
import { createLog } from '../../src/log.ts'
import type { InboxRow } from '../../src/mail/inbox.ts'
import { takeReady } from '../../src/mail/take.ts'
import { loadTexts } from '../../src/texts.ts'
import { freePort } from '../free-port.ts'

const ROOT = '/usr/lib/postgresql'
const bin = existsSync(ROOT) ? join(ROOT, readdirSync(ROOT).sort().at(-1) ?? '', 'bin') : null
if (!bin) console.warn('SKIPPED: no PostgreSQL with pg_dump on this machine, so no backup was made and restored')

const key = Buffer.alloc(32, 7)
const texts = loadTexts()
let dir = ''
let port = 0
let server: ChildProcess | undefined
const nobody = process.getuid?.() === 0 ? { uid: 65534, gid: 65534 } : {}
const run = (program: string, ...args: string[]) =>
  execFileSync(join(bin ?? '', program), args, { stdio: ['ignore', 'pipe', 'pipe'], cwd: dir, ...nobody }).toString()
const url = (name: string) => `postgres://desk@127.0.0.1:${port}/${name}`

beforeAll(async () => {
  if (!bin) return
  dir = mkdtempSync(join(tmpdir(), 'okoshko-restore-'))
  chmodSync(dir, 0o755)
  if ('uid' in nobody) chownSync(dir, 65534, 65534)
  run('initdb', '-D', join(dir, 'data'), '--auth=trust', '-E', 'UTF8', '--locale=C.UTF-8', '-U', 'desk')
  port = await freePort()
  const options = ['-D', join(dir, 'data'), '-p', String(port), '-c', `unix_socket_directories=`, '-c', 'fsync=off']
  server = spawn(join(bin, 'postgres'), options, { cwd: dir, stdio: 'ignore', ...nobody })
  for (;;) {
    try {
      run('psql', url('postgres'), '-c', 'create database live', '-c', 'create database restored')
      break
    } catch {
      await sleep(100)
    }
  }
})
afterAll(async () => {
  server?.kill('SIGINT')
  await sleep(500)
  if (dir) rmSync(dir, { recursive: true, force: true })
})

const deskOn = (db: Db): Desk => ({ db, keys: createKeyring(db, key), log: createLog('silent'), texts: () => texts })

const person = async (desk: Desk, externalId: number) => {
  const citizen = await citizens.meet(desk, { externalId, lang: 'ru', name: `Канарейка ${externalId}` })
  const context = await desk.keys.forCitizen(citizen.id, 'x')
  const [appeal] = await desk.db.run<{ id: number }>(
    `insert into appeals (number, origin, citizen_id, line, kind, lang, context, closed_at)
     values ($1, $1, $2, 'access', 'operator', 'ru', $3, now()) returning id`,
    [String(externalId), citizen.id, context],
  )
  await desk.db.run(
    `insert into messages (appeal_id, origin_chat, origin_message, author, state, body) values ($1, $2, 1, 'citizen', 'relayed', $3)`,
    [appeal?.id ?? 0, externalId, await desk.keys.forCitizen(citizen.id, `слова ${externalId}`)],
  )
  return citizen
}

test.skipIf(!bin)(
  'an older backup with the newest keys has forgotten too, and sends nothing until an admin says so',
  async () => {
    await migrate(url('live'))
    const live = connect(url('live'))
    const desk = deskOn(live)
    expect(await isRestored(desk)).toBe(false)
    const [anna, boris] = [await person(desk, 1001), await person(desk, 1002)]
    await toChat(live as never, desk, 5001, { key: 'old letter', letter: { type: 'phrase', phrase: 'forget.kept' } })
    run('pg_dump', url('live'), '--exclude-schema=keys', '--file=desk.sql')

    await forgetting.request(desk, anna)
    const [timer] = await live.run<InboxRow & Record<string, unknown>>(
      `select * from inbox where key like 'timer:forget:%'`,
    )
    await forgetting.ringForget(desk, timer as InboxRow)
    run('pg_dump', url('live'), '--schema=keys', '--file=keys.sql')
    await live.close()

    for (const file of ['desk.sql', 'keys.sql']) run('psql', url('restored'), '-q', '-v', 'ON_ERROR_STOP=1', '-f', file)
    await migrate(url('restored'))
    const db = connect(url('restored'))
    const back = deskOn(db)
    const wordsOf = async (externalId: number) => {
      const [row] = await db.run<{ body: Buffer; name: Buffer }>(
        `select m.body, c.name from messages m join appeals a on a.id = m.appeal_id join citizens c on c.id = a.citizen_id
       where c.external_id = $1`,
        [externalId],
      )
      return [await back.keys.open(row?.name ?? Buffer.alloc(0)), await back.keys.open(row?.body ?? Buffer.alloc(0))]
    }
    expect(await wordsOf(1001)).toEqual([null, null])
    expect(await wordsOf(1002)).toEqual(['Канарейка 1002', 'слова 1002'])
    expect(boris.id).toBeGreaterThan(anna.id)

    const ready = async () => (await takeReady(db, { owner: 'x', pace: 'off', most: 10 })).rows
    expect(await isRestored(back)).toBe(true)
    expect(await ready()).toEqual([])
    const [by] = await db.run<{ id: number }>(
      `insert into operators (external_id, name, state) values (5001, 'Ольга', 'active') returning id`,
    )
    expect(await resume(back, { by: by?.id ?? 0, drop: false, key: 'tg:1' })).toEqual({ status: 'resumed', waiting: 1 })
    expect(await resume(back, { by: by?.id ?? 0, drop: false, key: 'tg:2' })).toEqual({ status: 'not-paused' })
    expect(await ready()).toMatchObject([{ key: 'old letter', repeated: 1 }])
    expect(await isRestored(back)).toBe(false)
    await db.close()
  },
)
