import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { connect, type Db } from '../../src/db/client.ts'
import { type Embedded, startEmbedded } from '../../src/db/embedded.ts'
import { isStorageFault } from '../../src/db/faults.ts'
import { surviveDriverSlips } from './driver-slips.ts'

const root = mkdtempSync(join(tmpdir(), 'okoshko-restart-'))
chmodSync(root, 0o755)
const start = (port?: number) =>
  startEmbedded({ dir: join(root, 'data'), fsync: false, settings: port ? { port: String(port) } : {} })

let server: Embedded
let db: Db
let slips: ReturnType<typeof surviveDriverSlips>
beforeAll(async () => {
  slips = surviveDriverSlips()
  server = await start()
  db = connect(server.url)
  await db.run('create table said (word text)')
})
afterAll(async () => {
  await db.close()
  await server.stop()
  rmSync(root, { recursive: true, force: true })
  slips.stop()
})

const allLines = () =>
  Promise.all([
    ...Array.from({ length: 8 }, () => db.run('select 1 from pg_sleep(0.02)')),
    ...Array.from({ length: 8 }, () => db.transaction((tx) => tx.run('select 1 from pg_sleep(0.02)'))),
  ])
const eventually = async (what: string, look: () => Promise<boolean> | boolean) => {
  for (const end = Date.now() + 5_000; Date.now() < end; await sleep(25)) if (await look()) return
  throw new Error(`waited in vain for ${what}`)
}

test('PostgreSQL restarted: refused while it is away, everything works again at once, NOTIFY is heard again', async () => {
  let heard = 0
  await db.listen('inbox', () => {
    heard += 1
  })
  await allLines()
  const { port } = server
  await server.stop()
  for (const refused of [db.run('select 1'), db.transaction((tx) => tx.run('select 1'))]) {
    expect(isStorageFault(await refused.catch((error: unknown) => error))).toBe(true)
  }
  await sleep(200)
  const before = heard
  server = await start(port)
  const began = Date.now()
  await allLines()
  expect(Date.now() - began).toBeLessThan(1_500)
  await eventually('being woken after the outage', () => heard > before)
  const woken = heard
  await db.run(`select pg_notify('inbox', '')`)
  await eventually('the notification', () => heard > woken)
})

test('a server killed in the middle of transactions: each is refused and whole or absent, the next ones go', async () => {
  const deeds = Array.from({ length: 8 }, (_, n) =>
    db
      .transaction(async (tx) => {
        await tx.run('insert into said values ($1)', [`deed ${n}`])
        await tx.run('select pg_sleep(0.3)')
        await tx.run('insert into said values ($1)', [`deed ${n}`])
      })
      .then(() => 'done', isStorageFault),
  )
  await sleep(150)
  process.kill(server.pid, 'SIGKILL')
  expect(new Set(await Promise.all(deeds))).toEqual(new Set([true]))
  const { port } = server
  await server.stop()
  server = await start(port)
  await allLines()
  expect(await db.run('select word from said')).toEqual([])
})

test('close() while all are busy and more wait does not hang; whoever comes later is refused', async () => {
  const busy = connect(server.url)
  const endless = Array.from({ length: 20 }, () =>
    busy.transaction((tx) => tx.run('select pg_sleep(9)')).catch((error: unknown) => error),
  )
  await sleep(100)
  const began = Date.now()
  await busy.close()
  expect(Date.now() - began).toBeLessThan(4_500)
  for (const failure of await Promise.all(endless)) expect(isStorageFault(failure)).toBe(true)
  await expect(busy.run('select 1')).rejects.toThrow()
  await expect(busy.transaction((tx) => tx.run('select 1'))).rejects.toThrow()
  await eventually('the connections to be gone', async () => {
    const rows = await db.run(
      `select 1 from pg_stat_activity where query like '%pg_sleep(9)%' and pid <> pg_backend_pid()`,
    )
    if (rows.length > 0)
      await db.run(
        `select pg_terminate_backend(pid) from pg_stat_activity where query like 'select pg_sleep(9)%' and pid <> pg_backend_pid()`,
      )
    return rows.length === 0
  })
})

test('close() lets what is in hand finish', async () => {
  const closing = connect(server.url)
  const last = closing.transaction(async (tx) => {
    await sleep(150)
    await tx.run(`insert into said values ('last')`)
    return 'done'
  })
  await sleep(20)
  await closing.close()
  expect(await last).toBe('done')
  expect(await db.run(`select word from said where word = 'last'`)).toHaveLength(1)
})
