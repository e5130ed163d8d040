import { setTimeout as sleep } from 'node:timers/promises'
import { sql } from 'drizzle-orm'
import postgres from 'postgres'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { connect, type Db, type Tx } from '../../src/db/client.ts'
import { isStorageFault } from '../../src/db/faults.ts'
import { type TestDatabase, testDatabase } from '../database.ts'
import { surviveDriverSlips } from './driver-slips.ts'

const PARTS = 5

let database: TestDatabase
let db: Db
let outside: postgres.Sql
let slips: ReturnType<typeof surviveDriverSlips>
beforeAll(async () => {
  slips = surviveDriverSlips()
  database = await testDatabase()
  db = connect(database.url)
  outside = postgres(database.url, { max: 1, onnotice: () => {} })
  await outside`create table said (deed int, part int, primary key (deed, part))`
  await outside`create table counter (n int)`
  await outside`insert into counter values (0)`
})
afterAll(async () => {
  await db.close()
  await outside.end()
  await database.drop()
  slips.stop()
})

const killOne = () =>
  outside`select pg_terminate_backend(pid) from pg_stat_activity
          where application_name = 'okoshko' and datname = current_database() order by random() limit 1`
const killTransactions = () =>
  outside`select pg_terminate_backend(pid) from pg_stat_activity
          where application_name = 'okoshko' and datname = current_database() and state like 'idle in transaction%'`
const partsOf = async (deed: number) =>
  (await outside<{ part: number }[]>`select part from said where deed = ${deed} order by part`).map(({ part }) => part)

/** A deed of several statements; the natural key makes a repetition harmless. */
const say = (deed: number) =>
  db.transaction(async (tx) => {
    for (let part = 1; part <= PARTS; part += 1) {
      await tx.run('insert into said values ($1, $2) on conflict do nothing', [deed, part])
      if (Math.random() < 0.5) await sleep(Math.random() * 8)
    }
  })

test('backends killed every 50 ms: what succeeded is whole, what failed left nothing or all', async () => {
  const until = Date.now() + 3_000
  let [deeds, refused, next] = [0, 0, 1]
  const worker = async () => {
    while (Date.now() < until) {
      const deed = next++
      for (;;) {
        const failure = await say(deed).catch((error: unknown) => error)
        const parts = await partsOf(deed)
        if (failure === undefined) {
          expect(parts, `deed ${deed} reported success`).toHaveLength(PARTS)
          break
        }
        expect(isStorageFault(failure), String(failure)).toBe(true)
        expect([0, PARTS], `deed ${deed} was refused`).toContain(parts.length)
        refused += 1
      }
      deeds += 1
    }
  }
  const workers = Promise.all(Array.from({ length: 8 }, worker))
  while (Date.now() < until) {
    await killOne()
    await sleep(50)
  }
  await workers
  const partial = await outside`select deed from said group by deed having count(*) <> ${PARTS}`
  expect(partial).toEqual([])
  expect(refused, 'kills that hit').toBeGreaterThan(5)
  expect(deeds).toBeGreaterThan(50)
  console.log(`${deeds} deeds, ${refused} refused, ${slips.count()} slips of the driver`)
})

test('a callback whose connection was lost writes nothing more, nor into the transaction of another', async () => {
  const zombie = db.transaction(async (tx) => {
    await tx.run('insert into said values (90001, 1)')
    await killTransactions()
    await sleep(60)
    const later = []
    for (let part = 2; part <= 4; part += 1) {
      later.push(await tx.run('insert into said values (90001, $1)', [part]).catch((error: unknown) => error))
      await sleep(15)
    }
    expect(later.every(isStorageFault)).toBe(true)
    throw new Error('roll back')
  })
  const innocents = sleep(70).then(() => Promise.all(Array.from({ length: 6 }, (_, n) => say(90_010 + n))))
  await expect(zombie).rejects.toThrow('roll back')
  await innocents
  expect(await partsOf(90_001)).toEqual([])
  for (let n = 0; n < 6; n += 1) expect(await partsOf(90_010 + n)).toHaveLength(PARTS)
})

test('several statements at once in a lost transaction: none of them runs on a new connection', async () => {
  const failure = await db
    .transaction(async (tx) => {
      const write = (part: number) => tx.run('insert into said select 90002, $1::int from pg_sleep(0.05)', [part])
      const all = Promise.allSettled([1, 2, 3, 4].map(write))
      await sleep(70)
      await outside`select pg_terminate_backend(pid) from pg_stat_activity where query like '%pg_sleep(0.05)%' and pid <> pg_backend_pid()`
      expect((await all).filter(({ status }) => status === 'rejected').length).toBeGreaterThan(1)
    })
    .catch((error: unknown) => error)
  expect(isStorageFault(failure)).toBe(true)
  await sleep(120)
  expect(await partsOf(90_002)).toEqual([])
})

test('a handle is of no use after its transaction', async () => {
  let kept: Tx | undefined
  await db.transaction(async (tx) => {
    kept = tx
  })
  await expect(kept?.run('insert into said values (90003, 1)')).rejects.toThrow('used after its end')
  await expect(kept?.query.execute(sql`insert into said values (90003, 2)`)).rejects.toThrow()
  expect(await partsOf(90_003)).toEqual([])
})

test('a transaction in which a statement failed does not report success, even if the failure was swallowed', async () => {
  const swallowing = db.transaction(async (tx) => {
    await tx.run('insert into said values (90004, 1)')
    await tx.run('insert into said values (90004, 1)').catch(() => {})
  })
  await expect(swallowing).rejects.toThrow('failed before its end')
  expect(await partsOf(90_004)).toEqual([])
})

test('a serialization conflict is tried again', async () => {
  let runs = 0
  const raise = () =>
    db.transaction(async (tx) => {
      runs += 1
      await tx.run('set transaction isolation level serializable')
      const [row] = await tx.run<{ n: number }>('select n from counter')
      await sleep(20)
      await tx.run('update counter set n = $1', [(row?.n ?? 0) + 1])
    })
  await Promise.all([raise(), raise()])
  expect((await outside`select n from counter`)[0]?.n).toBe(2)
  expect(runs).toBeGreaterThan(2)
})

test('more transactions than lines wait for each other, single statements go beside them', async () => {
  const inside = async (tx: Tx) => {
    await sleep(5)
    const [row] = await db.run<{ n: number }>('select 1 as n')
    return (await tx.run<{ n: number }>('select $1::int + 1 as n', [row?.n ?? 0]))[0]?.n
  }
  const found = await Promise.all(Array.from({ length: 40 }, () => db.transaction(inside)))
  expect(found).toEqual(Array.from({ length: 40 }, () => 2))
})
