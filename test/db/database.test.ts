import postgres from 'postgres'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type TestDatabase, testDatabase } from '../database.ts'

let one: TestDatabase
let other: TestDatabase

beforeAll(async () => {
  ;[one, other] = await Promise.all([testDatabase(), testDatabase()])
})
afterAll(() => Promise.all([one.drop(), other.drop()]))

test('two test databases do not see each other', async () => {
  const [first, second] = [postgres(one.url, { max: 1 }), postgres(other.url, { max: 1 })]
  await first.unsafe('CREATE TABLE only_here (id int)')
  const found = await second.unsafe("SELECT 1 FROM pg_tables WHERE tablename = 'only_here'")
  await Promise.all([first.end(), second.end()])
  expect(found).toHaveLength(0)
})

test('a database speaks UTF-8 and sorts Russian', async () => {
  const sql = postgres(one.url, { max: 1 })
  const rows = await sql.unsafe(
    `SELECT word FROM unnest(ARRAY['ёж','жук','еж','Ель']) AS word ORDER BY word COLLATE "ru-x-icu"`,
  )
  await sql.end()
  expect(rows.map((row) => row.word)).toEqual(['еж', 'ёж', 'Ель', 'жук'])
})
