import { randomBytes } from 'node:crypto'
import { onTestFinished } from 'vitest'
import { connect, type Db } from '../../src/db/client.ts'
import { testDatabase } from '../database.ts'
import { roadTo } from '../road.ts'

export type Trouble = 'gone' | 'read-only' | 'full disk' | 'too many connections'
export type Storage = {
  /** The address for the desk: a road of its own and a role that limits apply to. */
  url: string
  db: Db
  begin(trouble: Trouble): Promise<void>
  end(trouble: Trouble): Promise<void>
}

/**
 * A database of its own, as every messenger counts its updates from the same number on. It can be taken away in the four ways
 * a desk meets; `db` goes on seeing all of it.
 */
export async function troubled({ open = true } = {}): Promise<Storage> {
  const { url, drop } = await testDatabase()
  const db = connect(url)
  const role = `desk_${randomBytes(4).toString('hex')}`
  await grantAll(db, role, new URL(url).pathname.slice(1))
  onTestFinished(async () => {
    await db.run(
      `select pg_terminate_backend(pid) from pg_stat_activity where usename = '${role}' and pid <> pg_backend_pid()`,
    )
    await db.run(`drop owned by ${role}`)
    await db.run(`drop role ${role}`)
    await db.close()
    await drop()
  })
  const road = await roadTo(Object.assign(new URL(url), { username: role }).href)
  onTestFinished(road.close)
  if (open) await road.open()
  const renewed = async (statement: string) => {
    await db.run(statement)
    await db.run(`select pg_terminate_backend(pid) from pg_stat_activity where usename = '${role}'`)
  }
  const begins: Record<Trouble, () => Promise<unknown>> = {
    gone: road.close,
    'read-only': () => renewed(`alter role ${role} set default_transaction_read_only = on`),
    'full disk': () =>
      onEveryTable(
        db,
        (table) => `create trigger full_disk before insert or update on ${table} execute function full_disk()`,
      ),
    'too many connections': () => renewed(`alter role ${role} connection limit 0`),
  }
  const ends: Record<Trouble, () => Promise<unknown>> = {
    gone: road.open,
    'read-only': () => db.run(`alter role ${role} reset default_transaction_read_only`),
    'full disk': () => onEveryTable(db, (table) => `drop trigger full_disk on ${table}`),
    'too many connections': () => db.run(`alter role ${role} connection limit -1`),
  }
  return {
    url: road.url,
    db,
    begin: async (trouble) => void (await begins[trouble]()),
    end: async (trouble) => void (await ends[trouble]()),
  }
}

const grantAll = async (db: Db, role: string, database: string): Promise<void> => {
  await db.run(`create role ${role} login`)
  await db.run(`grant create, connect, temporary on database ${database} to ${role}`)
  await db.run(`do $$ declare one record; begin
    for one in select nspname from pg_namespace where nspname !~ '^(pg_|information_schema)' loop
      execute format('grant all on schema %I to ${role}', one.nspname);
      execute format('grant all on all tables in schema %I to ${role}', one.nspname);
      execute format('grant all on all sequences in schema %I to ${role}', one.nspname);
    end loop; end $$`)
  // A disk cannot be filled here without harm to others: the same refusal comes from the tables themselves.
  await db.run(`create or replace function full_disk() returns trigger language plpgsql as
    $$ begin raise exception 'could not extend file: No space left on device' using errcode = '53100'; end $$`)
}

/** One statement a table: all in one could wait in a ring with what the desk does meanwhile. */
const onEveryTable = async (db: Db, statement: (table: string) => string): Promise<void> => {
  const tables = await db.run<{ name: string }>(
    `select format('%I.%I', schemaname, tablename) as name from pg_tables where schemaname !~ '^(pg_|information_schema)'`,
  )
  for (const { name } of tables) await db.run(statement(name))
}
