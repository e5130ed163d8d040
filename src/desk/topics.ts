import { and, desc, eq, inArray, isNull, ne, sql } from 'drizzle-orm'
import { appeals, topics } from '../db/schema.ts'
import { firstPlace, hasten } from '../mail/outbox.ts'
import type { Desk, Tx } from './desk.ts'
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

/** Where what is written in a topic waits to be handled. */
export const inboxLane = (chatId: number, threadId: number): string => `group:${chatId}:${threadId}`

export const current = async (desk: Desk, appeal: number): Promise<Topic | null> => await currentIn(desk.db, appeal)

export const currentIn = async ({ query }: Pick<Tx, 'query'>, appeal: number): Promise<Topic | null> => {
  const [row] = await query.select().from(topics).where(eq(topics.appealId, appeal)).orderBy(desc(topics.gen)).limit(1)
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

/** Where the letters of an appeal go, and whose it is. */
export const seatOf = async (desk: Desk, appeal: number): Promise<{ citizen: number; topic: Topic | null } | null> => {
  const [row] = await desk.db.together<{ citizen: number; topic: RawTopic | null }>(SEAT, { appeal })
  return row ? { ...row, topic: row.topic && { ...row.topic, createdAt: new Date(row.topic.createdAt) } } : null
}

type RawTopic = Omit<Topic, 'createdAt'> & { createdAt: string }

/** SQL: the newest generation of an appeal's topic. */
export const topicSql = (appeal: string): string => `(
  select json_build_object('appealId', t.appeal_id, 'gen', t.gen, 'chatId', t.chat_id, 'threadId', t.thread_id,
    'cardMessage', t.card_message, 'cardHash', t.card_hash, 'state', t.state, 'createdAt', t.created_at)
  from topics t where t.appeal_id = ${appeal} order by t.gen desc limit 1)`

const SEAT = `
  select q.n, a.citizen_id as citizen, ${topicSql('a.id')} as topic
  from json_to_recordset($1::json) as q(n int, appeal bigint) join appeals a on a.id = q.appeal`

/** The only way from a place in a desk group to an appeal. */
export const appealAt = async (desk: Desk, chatId: number, threadId: number): Promise<number | null> => {
  const [row] = await desk.db.query
    .select({ appealId: topics.appealId })
    .from(topics)
    .where(and(eq(topics.chatId, chatId), eq(topics.threadId, threadId), ne(topics.state, 'moved')))
  return row?.appealId ?? null
}

/** The appeal that lived here once and has its topic in another group now. */
export const movedFrom = async (desk: Desk, chatId: number, threadId: number): Promise<number | null> => {
  const [row] = await desk.db.query
    .select({ appealId: topics.appealId })
    .from(topics)
    .where(and(eq(topics.chatId, chatId), eq(topics.threadId, threadId), eq(topics.state, 'moved')))
  return row?.appealId ?? null
}

/** One generation of an appeal's topic. */
export const generation = async (desk: Desk, appeal: number, gen: number): Promise<Topic | null> => {
  const [row] = await desk.db.query
    .select()
    .from(topics)
    .where(and(eq(topics.appealId, appeal), eq(topics.gen, gen)))
  return row ?? null
}

/** Into another group: its next generation with its card, before whatever waits in the lane. */
export const moveTo = async (
  tx: Tx,
  desk: Desk,
  { topic, chatId }: { topic: Topic; chatId: number },
): Promise<void> => {
  const { appealId } = topic
  const gen = topic.gen + 1
  const key = and(eq(topics.appealId, appealId), eq(topics.gen, topic.gen))
  const made = await tx.query.insert(topics).values({ appealId, gen, chatId }).onConflictDoNothing().returning()
  if (made.length === 0) return
  await tx.query.update(topics).set({ state: 'moved' }).where(key)
  const lane = `appeal:${appealId}`
  await toTopic(tx, desk, appealId, birth(appealId, gen, await firstPlace(tx, lane)))
  await hasten(tx, lane)
  await record(tx, { key: `topic_moved:${appealId}:${gen}`, kind: 'topic_moved', appealId })
}

/** The topic was made. Whoever learns it first – the answer or the service message – wins; the other finds it done. */
export const opened = async (
  desk: Desk,
  topic: { appeal: number; gen: number; threadId: number },
): Promise<'ours' | 'other'> => {
  // A group that became another one may count its topics anew: what is gone gives its place up.
  await desk.db.run(
    `update topics gone set thread_id = null from topics born
     where born.appeal_id = $1 and born.gen = $2 and gone.chat_id = born.chat_id and gone.thread_id = $3
       and gone.state in ('lost', 'moved')`,
    [topic.appeal, topic.gen, topic.threadId],
  )
  await desk.db.query
    .update(topics)
    .set({
      threadId: topic.threadId,
      state: sql`case ${topics.state} when 'opening' then 'open' else ${topics.state} end`,
    })
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
