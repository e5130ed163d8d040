import { and, count, eq, isNull } from 'drizzle-orm'
import { appeals } from '../db/schema.ts'
import { operators } from '../db/schema-desk.ts'
import { touch } from './board-touch.ts'
import type { Desk, Tx } from './desk.ts'

export type Presence = 'online' | 'break' | 'offline'
export type Shift = {
  /** Null: never said anything; may take, but nothing is given to them by itself. */
  presence: Presence | null
  since: Date | null
  inHand: number
  most: number
}

const HOUR_MS = 3_600_000

/** Says who is at work; an operator's own word, or a senior's. True: it was something else before. */
export const setPresence = async (desk: Desk, operator: number, presence: Presence): Promise<boolean> => {
  const was = await desk.db.transaction((tx) => presenceIn(tx, operator, presence))
  touch(desk.db)
  return was !== presence
}

/** The same within a deed that has begun; what it was. */
export const presenceIn = async (tx: Tx, operator: number, presence: Presence): Promise<string | null> => {
  const [before] = await tx.query
    .select({ presence: operators.presence })
    .from(operators)
    .where(eq(operators.id, operator))
  await tx.query.update(operators).set({ presence, presenceAt: new Date() }).where(eq(operators.id, operator))
  return before?.presence ?? null
}

export const shiftOf = async (desk: Desk, operator: number): Promise<Shift> => await read(desk.db, desk, operator)

/** The same, with the operator's row held: of two takes at once the second counts the first. */
export const lockedShift = async (tx: Tx, desk: Desk, operator: number): Promise<Shift> => {
  await tx.run('select 1 from operators where id = $1 for no key update', [operator])
  return await read(tx, desk, operator)
}

/** At work by their own word, and not longer ago than a shift lasts. */
export const isOnline = (desk: Desk, { presence, since }: Pick<Shift, 'presence' | 'since'>): boolean =>
  presence === 'online' && since !== null && Date.now() - since.getTime() < desk.texts().people.shiftHours * HOUR_MS

const read = async (db: Pick<Tx, 'query'>, desk: Desk, operator: number): Promise<Shift> => {
  const [row] = await db.query
    .select({ presence: operators.presence, since: operators.presenceAt, capacity: operators.capacity })
    .from(operators)
    .where(eq(operators.id, operator))
  const [held] = await db.query
    .select({ n: count() })
    .from(appeals)
    .where(and(eq(appeals.ownerId, operator), isNull(appeals.closedAt)))
  return {
    presence: (row?.presence ?? null) as Presence | null,
    since: row?.since ?? null,
    inHand: held?.n ?? 0,
    most: row?.capacity ?? desk.texts().people.capacity,
  }
}
