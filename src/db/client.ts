import { randomUUID } from 'node:crypto'
import { readMigrationFiles } from 'drizzle-orm/migrator'
import { migrate as applyMigrations } from 'drizzle-orm/postgres-js/migrator'
import postgres from 'postgres'
import { createEar } from './ear.ts'
import { type Driver, openLine } from './line.ts'
import { createPool, type Usage } from './pool.ts'
import { type Query, type Row, type Statements, statements } from './statements.ts'
import { together } from './together.ts'
import { type Tx, transact } from './transaction.ts'

export type { Param } from './line.ts'
export type { Tx }

/** `query` and `run` are single statements, each on its own (autocommit). */
export type Db = Statements & {
  /** Runs `work` in one transaction. Rejected means: not known to be done – repeat it under its natural key. */
  transaction<T>(work: (tx: Tx) => Promise<T>): Promise<T>
  /** One statement for all who ask the same at the same time, see together.ts. */
  together<T extends Row>(statement: string, question: Record<string, unknown>): Promise<T[]>
  /** The same, for the handling of one row of the inbox. */
  causedBy(key: string): Db
  /** Calls `onNotify` when the channel is rung here (`own`) or by a NOTIFY, and whenever one may have been missed. */
  listen(channel: string, onNotify: (own: boolean) => void): Promise<void>
  /** Wakes who listens to this channel in other processes; what comes too often is one. */
  tellOthers(channel: string): void
  usage(): { singles: Usage; transactions: Usage }
  close(): Promise<void>
}

const STATEMENTS_AT_ONCE = 6
const TRANSACTIONS_AT_ONCE = 6
const MIGRATIONS = { migrationsFolder: decodeURIComponent(new URL('../../drizzle', import.meta.url).pathname) }
const MIGRATION_LOCK = 7_261_533
const MIGRATION_MS = 60 * 60_000

export const connect = (url: string): Db => {
  const open = () => openLine((onclose) => dial(url, { onclose }))
  // Apart, because a callback of a transaction may ask a single statement while it holds its own line.
  const [singles, transactions] = [createPool(open, STATEMENTS_AT_ONCE), createPool(open, TRANSACTIONS_AT_ONCE)]
  // By this name a process knows its own NOTIFY, which it has answered already.
  const own = randomUUID()
  const ear = createEar(({ notify, lost }) =>
    openLine((onclose) => dial(url, { onclose, onnotify: (channel, from) => from !== own && notify(channel) }), {
      onLost: lost,
    }),
  )
  const { query, run, ring } = statements((question) => singles.use((line) => line.ask(question)), {
    ring: (channel) => ear.ring(channel),
  })
  const db: Db = {
    query,
    run,
    ring,
    cause: null,
    transaction: (work) => transact(transactions, work, { ring }),
    together: together(run),
    causedBy: (cause) => ({
      ...db,
      cause,
      transaction: (work) => transact(transactions, work, { ring, cause }),
    }),
    listen: ear.listen,
    tellOthers: seldom((channel) => void run('select pg_notify($1, $2)', [channel, own]).catch(() => {})),
    usage: () => ({ singles: singles.usage(), transactions: transactions.usage() }),
    close: async () => {
      await Promise.all([transactions.close(), singles.close(), ear.close()])
    },
  }
  return db
}

const TELL_EVERY_MS = 50

/** At once, and what comes within the pause after that once at its end. */
const seldom = (tell: (channel: string) => void) => {
  const resting = new Map<string, boolean>()
  const speak = (channel: string): void => {
    if (resting.has(channel)) return void resting.set(channel, true)
    resting.set(channel, false)
    tell(channel)
    setTimeout(() => {
      const again = resting.get(channel)
      resting.delete(channel)
      if (again) speak(channel)
    }, TELL_EVERY_MS).unref()
  }
  return speak
}

/**
 * Brings the database to this release. Two starts at once are fine: the second waits and finds it done. A database that a
 * newer release has been at is left as it is, so that one can go back; `newer` says by how many steps.
 */
export const migrate = async (url: string): Promise<{ newer: number }> => {
  const connection = { application_name: 'okoshko-migrate' }
  // A large table takes its time, and so does a start that waits for another's migration.
  const open = () => openLine((onclose) => dial(url, { onclose, connection }), { answerMs: MIGRATION_MS })
  const pool = createPool(open, 1)
  try {
    return await transact(pool, async (tx) => {
      await tx.run('select pg_advisory_xact_lock($1)', [MIGRATION_LOCK])
      await applyMigrations(tx.query, MIGRATIONS)
      return { newer: await unknownSteps(tx.query) }
    })
  } finally {
    await pool.close()
  }
}

const unknownSteps = async (query: Query): Promise<number> => {
  const known = new Set(readMigrationFiles(MIGRATIONS).map(({ hash }) => hash))
  const done = (await query.execute('select hash from drizzle.__drizzle_migrations')) as unknown as { hash: string }[]
  return done.filter(({ hash }) => !known.has(hash)).length
}

const asIs = <T>(value: T): T => value
const common = {
  max: 1,
  idle_timeout: 0,
  max_lifetime: null,
  connect_timeout: 5,
  // Array types are never sent, so the query for them at each connect is spared.
  fetch_types: false,
  types: {
    // Ids stay below 2^53, see columns.ts.
    int8: { to: 20, from: [20], parse: Number, serialize: String },
    // Moments and JSON travel as text: drizzle turns them into values itself, raw statements write them themselves.
    moment: { to: 1184, from: [1082, 1083, 1114, 1184], parse: asIs<string>, serialize: asIs<string> },
    json: { to: 114, from: [114, 3802], parse: JSON.parse, serialize: asIs<string> },
  },
  onnotice: () => {},
  connection: {
    application_name: 'okoshko',
    statement_timeout: 10_000,
    lock_timeout: 5_000,
    idle_in_transaction_session_timeout: 15_000,
  },
} satisfies postgres.Options<Record<string, postgres.PostgresType>>

type Wanted = {
  onclose(): void
  onnotify?(channel: string, payload: string): void
  connection?: postgres.Options<Record<string, postgres.PostgresType>>['connection']
}

const dial = (url: string, wanted: Wanted): Driver => postgres(url, { ...common, ...wanted })
