import { eq, sql } from 'drizzle-orm'
import { appeals, citizens } from '../db/schema.ts'
import type { Desk } from './desk.ts'
import { toTopic } from './letters.ts'

/** The citizen cannot be written to (blocked the bot, deleted the account): the topic of the current appeal learns it once. */
export const unreachable = async (desk: Desk, citizen: number): Promise<void> => {
  await desk.db.transaction(async (tx) => {
    const [row] = await tx.query
      .update(citizens)
      .set({ unreachableSince: sql`coalesce(${citizens.unreachableSince}, now())` })
      .where(eq(citizens.id, citizen))
      .returning({ since: citizens.unreachableSince, appeal: citizens.currentAppeal })
    if (!row?.appeal || !row.since) return
    await toTopic(tx, desk, row.appeal, [
      {
        key: `unreachable:${citizen}:${row.since.getTime()}`,
        letter: { type: 'phrase', phrase: 'topic.unreachable' },
      },
      { key: `card:${row.appeal}:unreachable${row.since.getTime()}`, letter: { type: 'card', appeal: row.appeal } },
    ])
  })
}

export const reachable = async (desk: Desk, citizen: number): Promise<void> => {
  await desk.db.transaction(async (tx) => {
    const [before] = await tx.query
      .select({ since: citizens.unreachableSince, appeal: citizens.currentAppeal })
      .from(citizens)
      .where(eq(citizens.id, citizen))
      .for('update')
    if (!before?.since) return
    await tx.query.update(citizens).set({ unreachableSince: null }).where(eq(citizens.id, citizen))
    const [open] =
      before.appeal === null
        ? []
        : await tx.query.select({ id: appeals.id }).from(appeals).where(eq(appeals.id, before.appeal))
    if (!open) return
    const stamp = before.since.getTime()
    await toTopic(tx, desk, open.id, [
      { key: `reachable:${citizen}:${stamp}`, letter: { type: 'phrase', phrase: 'topic.reachable' } },
      { key: `card:${open.id}:reachable${stamp}`, letter: { type: 'card', appeal: open.id } },
    ])
  })
}
