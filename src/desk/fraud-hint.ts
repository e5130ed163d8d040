import { eq } from 'drizzle-orm'
import { events } from '../db/schema.ts'
import type { Appeal } from './appeals.ts'
import { examine } from './checking.ts'
import { type Content, textOf } from './content.ts'
import type { Desk } from './desk.ts'
import { record } from './events.ts'
import { toCitizen, toTopic } from './letters.ts'

/**
 * What a citizen sends into an open appeal travels as it is. If it looks like a fraudster's, the card says so from now on
 * and the citizen reads one short hint; once an appeal.
 */
export const watch = async (desk: Desk, appeal: Appeal, content: Content): Promise<void> => {
  const text = textOf(content)
  if (text.trim() === '') return
  const { verdict, things } = examine(desk, text, content.entities)
  if (verdict !== 'scam' && !things.some((one) => one.verdict === 'imitates')) return
  await desk.db.transaction(async (tx) => {
    await record(tx, { key: keyOf(appeal.id), kind: 'fraud_seen', appealId: appeal.id })
    await toTopic(tx, desk, appeal.id, [
      { key: `card:${appeal.id}:fraud`, letter: { type: 'card', appeal: appeal.id } },
    ])
    const letter = { type: 'phrase', phrase: 'check.hint', buttons: { set: 'aid' } } as const
    await toCitizen(tx, desk, appeal.citizenId, { key: `fraud_hint:${appeal.id}`, letter })
  })
}

export const isSeen = async (desk: Desk, appeal: number): Promise<boolean> => {
  const rows = await desk.db.query
    .select({ id: events.id })
    .from(events)
    .where(eq(events.key, keyOf(appeal)))
  return rows.length > 0
}

const keyOf = (appeal: number): string => `fraud_seen:${appeal}`
