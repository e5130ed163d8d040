import { and, eq, gt } from 'drizzle-orm'
import { asks } from '../db/schema-said.ts'
import type { Outcome } from './closing.ts'
import type { Desk, Tx } from './desk.ts'

/** An operator was asked for a closing comment; it counts for ten minutes. No conversation is held in a desk group. */
const LASTS_MS = 10 * 60_000

export const set = async (desk: Desk, appeal: number, operator: number, outcome: Outcome): Promise<void> => {
  await desk.db.query
    .insert(asks)
    .values({ appealId: appeal, operatorId: operator, outcome })
    .onConflictDoUpdate({ target: [asks.appealId, asks.operatorId], set: { outcome, askedAt: new Date() } })
}

export const pending = async (desk: Desk, appeal: number, operator: number): Promise<Outcome | null> => {
  const [row] = await desk.db.query
    .select({ outcome: asks.outcome })
    .from(asks)
    .where(
      and(eq(asks.appealId, appeal), eq(asks.operatorId, operator), gt(asks.askedAt, new Date(Date.now() - LASTS_MS))),
    )
  return (row?.outcome as Outcome | undefined) ?? null
}

/** False: this operator was not asked. */
export const clear = async (desk: Desk, appeal: number, operator: number): Promise<boolean> => {
  const rows = await desk.db.query
    .delete(asks)
    .where(and(eq(asks.appealId, appeal), eq(asks.operatorId, operator)))
    .returning({ outcome: asks.outcome })
  return rows.length > 0
}

/** The appeal was closed or changed hands: whatever was asked before would now take an answer for a comment. */
export const forget = async (tx: Tx, appeal: number): Promise<void> => {
  await tx.query.delete(asks).where(eq(asks.appealId, appeal))
}
