import { and, eq, isNull, sql } from 'drizzle-orm'
import { appeals } from '../db/schema.ts'
import { at } from '../mail/failpoints.ts'
import * as asks from './asks.ts'
import type { Desk } from './desk.ts'
import { record } from './events.ts'
import { toTopic } from './letters.ts'

/** Ends all open appeals of a citizen who takes back what they rest on; whoever has one in hand reads why. */
export const closeOwn = async (desk: Desk, citizen: number, why: 'forgotten' | 'withdrawn'): Promise<number> => {
  const open = and(eq(appeals.citizenId, citizen), isNull(appeals.closedAt))
  const rows = await desk.db.query.select({ id: appeals.id }).from(appeals).where(open)
  for (const { id } of rows) {
    await end(desk, id, why)
    await at('forget:closed_one')
  }
  return rows.length
}

const end = async (desk: Desk, id: number, why: string): Promise<void> =>
  await desk.db.transaction(async (tx) => {
    const [ended] = await tx.query
      .update(appeals)
      .set({ status: 'completed', closedAt: sql`now()`, waitingSince: null, version: sql`${appeals.version} + 1` })
      .where(and(eq(appeals.id, id), isNull(appeals.closedAt)))
      .returning({ version: appeals.version })
    if (!ended) return
    await asks.forget(tx, id)
    const key = `${why}:${id}:${ended.version}`
    await record(tx, { key, kind: why, appealId: id })
    await toTopic(tx, desk, id, [
      { key, letter: { type: 'phrase', phrase: `topic.${why}` } },
      { key: `card:${id}:${ended.version}`, letter: { type: 'card', appeal: id } },
      { key: `closed:${id}:${ended.version}`, letter: { type: 'closed', appeal: id, closed: true } },
    ])
  })
