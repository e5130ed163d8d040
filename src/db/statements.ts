import { drizzle, type PostgresJsDatabase } from 'drizzle-orm/postgres-js'
import type { Ask, Driver, Param } from './line.ts'

export type Query = PostgresJsDatabase
export type Row = Record<string, unknown>
export type Statements = {
  /** Statements written with drizzle. */
  readonly query: Query
  /** A raw prepared statement; parameters as $1 …, dates as ISO strings, lists as one JSON text. */
  run<T extends Row>(statement: string, params?: Param[]): Promise<T[]>
  /** Wakes who listens to this channel in this process, as soon as what is written here is committed. */
  ring(channel: string): void
  /** The key of the inbox row whose handling this is, so that a letter can be followed back to the message that caused it. */
  readonly cause: string | null
}

/** Statements in both notations, asked one by one through `ask`. */
export const statements = (
  ask: Ask,
  { ring, cause = null }: Pick<Statements, 'ring'> & { cause?: string | null },
): Statements => {
  const client = clientOf(ask)
  let query: Query | undefined
  return {
    get query() {
      query ??= drizzle({ client: client as never })
      return query
    },
    run: async <T extends Row>(statement: string, params: Param[] = []) =>
      (await ask((driver) => send(driver, statement, params))) as T[],
    ring,
    cause,
  }
}

/** What drizzle needs of a client. It writes its own converters into `options`; ours are those of client.ts. */
const clientOf = (ask: Ask) => {
  const client = {
    options: { parsers: {}, serializers: {} },
    unsafe: (statement: string, params: Param[] = []) => ({
      values: () => ask((driver) => send(driver, statement, params).values()),
      // biome-ignore lint/suspicious/noThenProperty: drizzle awaits the statement itself or its values, whichever it needs
      then: (...args: Parameters<Promise<unknown>['then']>) =>
        ask((driver) => send(driver, statement, params)).then(...args),
    }),
    // The transaction is begun already where drizzle begins one (the migrator).
    begin: <T>(work: (inside: unknown) => T): T => work(client),
  }
  return client
}

const send = (driver: Driver, statement: string, params: Param[]) => driver.unsafe(statement, params, { prepare: true })
