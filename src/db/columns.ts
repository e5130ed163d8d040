import { sql } from 'drizzle-orm'
import { type AnyPgColumn, bigint, check, customType, timestamp } from 'drizzle-orm/pg-core'

/** Sealed text: see seal.ts. */
export const sealed = customType<{ data: Buffer }>({ dataType: () => 'bytea' })

export const ownId = () => bigint('id', { mode: 'number' }).primaryKey().generatedAlwaysAsIdentity()

/** Ids of ours and of the messenger: 64 bits in the database, below 2^53 in practice (Bot API promises 52 bits). */
export const big = (name: string) => bigint(name, { mode: 'number' })

export const moment = (name: string) => timestamp(name, { withTimezone: true, mode: 'date' })

export const now = (name: string) => moment(name).notNull().defaultNow()

/** A check that a text column holds one of the given words. */
export const oneOf = (name: string, column: AnyPgColumn, words: readonly string[]) =>
  check(name, sql`${column} in (${sql.raw(words.map((word) => `'${word}'`).join(', '))})`)
