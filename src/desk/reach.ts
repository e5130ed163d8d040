import { and, eq, isNull, sql } from 'drizzle-orm'
import { appeals, citizens } from '../db/schema.ts'
import type { Desk, Tx } from './desk.ts'
import { toTopic } from './letters.ts'

/**
 * The citizen cannot be written to (blocked the bot, deleted the account): one topic learns it, once – that of the appeal
 * which noticed, else of the current one. Returns the appeal that was told just now.
 */
export const unreachable = async (
  desk: Desk,
  citizen: number,
  noticedBy: number | null = null,
): Promise<number | null> =>
  await desk.db.transaction(async (tx) => {
    const [row] = await tx.query
      .update(citizens)
      .set({ unreachableSince: sql`now()` })
      .where(and(eq(citizens.id, citizen), isNull(citizens.unreachableSince)))
      .returning({ since: citizens.unreachableSince, current: citizens.currentAppeal })
    const appeal = noticedBy ?? row?.current
    if (!row?.since || !appeal || (noticedBy === null && !(await isOpen(tx, appeal)))) return null
    await toTopic(tx, desk, appeal, [
      { key: `unreachable:${citizen}:${row.since.getTime()}`, letter: { type: 'phrase', phrase: 'topic.unreachable' } },
      { key: `card:${appeal}:unreachable${row.since.getTime()}`, letter: { type: 'card', appeal } },
    ])
    return appeal
  })

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
