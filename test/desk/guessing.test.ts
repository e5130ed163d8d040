import { drizzle } from 'drizzle-orm/postgres-js'
import postgres from 'postgres'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Db, Param } from '../../src/db/client.ts'
import type { Desk } from '../../src/desk/desk.ts'
import { lookUp, MOST_AN_HOUR } from '../../src/desk/guessing.ts'
import { type TestDatabase, testDatabase } from '../database.ts'

const [THEIRS, NOBODYS] = ['000000002', '999999999']

let database: TestDatabase
let sql: postgres.Sql
let asked: string[] = []
let desk: Desk
beforeAll(async () => {
  database = await testDatabase()
  sql = postgres(database.url, { max: 1, onnotice: () => {}, fetch_types: false })
  await sql.unsafe(`
    insert into citizens (external_id, lang, name) select n, 'ru', '\\x00' from generate_series(1, 9) n;
    insert into appeals (number, origin, citizen_id, line, kind, lang, context)
      select lpad(n::text, 9, '0'), 'tg:' || n, n, 'access', 'operator', 'ru', '\\x00' from generate_series(1, 9) n;`)
  const unsafe = (statement: string, params: Param[] = []) => {
    asked.push(statement)
    return sql.unsafe(statement, params, { prepare: true })
  }
  const query = drizzle({ client: { options: sql.options, unsafe } as never })
  const statements = { query, run: async (words: string, params: Param[]) => [...(await unsafe(words, params))] }
  const transaction = (work: (tx: unknown) => unknown) => work(statements)
  desk = { db: { ...statements, transaction } as unknown as Db } as Desk
})
afterAll(async () => {
  await sql.end()
  await database.drop()
})

const statementsOf = async (citizen: number, number: string, key: string) => {
  asked = []
  const { status } = await lookUp(desk, { citizen, key }, number)
  return { status, asked: [...asked] }
}

test('somebody else’s and an unknown one take the same statements, letter by letter, and read nobody else’s row', async () => {
  const [theirs, nobodys] = [await statementsOf(1, THEIRS, 'a'), await statementsOf(1, NOBODYS, 'b')]
  expect(theirs).toEqual(nobodys)
  expect(theirs).toMatchObject({ status: 'unknown', asked: { length: 3 } })
  const looked = theirs.asked.filter((statement) => /from "appeals"/.test(statement))
  expect(looked).toHaveLength(1)
  expect(looked[0]).toMatch(/where \("appeals"."number" = \$1 and "appeals"."citizen_id" = \$2\)/)
})

test('after too many misses nothing is looked up, one’s own neither, until the hour is over', async () => {
  for (let n = 0; n < MOST_AN_HOUR; n += 1)
    expect((await statementsOf(3, n % 2 ? THEIRS : NOBODYS, `miss:${n}`)).status).toBe('unknown')
  const refused = []
  for (const number of [THEIRS, NOBODYS, '000000003']) refused.push(await statementsOf(3, number, number))
  expect(new Set(refused.map((one) => JSON.stringify(one))).size).toBe(1)
  expect(refused[0]?.status).toBe('too-many')
  expect(refused[0]?.asked.join()).not.toMatch(/appeals|insert/)
  expect((await statementsOf(4, '000000004', 'other')).status).toBe('own')

  await sql.unsafe('set session_replication_role = replica')
  await sql.unsafe(`update audit set at = at - interval '61 minutes' where citizen_id = 3`)
  await sql.unsafe('set session_replication_role = origin')
  expect((await statementsOf(3, '000000003', 'later')).status).toBe('own')
})

test('a miss that is handled twice counts once', async () => {
  for (let n = 0; n < MOST_AN_HOUR + 2; n += 1) await statementsOf(5, NOBODYS, 'same')
  expect((await statementsOf(5, '000000005', 'own')).status).toBe('own')
})
