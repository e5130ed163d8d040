import { and, eq, isNull, sql } from 'drizzle-orm'
import { appeals } from '../db/schema.ts'
import { showNumber } from './appeal-number.ts'
import type { Appeal } from './appeals.ts'
import * as asks from './asks.ts'
import type { Desk, Tx } from './desk.ts'
import { record } from './events.ts'
import { toCitizen, toTopic } from './letters.ts'
import * as waits from './waits.ts'

/** The citizen takes the appeal back: closed, the topic too, and whoever has it in hand reads why. */
export const cancel = async (desk: Desk, appeal: Appeal): Promise<'cancelled' | 'not-open'> =>
  await desk.db.transaction(async (tx) => {
    const version = await shut(tx, desk, { id: appeal.id, phrase: 'topic.cancelled' })
    if (version === null) return 'not-open'
    await toCitizen(tx, desk, appeal.citizenId, {
      key: `status:${appeal.id}:${version}`,
      letter: {
        type: 'phrase',
        phrase: 'status.cancelled',
        vars: { number: showNumber(appeal.number) },
        buttons: { set: 'reopen', appeal: appeal.id },
      },
    })
    return 'cancelled'
  })

/** A call back took its place: one matter waits once. */
export const replace = async (tx: Tx, desk: Desk, { old, by }: { old: Appeal; by: Appeal }): Promise<void> => {
  await shut(tx, desk, { id: old.id, phrase: 'topic.replaced', vars: { number: showNumber(by.number) } })
}

type Shutting = { id: number; phrase: string; vars?: Record<string, string> }

const shut = async (tx: Tx, desk: Desk, { id, phrase, vars }: Shutting): Promise<number | null> => {
  const [ended] = await tx.query
    .update(appeals)
    .set({ status: 'cancelled', closedAt: sql`now()`, waitingSince: null, version: sql`${appeals.version} + 1` })
    .where(and(eq(appeals.id, id), isNull(appeals.closedAt)))
    .returning()
  if (!ended) return null
  const { version } = ended
  await asks.forget(tx, id)
  await record(tx, { key: `cancelled:${id}:${version}`, kind: 'cancelled', appealId: id, citizenId: ended.citizenId })
  await toTopic(tx, desk, id, [
    { key: `card:${id}:${version}`, letter: { type: 'card', appeal: id } },
    { key: `ended:${id}:${version}`, letter: { type: 'phrase', phrase, vars } },
    { key: `closed:${id}:${version}`, letter: { type: 'closed', appeal: id, closed: true } },
  ])
  await waits.changed(tx, desk, { id, citizenId: ended.citizenId, version, waitingSince: null })
  return version
}
