import { and, eq, isNotNull, isNull, sql } from 'drizzle-orm'
import { appeals } from '../db/schema.ts'
import { type Appeal, byId } from './appeals.ts'
import type { Desk } from './desk.ts'
import { record } from './events.ts'
import { toTopic } from './letters.ts'
import { moveIn } from './moves.ts'
import * as waits from './waits.ts'

/** The citizen lets the reserve line take over. How long the appeal has waited already goes with it. */
export const toReserve = async (desk: Desk, appeal: Appeal): Promise<'done' | 'not-waiting'> => {
  const { reserve } = desk.texts().waiting(appeal.line)
  if (reserve === null) return 'not-waiting'
  return await desk.db.transaction(async (tx) => {
    const waiting = and(eq(appeals.line, appeal.line), isNotNull(appeals.waitingSince), isNull(appeals.closedAt))
    const [moved] = await tx.query
      .update(appeals)
      .set({ line: reserve, version: sql`${appeals.version} + 1` })
      .where(and(eq(appeals.id, appeal.id), waiting))
      .returning({ version: appeals.version })
    const now = moved && (await byId(tx, appeal.id))
    if (!now) return 'not-waiting' as const
    const { id, version, citizenId } = now
    const data = { from: appeal.line, to: reserve }
    await record(tx, { key: `reserved:${id}:${version}`, kind: 'reserved', appealId: id, citizenId, data })
    await moveIn(tx, desk, now)
    await toTopic(tx, desk, id, [
      { key: `card:${id}:${version}`, letter: { type: 'card', appeal: id } },
      { key: `reserved:${id}:${version}`, letter: { type: 'phrase', phrase: 'topic.reserved' } },
    ])
    await waits.changed(tx, desk, now)
    return 'done' as const
  })
}
