import { afterAll, beforeAll, expect, test } from 'vitest'
import { connect, type Db } from '../../src/db/client.ts'
import { createKeyring, opensStored } from '../../src/db/keyring.ts'
import { rotate } from '../../src/db/rotate.ts'
import { dataKey } from '../../src/db/seal.ts'
import { type TestDatabase, testDatabase } from '../database.ts'

const [OLD, NEW] = [Buffer.alloc(32, 7), Buffer.alloc(32, 8)]
let database: TestDatabase
let db: Db
beforeAll(async () => {
  database = await testDatabase()
  db = connect(database.url)
})
afterAll(async () => {
  await db.close()
  await database.drop()
})

const fill = async (key: Buffer, from: number, to: number) => {
  const ring = createKeyring(db, key, [OLD, NEW])
  for (let n = from; n <= to; n += 1) {
    await db.transaction((tx) => ring.create(tx, n))
    await db.run(`insert into citizens (external_id, lang, name) values ($1, 'ru', $2)`, [
      n,
      await ring.forCitizen(n, `имя ${n}`),
    ])
    await db.run(`insert into inbox (key, lane, state, body) values ('tg:' || $1::text, 'x', 'done', $2)`, [
      n,
      ring.own(`тело ${n}`),
    ])
    await db.run(
      `insert into outbox (key, lane, kind, payload, priority) values ('o:' || $1::text, 'x' || $1::text, 'send', $2, 1)`,
      [n, ring.own(`письмо ${n}`)],
    )
  }
}

test('while it runs both keys open everything; afterwards the new one alone does, and the old one nothing', async () => {
  await fill(OLD, 1, 20)
  const [old, both] = [createKeyring(db, OLD, [NEW]), createKeyring(db, NEW, [OLD])]
  const someName = async (ring: typeof old, n: number) => {
    const [row] = await db.run<{ name: Buffer }>('select name from citizens where external_id = $1', [n])
    return await ring.open<string>(row?.name ?? Buffer.alloc(0))
  }
  expect(await someName(both, 3)).toBe('имя 3')
  await fill(NEW, 21, 25)
  expect(await someName(old, 22)).toBe('имя 22')
  const working = fill(NEW, 26, 40)
  const done = await rotate(db, dataKey(NEW), [dataKey(OLD)])
  await working
  expect(done).toEqual({ citizens: 20, rows: 40 })
  expect(await rotate(db, dataKey(NEW), [dataKey(OLD)])).toEqual({ citizens: 0, rows: 0 })
  const alone = createKeyring(db, NEW)
  const sealed = await db.run<{ value: Buffer }>(
    'select body as value from inbox union all select payload from outbox union all select name from citizens',
  )
  expect(sealed).toHaveLength(120)
  for (const { value } of sealed) expect(await alone.open<string>(value)).toMatch(/имя|тело|письмо/)
  expect([await opensStored(db, NEW), await opensStored(db, OLD)]).toEqual(['opens', 'wrong'])
})

test('ended in the middle it goes on where it was', async () => {
  await db.run('truncate inbox')
  const ring = createKeyring(db, OLD)
  for (let n = 0; n < 30; n += 1)
    await db.run(`insert into inbox (key, lane, state, body) values ($1, 'x', 'done', $2)`, [`m:${n}`, ring.own(n)])
  let left = 10
  const dying: Db = {
    ...db,
    query: db.query,
    run: async (statement, params) => {
      if (statement.startsWith('update') && left-- === 0) throw new Error('killed')
      return await db.run(statement, params)
    },
  }
  await expect(rotate(dying, dataKey(NEW), [dataKey(OLD)])).rejects.toThrow('killed')
  expect(await rotate(db, dataKey(NEW), [dataKey(OLD)])).toEqual({ citizens: 0, rows: 20 })
})
