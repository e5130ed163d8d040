import { drizzle, type PostgresJsDatabase } from 'drizzle-orm/postgres-js'
import { migrate as applyMigrations } from 'drizzle-orm/postgres-js/migrator'
import postgres from 'postgres'
import { isConflict, LostConnection } from './faults.ts'

export type Query = PostgresJsDatabase
export type Row = Record<string, unknown>

export type Db = {
  /** Single statements, each on its own (autocommit). */
  query: Query
  /** A raw prepared statement; parameters as $1 …, dates as ISO strings, lists as one JSON text. */
  run<T extends Row>(statement: string, params?: Param[]): Promise<T[]>
  /** Runs `work` in one transaction. Rejected means: not known to be done – repeat it under its natural key. */
  transaction<T>(work: (tx: Tx) => Promise<T>): Promise<T>
  listen(channel: string, onNotify: () => void): Promise<void>
  close(): Promise<void>
}
export type Tx = { query: Query; run: Db['run'] }
export type Param = string | number | boolean | Buffer | null

type Sql = postgres.Sql
type Slot = { sql: Sql; lost: Promise<never>; dead: boolean }

const TRANSACTIONS_AT_ONCE = 6
const MIGRATIONS = new URL('../../drizzle', import.meta.url)

export const connect = (url: string): Db => {
  const pool = postgres(url, { ...common, max: 4, idle_timeout: 0 })
  const listener = postgres(url, { ...common, max: 1, idle_timeout: 0 })
  const slots = createSlots(url)
  const single = facade(pool, (statement) => statement)
  return {
    query: drizzle({ client: single as unknown as Sql }),
    run: runner(single),
    transaction: slots.transaction,
    listen: async (channel, onNotify) => {
      await listener.listen(channel, onNotify, onNotify)
    },
    close: async () => {
      await Promise.all([slots.close(), pool.end({ timeout: 5 }), listener.end({ timeout: 1 })])
    },
  }
}

/** Brings the database to this release. Two starts at once are fine: the second waits and finds it done. */
export const migrate = async (url: string): Promise<void> => {
  const sql = postgres(url, { ...common, max: 1, connection: { application_name: 'okoshko-migrate' } })
  try {
    await sql`select pg_advisory_lock(7261533)`
    await applyMigrations(drizzle(sql), { migrationsFolder: decodeURIComponent(MIGRATIONS.pathname) })
  } finally {
    await sql.end({ timeout: 2 })
  }
}

const common = {
  max_lifetime: null,
  connect_timeout: 5,
  // Array types are never sent, so the query for them at each connect is spared.
  fetch_types: false,
  // Ids stay below 2^53, see columns.ts.
  types: { int8: { to: 20, from: [20], parse: Number, serialize: String } },
  onnotice: () => {},
  connection: {
    application_name: 'okoshko',
    statement_timeout: 10_000,
    lock_timeout: 5_000,
    idle_in_transaction_session_timeout: 15_000,
  },
} satisfies postgres.Options<Record<string, postgres.PostgresType>>

/**
 * Why transactions do not use the driver's own `begin`: postgres.js 3.4.9 lets the callback go on after its connection was
 * lost – outside the transaction, or inside somebody else's, which then reports success with rows missing. Here each running
 * transaction owns a client of one connection; once that closes the client is dead for good, every further statement of the
 * callback is refused, and a handle outlives neither its commit nor its rollback.
 */
const createSlots = (url: string) => {
  const free: Slot[] = []
  const waiting: ((slot: Slot) => void)[] = []
  let open = 0

  const take = (): Slot | Promise<Slot> => {
    for (let slot = free.pop(); slot; slot = free.pop()) if (!slot.dead) return slot
    if (open < TRANSACTIONS_AT_ONCE) {
      open += 1
      return openSlot(url)
    }
    return new Promise((resolve) => waiting.push(resolve))
  }

  const give = (used: Slot) => {
    if (used.dead) void used.sql.end({ timeout: 0 }).catch(() => {})
    const next = waiting.shift()
    const slot = used.dead && next ? openSlot(url) : used
    if (next) next(slot)
    else if (used.dead) open -= 1
    else free.push(used)
  }

  const once = async <T>(work: (tx: Tx) => Promise<T>): Promise<T> => {
    const slot = await take()
    let finished = false
    const client = facade(slot.sql, (statement) => {
      if (slot.dead) throw new LostConnection()
      if (finished) throw new Error('a transaction was used after its end')
      return Promise.race([statement, slot.lost])
    })
    const run = runner(client)
    try {
      await run('begin')
      const result = await work({ query: drizzle({ client: client as unknown as Sql }), run })
      await run('commit')
      return result
    } catch (error) {
      await run('rollback').catch(() => {
        slot.dead = true
      })
      throw error
    } finally {
      finished = true
      give(slot)
    }
  }

  return {
    transaction: async <T>(work: (tx: Tx) => Promise<T>): Promise<T> => {
      for (let attempt = 1; ; attempt += 1) {
        try {
          return await once(work)
        } catch (error) {
          if (attempt === 4 || !isConflict(error)) throw error
          await new Promise((resolve) => setTimeout(resolve, 20 * attempt * Math.random()))
        }
      }
    },
    close: async () => {
      await Promise.all(free.splice(0).map((slot) => slot.sql.end({ timeout: 2 })))
    },
  }
}

const openSlot = (url: string): Slot => {
  let lose: (error: Error) => void = () => {}
  const lost = new Promise<never>((_, reject) => {
    lose = reject
  })
  lost.catch(() => {})
  const slot: Slot = {
    lost,
    dead: false,
    sql: postgres(url, {
      ...common,
      max: 1,
      idle_timeout: 0,
      onclose: () => {
        slot.dead = true
        lose(new LostConnection())
      },
    }),
  }
  return slot
}

/** What drizzle needs of a client, each statement prepared and guarded. */
const facade = (sql: Sql, guard: <T>(statement: Promise<T>) => Promise<T>) => ({
  options: sql.options,
  unsafe: (statement: string, params: Param[] = []) => {
    const pending = sql.unsafe(statement, params, { prepare: true })
    const values = () => guard(pending.values() as unknown as Promise<unknown>)
    return {
      values,
      // biome-ignore lint/suspicious/noThenProperty: drizzle awaits the statement itself or its values, whichever it needs
      then: (...args: Parameters<Promise<unknown>['then']>) => guard(pending as Promise<unknown>).then(...args),
    }
  },
})

const runner =
  (client: ReturnType<typeof facade>) =>
  async <T extends Row>(statement: string, params: Param[] = []): Promise<T[]> =>
    (await client.unsafe(statement, params)) as T[]
