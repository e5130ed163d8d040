import { and, asc, eq, isNull, sql } from 'drizzle-orm'
import { appeals, topics } from '../db/schema.ts'
import { desks } from '../db/schema-desk.ts'
import { firstPlace, hasten } from '../mail/outbox.ts'
import type { Desk, Tx } from './desk.ts'
import { birth, toTopic } from './letters.ts'

/** Registers a desk group. Appeals that came before there was one get their topics now. */
export const register = async (desk: Desk, chatId: number, title: string): Promise<void> => {
  await desk.db.query
    .insert(desks)
    .values({ chatId, title })
    .onConflictDoUpdate({ target: desks.chatId, set: { title, active: true } })
  const homeless = await desk.db.query
    .select({ id: appeals.id })
    .from(appeals)
    .leftJoin(topics, eq(topics.appealId, appeals.id))
    .where(and(isNull(topics.appealId), isNull(appeals.closedAt)))
  for (const { id } of homeless) await desk.db.transaction((tx) => giveTopic(tx, desk, id))
}

export const isDesk = async (desk: Desk, chatId: number): Promise<boolean> => (await chats(desk)).includes(chatId)

export const chats = async (desk: Desk): Promise<number[]> => {
  const rows = await desk.db.query
    .select({ chatId: desks.chatId })
    .from(desks)
    .where(eq(desks.active, true))
    .orderBy(asc(desks.id))
  return rows.map(({ chatId }) => chatId)
}

/** The group became a supergroup with another id; whoever notices first changes it, once. */
export const moveTo = async (desk: Desk, from: number, to: number): Promise<void> => {
  await desk.db.transaction(async (tx) => {
    await tx.query.update(desks).set({ chatId: to }).where(eq(desks.chatId, from))
    await tx.query.update(topics).set({ chatId: to }).where(eq(topics.chatId, from))
  })
}

/** The first generation of an appeal's topic, in the desk group with the fewest live topics; without a group it waits for one. */
export const giveTopic = async (tx: Tx, desk: Desk, appeal: number): Promise<boolean> => {
  const [group] = await tx.query
    .select({ chatId: desks.chatId })
    .from(desks)
    .where(eq(desks.active, true))
    .orderBy(
      sql`(select count(*) from topics t where t.chat_id = ${desks.chatId} and t.state <> 'lost')`,
      asc(desks.id),
    )
    .limit(1)
  if (!group) return false
  const made = await tx.query
    .insert(topics)
    .values({ appealId: appeal, gen: 1, chatId: group.chatId })
    .onConflictDoNothing()
    .returning()
  if (made.length === 0) return true
  const lane = `appeal:${appeal}`
  await toTopic(tx, desk, appeal, birth(appeal, 1, await firstPlace(tx, lane)))
  await hasten(tx, lane)
  return true
}
