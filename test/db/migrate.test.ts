import { setTimeout as sleep } from 'node:timers/promises'
import { readMigrationFiles } from 'drizzle-orm/migrator'
import postgres from 'postgres'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { migrate } from '../../src/db/client.ts'
import { isStorageFault } from '../../src/db/faults.ts'
import { emptyDatabase, type TestDatabase } from '../database.ts'

const steps = readMigrationFiles({ migrationsFolder: 'drizzle' })

let database: TestDatabase
let sql: postgres.Sql
beforeEach(async () => {
  database = await emptyDatabase()
  sql = postgres(database.url, { max: 1, onnotice: () => {} })
})
afterEach(async () => {
  await sql.end()
  await database.drop()
})

const tables = async () =>
  (
    await sql<{ name: string }[]>`
      select table_schema || '.' || table_name || '.' || column_name || ' ' || data_type as name
      from information_schema.columns where table_schema not in ('pg_catalog', 'information_schema') order by 1`
  ).map(({ name }) => name)
const stepsDone = async () =>
  (await sql<{ hash: string }[]>`select hash from drizzle.__drizzle_migrations order by id`).map(({ hash }) => hash)

test('several starts at once on an empty database: each finds it done, each step is done once', async () => {
  const ends = await Promise.all(Array.from({ length: 5 }, () => migrate(database.url)))
  expect(ends).toEqual(Array.from({ length: 5 }, () => ({ newer: 0 })))
  expect(await stepsDone()).toEqual(steps.map(({ hash }) => hash))
})

test('a second migration changes nothing', async () => {
  await migrate(database.url)
  const before = await tables()
  expect(before.length).toBeGreaterThan(100)
  expect(await migrate(database.url)).toEqual({ newer: 0 })
  expect(await tables()).toEqual(before)
  expect(await stepsDone()).toHaveLength(steps.length)
})

test('a database that a newer release has been at is left as it is, and that is said', async () => {
  await migrate(database.url)
  await sql`insert into drizzle.__drizzle_migrations (hash, created_at) values ('of next year', ${Date.now() * 2})`
  await sql`alter table citizens add column pronoun text`
  const before = await tables()
  expect(await migrate(database.url)).toEqual({ newer: 1 })
  expect(await tables()).toEqual(before)
  expect(await stepsDone()).toHaveLength(steps.length + 1)
})

test('killed in the middle it leaves nothing half done, and the next start does it all', async () => {
  await sql.unsafe(`
    create function dawdle() returns event_trigger language plpgsql as $$
      begin if to_regclass('public.outbox') is not null then perform pg_sleep(20); end if; end $$;
    create event trigger dawdle on ddl_command_end execute function dawdle()`)
  const migration = migrate(database.url).catch((error: unknown) => error)
  const killed = () => sql`select pg_terminate_backend(pid) from pg_stat_activity
    where datname = current_database() and application_name = 'okoshko-migrate' and wait_event = 'PgSleep'`
  while ((await killed()).length === 0) await sleep(20)
  expect(isStorageFault(await migration)).toBe(true)
  await sql`drop event trigger dawdle`
  expect(await tables()).toEqual([])
  await migrate(database.url)
  expect(await stepsDone()).toHaveLength(steps.length)
})

test('a database that is away is a failure of the storage, said within seconds', async () => {
  const away = new URL(database.url)
  away.port = '1'
  const began = Date.now()
  expect(isStorageFault(await migrate(away.href).catch((error: unknown) => error))).toBe(true)
  expect(Date.now() - began).toBeLessThan(3_000)
})

/** One row a table, as the first release wrote them. */
const OLD_ROWS = `
  insert into citizens (external_id, lang, name) values (1001, 'ru', '\\x01');
  insert into operators (external_id, name, state) values (5001, 'Olga', 'active');
  insert into appeals (number, origin, citizen_id, line, kind, lang, context, owner_id)
    values ('482913057', 'tg:1', 1, 'access', 'operator', 'ru', '\\x02', 1);
  update citizens set current_appeal = 1;
  insert into topics (appeal_id, gen, chat_id, thread_id, card_message, state) values (1, 1, -100, 7, 8, 'open');
  insert into messages (appeal_id, origin_chat, origin_message, author, state, body) values (1, 1001, 5, 'citizen', 'relayed', '\\x03');
  insert into copies values (1, -100, 9);
  insert into events (key, appeal_id, kind) values ('opened:1', 1, 'opened');
  insert into drafts (citizen_id, flow, appeal_id) values (1, 'feedback', 1);
  insert into draft_answers (draft_id, key, step, value) values (1, 'tg:2', 'text', '\\x04');
  insert into trail (key, citizen_id, kind, body) values ('tg:3', 1, 'asked', '\\x05');
  insert into ratings (appeal_id, closing, score) values (1, 1, 5);
  insert into inbox (key, lane, state, body) values ('tg:4', 'chat:1001', 'new', '\\x06');
  insert into outbox (key, lane, kind, payload, priority) values ('relay:1', 'appeal:1', 'send', '\\x07', 2)`
const HELD = [
  'citizens',
  'operators',
  'appeals',
  'topics',
  'messages',
  'copies',
  'events',
  'drafts',
  'draft_answers',
  'trail',
  'ratings',
  'inbox',
  'outbox',
]

test('rows that the first release wrote are there after every step since, unchanged', async () => {
  const [first] = steps
  for (const statement of first?.sql ?? []) await sql.unsafe(statement)
  await sql`create schema drizzle`
  await sql`create table drizzle.__drizzle_migrations (id serial primary key, hash text not null, created_at bigint)`
  await sql`insert into drizzle.__drizzle_migrations (hash, created_at) values (${first?.hash ?? ''}, ${first?.folderMillis ?? 0})`
  await sql.unsafe(OLD_ROWS)
  const rowsOf = async (table: string) => [...(await sql.unsafe(`select * from ${table}`))]
  const before = new Map<string, Record<string, unknown>[]>()
  for (const table of HELD) before.set(table, await rowsOf(table))
  await migrate(database.url)
  for (const table of HELD) {
    expect(before.get(table), table).toHaveLength(1)
    expect(await rowsOf(table), table).toMatchObject(before.get(table) ?? [])
  }
})
