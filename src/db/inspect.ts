import { readFileSync } from 'node:fs'
import { connect, type Db } from './client.ts'
import { databaseRemedy, isStorageFault } from './faults.ts'
import { opensStored } from './keyring.ts'

export type DatabaseFacts =
  | { reached: 'away' }
  | { reached: 'refused'; remedy: string }
  | {
      reached: 'yes'
      version: number
      encoding: string
      migrations: { done: number; known: number }
      key: 'opens' | 'wrong' | 'nothing-stored'
      chats: number[]
      aside: number
      /** Until when somebody's check of a fact holds, by the hash of its value. */
      checks: Map<string, string>
      /** How far this machine's clock is behind the database's, in milliseconds (negative: ahead). */
      clockMs: number
    }

/** Looks at a database; changes nothing. */
export const inspectDatabase = async (url: string, dataKey: Buffer | null): Promise<DatabaseFacts> => {
  const db = connect(url)
  try {
    return await look(db, dataKey)
  } catch (error) {
    const remedy = databaseRemedy(error)
    if (remedy) return { reached: 'refused', remedy }
    if (isStorageFault(error)) return { reached: 'away' }
    throw error
  } finally {
    await db.close()
  }
}

const look = async (db: Db, dataKey: Buffer | null): Promise<DatabaseFacts> => {
  const before = Date.now()
  const [server] = await db.run<{ version: string; encoding: string; now: number; migrated: boolean }>(
    `select current_setting('server_version_num') as version, current_setting('server_encoding') as encoding,
       (extract(epoch from clock_timestamp()) * 1000)::float8 as now,
       to_regclass('drizzle.__drizzle_migrations') is not null as migrated`,
  )
  const clockMs = (server?.now ?? before) - (before + Date.now()) / 2
  const [row] = server?.migrated
    ? await db.run<{ done: number }>('select count(*) as done from drizzle.__drizzle_migrations')
    : []
  const done = row?.done ?? 0
  return {
    reached: 'yes',
    version: Number(server?.version),
    encoding: server?.encoding ?? '',
    migrations: { done, known: knownMigrations() },
    clockMs,
    ...(done >= knownMigrations() ? await lookInside(db, dataKey) : NOTHING_INSIDE),
  }
}

const NOTHING_INSIDE = { key: 'nothing-stored' as const, chats: [], aside: 0, checks: new Map<string, string>() }

const lookInside = async (db: Db, dataKey: Buffer | null) => {
  const chats = await db.run<{ chat_id: number }>('select chat_id from desks where active order by id')
  const [row] = await db.run<{ aside: number }>(`select count(*) as aside from inbox where state = 'quarantined'`)
  const checks = await db.run<{ hash: string; until: string }>('select hash, until::text from fact_checks')
  return {
    key: dataKey ? await opensStored(db, dataKey) : ('nothing-stored' as const),
    chats: chats.map((one) => one.chat_id),
    aside: row?.aside ?? 0,
    checks: new Map(checks.map(({ hash, until }) => [hash, until])),
  }
}

/** Whether this release has steps that the database has not seen: it was restored from before, or migrated by nobody. */
export const isBehind = async (db: Db): Promise<boolean> => {
  const [row] = await db.run<{ done: number }>('select count(*) as done from drizzle.__drizzle_migrations')
  return (row?.done ?? 0) < knownMigrations()
}

const knownMigrations = (): number => {
  const journal = new URL('../../drizzle/meta/_journal.json', import.meta.url)
  return (JSON.parse(readFileSync(journal, 'utf8')) as { entries: unknown[] }).entries.length
}
