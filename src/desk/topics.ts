import { and, desc, eq, inArray, isNull } from 'drizzle-orm'
import { appeals, topics } from '../db/schema.ts'
import type { Desk } from './desk.ts'
import { record } from './events.ts'
import { birth, toTopic } from './letters.ts'

export type Topic = {
  appealId: number
  gen: number
  chatId: number
  threadId: number | null
  cardMessage: number | null
  cardHash: string | null
  state: string
  createdAt: Date
}

const REBIRTH_PAUSE_MS = 10 * 60_000

export const current = async (desk: Desk, appeal: number): Promise<Topic | null> => {
  const [row] = await desk.db.query
    .select()
    .from(topics)
    .where(eq(topics.appealId, appeal))
    .orderBy(desc(topics.gen))
    .limit(1)
  return row ?? null
}

export const currentOf = async (desk: Desk, ofAppeals: number[]): Promise<Topic[]> =>
  ofAppeals.length === 0
    ? []
    : await desk.db.query
        .selectDistinctOn([topics.appealId])
        .from(topics)
        .where(inArray(topics.appealId, ofAppeals))
        .orderBy(topics.appealId, desc(topics.gen))

/** The only way from a place in a desk group to an appeal. */
export const appealAt = async (desk: Desk, chatId: number, threadId: number): Promise<number | null> => {
  const [row] = await desk.db.query
    .select({ appealId: topics.appealId })
    .from(topics)
    .where(and(eq(topics.chatId, chatId), eq(topics.threadId, threadId)))
  return row?.appealId ?? null
}

/** The topic was made. Whoever learns it first – the answer or the service message – wins; the other finds it done. */
export const opened = async (
  desk: Desk,
  topic: { appeal: number; gen: number; threadId: number },
): Promise<'ours' | 'other'> => {
  await desk.db.query
    .update(topics)
    .set({ threadId: topic.threadId, state: 'open' })
    .where(and(eq(topics.appealId, topic.appeal), eq(topics.gen, topic.gen), isNull(topics.threadId)))
  const now = await current(desk, topic.appeal)
  return now?.threadId === topic.threadId ? 'ours' : 'other'
}

/** A topic named after an appeal was made in the group: adopts it if ours is still without a place. */
export const adopt = async (
  desk: Desk,
  number: string,
  place: { chatId: number; threadId: number },
): Promise<'ours' | 'other' | 'unknown'> => {
  const [row] = await desk.db.query
    .select({
      appeal: topics.appealId,
      gen: topics.gen,
      chatId: topics.chatId,
      state: topics.state,
      threadId: topics.threadId,
    })
    .from(topics)
    .innerJoin(appeals, eq(appeals.id, topics.appealId))
    .where(eq(appeals.number, number))
    .orderBy(desc(topics.gen))
    .limit(1)
  if (!row || row.chatId !== place.chatId) return 'unknown'
  if (row.threadId === place.threadId) return 'ours'
  const known = await appealAt(desk, place.chatId, place.threadId)
  return known === null ? await opened(desk, { appeal: row.appeal, gen: row.gen, threadId: place.threadId }) : 'unknown'
}

export const setCard = async (
  desk: Desk,
  { appealId, gen }: Topic,
  card: { message: number; hash: string },
): Promise<void> => {
  await desk.db.query
    .update(topics)
    .set({ cardMessage: card.message, cardHash: card.hash })
    .where(and(eq(topics.appealId, appealId), eq(topics.gen, gen)))
}

/**
 * The topic is gone from the group: its next generation is made, with its card, just before `place` in the lane.
 * At most once in ten minutes an appeal, because a server may go on saying "not found" about a living topic.
 */
export const lost = async (desk: Desk, topic: Topic, place: number): Promise<'reborn' | 'already' | 'too-soon'> =>
  await desk.db.transaction(async (tx) => {
    if (topic.gen > 1 && Date.now() - topic.createdAt.getTime() < REBIRTH_PAUSE_MS) return 'too-soon'
    const gen = topic.gen + 1
    const key = and(eq(topics.appealId, topic.appealId), eq(topics.gen, topic.gen))
    await tx.query.update(topics).set({ state: 'lost' }).where(key)
    const made = await tx.query
      .insert(topics)
      .values({ appealId: topic.appealId, gen, chatId: topic.chatId })
      .onConflictDoNothing()
      .returning()
    if (made.length === 0) return 'already'
    await toTopic(tx, desk, topic.appealId, birth(topic.appealId, gen, place))
    await record(tx, { key: `topic_lost:${topic.appealId}:${gen}`, kind: 'topic_lost', appealId: topic.appealId })
    return 'reborn'
  })
