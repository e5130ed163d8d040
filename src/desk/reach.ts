import { and, eq, isNull, sql } from 'drizzle-orm'
import { appeals, citizens } from '../db/schema.ts'
import type { Desk, Tx } from './desk.ts'
import { toTopic } from './letters.ts'

/**
 * The citizen cannot be written to (blocked the bot, deleted the account). The card of the appeal that noticed, else of the
 * current one, says so; a line in its topic only where no answer of an operator has one of its own.
 */
export const unreachable = async (desk: Desk, citizen: number, noticedBy: number | null = null): Promise<void> => {
  await desk.db.transaction(async (tx) => {
    const [row] = await tx.query
      .update(citizens)
      .set({ unreachableSince: sql`now()` })
      .where(and(eq(citizens.id, citizen), isNull(citizens.unreachableSince)))
      .returning({ since: citizens.unreachableSince, current: citizens.currentAppeal })
    const appeal = noticedBy ?? row?.current
    if (!row?.since || !appeal || (noticedBy === null && !(await isOpen(tx, appeal)))) return
    const line = { type: 'phrase', phrase: 'topic.unreachable' } as const
    await toTopic(tx, desk, appeal, [
      ...(noticedBy === null ? [{ key: `unreachable:${citizen}:${row.since.getTime()}`, letter: line }] : []),
      { key: `card:${appeal}:unreachable${row.since.getTime()}`, letter: { type: 'card', appeal } },
    ])
  })
}

/** Can be written to again: the topics of the open appeals learn it. */
export const reachable = async (desk: Desk, citizen: number): Promise<void> => {
  await desk.db.transaction(async (tx) => {
    const [before] = await tx.query
      .select({ since: citizens.unreachableSince })
      .from(citizens)
      .where(eq(citizens.id, citizen))
      .for('update')
    if (!before?.since) return
    await tx.query.update(citizens).set({ unreachableSince: null }).where(eq(citizens.id, citizen))
    const open = await tx.query
      .select({ id: appeals.id })
      .from(appeals)
      .where(and(eq(appeals.citizenId, citizen), isNull(appeals.closedAt)))
    const stamp = before.since.getTime()
    for (const { id } of open) {
      await toTopic(tx, desk, id, [
        { key: `reachable:${id}:${stamp}`, letter: { type: 'phrase', phrase: 'topic.reachable' } },
        { key: `card:${id}:reachable${stamp}`, letter: { type: 'card', appeal: id } },
      ])
    }
  })
}

const isOpen = async (tx: Tx, appeal: number): Promise<boolean> => {
  const where = and(eq(appeals.id, appeal), isNull(appeals.closedAt))
  return (await tx.query.select({ id: appeals.id }).from(appeals).where(where)).length > 0
}
