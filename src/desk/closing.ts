import { and, eq, isNotNull, isNull, sql } from 'drizzle-orm'
import { appeals, citizens } from '../db/schema.ts'
import { ratings } from '../db/schema-citizen.ts'
import { showNumber } from './appeal-number.ts'
import { type Appeal, byId, canReopen } from './appeals.ts'
import * as asks from './asks.ts'
import { isBanned } from './bans.ts'
import { notice } from './closed-hours.ts'
import type { Said } from './content.ts'
import type { Desk, Tx } from './desk.ts'
import { record } from './events.ts'
import { toCitizen, toTopic } from './letters.ts'
import { relayFromCitizen } from './messages.ts'
import type { Operator } from './operators.ts'
import * as returning from './returning.ts'
import * as waits from './waits.ts'

export type Outcome = 'completed' | 'rejected'
export type Closing = { operator: Operator; outcome: Outcome; comment: string }
/** Without an operator: nothing was said after an answer, or the citizen says that it helped. */
export type Ending = Closing | { operator: null; outcome: 'completed'; why: 'silence' | 'solved' }

/** Ends an appeal with its comment: the citizen reads it and may rate, the topic is closed. */
export const close = async (desk: Desk, appeal: Appeal, closing: Closing): Promise<{ status: 'closed' | 'not-open' }> =>
  await desk.db.transaction(async (tx) => await closeIn(tx, desk, appeal, closing))

/** The same within a deed that has begun. */
export const closeIn = async (
  tx: Tx,
  desk: Desk,
  appeal: Appeal,
  ending: Ending,
): Promise<{ status: 'closed' | 'not-open' }> => {
  const { operator, outcome } = ending
  const why = 'why' in ending ? ending.why : null
  const comment = 'comment' in ending ? ending.comment : desk.texts().t(appeal.lang, `silence.${ending.why}`)
  const sealed = await desk.keys.forCitizen(appeal.citizenId, comment, tx)
  const [ended] = await tx.query
    .update(appeals)
    .set({
      status: outcome,
      comment: sealed,
      closedAt: sql`now()`,
      waitingSince: null,
      version: sql`${appeals.version} + 1`,
    })
    .where(and(eq(appeals.id, appeal.id), isNull(appeals.closedAt)))
    .returning({ version: appeals.version })
  if (!ended) return { status: 'not-open' }
  const { version } = ended
  await asks.forget(tx, appeal.id)
  await record(tx, {
    key: `${outcome}:${appeal.id}:${version}`,
    kind: outcome,
    appealId: appeal.id,
    operatorId: operator?.id ?? null,
    ...(why ? { citizenId: appeal.citizenId, data: { why } } : {}),
  })
  await tellEnd(tx, desk, appeal, { outcome, comment, version, topic: why ? `topic.${why}` : `topic.${outcome}` })
  await waits.changed(tx, desk, { ...appeal, waitingSince: null, version })
  return { status: 'closed' }
}

/** Open again, into the queue, in the same topic; with what the citizen adds, if anything. */
export const reopen = async (
  desk: Desk,
  appeal: Appeal,
  { by, said }: { by: Operator | null; said?: Said },
): Promise<{ status: 'open' | 'too-late'; appeal: Appeal }> => {
  if (appeal.closedAt !== null && !canReopen(appeal)) return { status: 'too-late', appeal }
  return await desk.db.transaction(async (tx) => {
    const [again] = await tx.query
      .update(appeals)
      .set({
        status: 'in_progress',
        ownerId: null,
        closedAt: null,
        waitingSince: sql`now()`,
        queuedAt: sql`now()`,
        version: sql`${appeals.version} + 1`,
      })
      .where(and(eq(appeals.id, appeal.id), isNotNull(appeals.closedAt)))
      .returning({ version: appeals.version })
    if (again) await tellReopened(tx, desk, appeal, { version: again.version, by })
    await tx.query.update(citizens).set({ currentAppeal: appeal.id }).where(eq(citizens.id, appeal.citizenId))
    if (said) await relayFromCitizen(tx, desk, appeal, said)
    const known = again && !by ? await returning.find(tx, desk, appeal) : null
    if (known) await returning.assign(tx, desk, appeal, known)
    const now = (await byId(tx, appeal.id)) ?? appeal
    if (again) await waits.changed(tx, desk, now)
    if (again && !by) await notice(tx, desk, now)
    return { status: 'open' as const, appeal: now }
  })
}

export type Rating = { appeal: number; closing: number; score: number }

/** One rating a closing; the first press counts. */
export const rate = async (desk: Desk, { appeal, closing, score }: Rating): Promise<'rated' | 'already'> =>
  await desk.db.transaction(async (tx) => {
    const rows = await tx.query
      .insert(ratings)
      .values({ appealId: appeal, closing, score })
      .onConflictDoNothing()
      .returning()
    if (rows.length === 0) return 'already'
    await record(tx, { key: `rated:${appeal}:${closing}`, kind: 'rated', appealId: appeal, data: { score } })
    await toTopic(tx, desk, appeal, [{ key: `card:${appeal}:rated${closing}`, letter: { type: 'card', appeal } }])
    return 'rated'
  })

/** A word to the rating, about this dialogue. */
export const addWord = async (desk: Desk, appeal: Appeal, word: string): Promise<void> => {
  const sealed = await desk.keys.forCitizen(appeal.citizenId, word)
  await desk.db.query
    .update(ratings)
    .set({ word: sealed })
    .where(and(eq(ratings.appealId, appeal.id), eq(ratings.closing, lastRated(appeal.id))))
}

/** The appeal may have been opened again while the word was being written. */
const lastRated = (appeal: number) => sql`(select max(closing) from ratings where appeal_id = ${appeal})`

export const ratingOf = async (desk: Desk, appeal: number): Promise<number | null> => {
  const rows = await desk.db.query
    .select({ score: ratings.score, closing: ratings.closing })
    .from(ratings)
    .where(eq(ratings.appealId, appeal))
  return rows.sort((a, b) => b.closing - a.closing)[0]?.score ?? null
}

type End = { outcome: Outcome; comment: string; version: number; topic: string }

const tellEnd = async (tx: Tx, desk: Desk, appeal: Appeal, { outcome, comment, version, topic }: End) => {
  const number = showNumber(appeal.number)
  const { citizenId, id } = appeal
  await toCitizen(tx, desk, citizenId, {
    key: `status:${id}:${version}`,
    letter: {
      type: 'phrase',
      phrase: `status.${outcome}`,
      vars: { number, comment },
      buttons: { set: 'ended', appeal: id },
    },
  })
  if (await isBanned(tx, citizenId)) return await closeTopic(tx, desk, appeal, { version, topic })
  await toCitizen(tx, desk, citizenId, {
    key: `rate:${id}:${version}`,
    letter: {
      type: 'phrase',
      phrase: 'rating.ask',
      vars: { number },
      buttons: { set: 'rating', appeal: id, closing: version },
    },
  })
  await closeTopic(tx, desk, appeal, { version, topic })
}

const closeTopic = async (tx: Tx, desk: Desk, { id }: Appeal, { version, topic }: Pick<End, 'version' | 'topic'>) => {
  await toTopic(tx, desk, id, [
    { key: `card:${id}:${version}`, letter: { type: 'card', appeal: id } },
    { key: `ended:${id}:${version}`, letter: { type: 'phrase', phrase: topic } },
    { key: `closed:${id}:${version}`, letter: { type: 'closed', appeal: id, closed: true } },
  ])
}

const tellReopened = async (
  tx: Tx,
  desk: Desk,
  appeal: Appeal,
  { version, by }: { version: number; by: Operator | null },
) => {
  const vars = { number: showNumber(appeal.number) }
  await record(tx, {
    key: `reopened:${appeal.id}:${version}`,
    kind: 'reopened',
    appealId: appeal.id,
    operatorId: by?.id ?? null,
  })
  await toTopic(tx, desk, appeal.id, [
    { key: `closed:${appeal.id}:${version}`, letter: { type: 'closed', appeal: appeal.id, closed: false } },
    { key: `card:${appeal.id}:${version}`, letter: { type: 'card', appeal: appeal.id } },
    {
      key: `reopened:${appeal.id}:${version}`,
      letter: { type: 'phrase', phrase: by ? 'topic.reopened_by_operator' : 'topic.reopened_by_citizen', vars },
    },
  ])
  await toCitizen(tx, desk, appeal.citizenId, {
    key: `status:${appeal.id}:${version}`,
    letter: { type: 'phrase', phrase: 'status.reopened', vars },
  })
}
