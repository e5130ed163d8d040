import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { connect, type Db, migrate } from '../../src/db/client.ts'
import { type Embedded, startEmbedded } from '../../src/db/embedded.ts'
import { workOutbox } from '../../src/mail/deliver.ts'
import type { InboxRow } from '../../src/mail/inbox.ts'
import { store } from '../../src/mail/inbox.ts'
import { enqueue } from '../../src/mail/outbox.ts'
import type { Worker } from '../../src/mail/rounds.ts'
import { workInbox } from '../../src/mail/work.ts'
import { surviveDriverSlips } from '../db/driver-slips.ts'
import { eventually, letter, quietLog, update } from './room.ts'

const LANES = 12
const UPDATES = 30

const root = mkdtempSync(join(tmpdir(), 'okoshko-outage-'))
chmodSync(root, 0o755)
// What was committed survives the server's end, as in service; only a crash of the machine would lose it.
const start = (port?: number) =>
  startEmbedded({
    dir: join(root, 'data'),
    fsync: false,
    settings: { synchronous_commit: 'on', ...(port ? { port: String(port) } : {}) },
  })

let server: Embedded
let dbs: Db[] = []
let workers: Worker[] = []
let slips: ReturnType<typeof surviveDriverSlips>
const wire: { key: string; lane: string; repeated: number }[] = []

beforeAll(async () => {
  slips = surviveDriverSlips()
  server = await start()
  await migrate(server.url)
  dbs = [connect(server.url), connect(server.url)]
  workers = dbs.flatMap((db, n) => mailRoom(db, `replica ${n}`))
  for (const [n, db] of dbs.entries()) {
    await db.listen('inbox', () => workers[n * 2]?.wake())
    await db.listen('outbox', () => workers[n * 2 + 1]?.wake())
  }
})
afterAll(async () => {
  await Promise.all(workers.map((worker) => worker.stop()))
  await Promise.all(dbs.map((db) => db.close()))
  await server.stop()
  rmSync(root, { recursive: true, force: true })
  slips.stop()
})

const mailRoom = (db: Db, owner: string): Worker[] => {
  const shared = { db, log: quietLog(), owner }
  const handle = async ({ key, lane }: InboxRow) => {
    await db.transaction(async (tx) => {
      await enqueue(tx, [letter(`first:${key}`, lane)])
      await sleep(Math.random() * 5)
      await enqueue(tx, [letter(`second:${key}`, lane)])
    })
  }
  return [
    workInbox({ ...shared, handle, setAside: async () => {} }),
    workOutbox({
      ...shared,
      pace: 5_000,
      late: async () => {},
      deliver: async ({ key, lane, repeated }) => {
        wire.push({ key, lane, repeated })
        await sleep(Math.random() * 5)
        return { kind: 'sent' }
      },
    }),
  ]
}

/** As Telegram does: again and again until it was taken. */
const deliverUpdates = async (lane: number) => {
  for (let n = 0; n < UPDATES; n += 1) {
    const key = `tg:${lane}:${String(n).padStart(3, '0')}`
    const db = dbs[n % 2] as Db
    while (await store(db, [update(key, `chat:${lane}`)]).catch(() => 'again')) await sleep(50)
    await sleep(Math.random() * 120)
  }
}

test('PostgreSQL stopped, then killed, under load: nothing lost, nothing doubled, order kept, no step by hand', {
  timeout: 60_000,
}, async () => {
  const load = Promise.all(Array.from({ length: LANES }, (_, lane) => deliverUpdates(lane + 1)))
  const { port } = server
  await sleep(600)
  await server.stop()
  await sleep(300)
  server = await start(port)
  await sleep(900)
  process.kill(server.pid, 'SIGKILL')
  await server.stop()
  server = await start(port)
  await load
  const total = LANES * UPDATES * 2
  await eventually('all to arrive', () => new Set(wire.map(({ key }) => key)).size === total, 15_000)
  const db = dbs[0] as Db
  await eventually(
    'all to be settled',
    async () => (await db.run(`select 1 from outbox where state <> 'sent'`)).length === 0,
  )
  expect(await db.run(`select count(*) as n, max(attempts) as most from inbox where state = 'done'`)).toEqual([
    { n: LANES * UPDATES, most: 1 },
  ])
  expect(await db.run('select count(*) as n from outbox')).toEqual([{ n: total }])
  const seen = new Set<string>()
  expect(wire.filter(({ key, repeated }) => seen.size === seen.add(key).size && repeated === 0)).toEqual([])
  for (let lane = 1; lane <= LANES; lane += 1) {
    const keys = wire.filter((one) => one.lane === `chat:${lane}`).map(({ key }) => key)
    const order = keys.map((key) => key.replace(/^(first|second):(.*)$/, '$2 $1'))
    expect(order, `chat:${lane}`).toEqual(order.toSorted())
  }
})

test('after an outage work goes on within seconds', async () => {
  const { port } = server
  await server.stop()
  await sleep(1_500)
  server = await start(port)
  const began = Date.now()
  while (await store(dbs[0] as Db, [update('tg:last', 'chat:1')]).catch(() => 'again')) await sleep(20)
  await eventually('its handling', () => wire.some(({ key }) => key === 'second:tg:last'))
  expect(Date.now() - began).toBeLessThan(3_000)
})
