import { and, asc, eq, isNull } from 'drizzle-orm'
import { appeals, topics } from '../db/schema.ts'
import { desks } from '../db/schema-desk.ts'
import { firstPlace, hasten } from '../mail/outbox.ts'
import type { Desk, Line, Tx } from './desk.ts'
import { groupsOf } from './desk-groups.ts'
import { birth, toTopic } from './letters.ts'

/** Registers a desk group. Appeals that came before there was one get their topics now. */
export const register = async (desk: Desk, chatId: number, title: string): Promise<void> => {
  await desk.db.query
    .insert(desks)
    .values({ chatId, title })
    .onConflictDoUpdate({ target: desks.chatId, set: { title, active: true } })
  const homeless = await desk.db.query
    .select({ id: appeals.id, line: appeals.line })
    .from(appeals)
    .leftJoin(topics, eq(topics.appealId, appeals.id))
    .where(and(isNull(topics.appealId), isNull(appeals.closedAt)))
  for (const { id, line } of homeless)
    await desk.db.transaction((tx) => giveTopic(tx, desk, { id, line: line as Line }))
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

/** The first generation of an appeal's topic, in the group of its line with most room; without a group it waits for one. */
export const giveTopic = async (tx: Tx, desk: Desk, { id, line }: { id: number; line: Line }): Promise<boolean> => {
  const [group] = await groupsOf(tx, line)
  if (!group) return false
  const made = await tx.query
    .insert(topics)
    .values({ appealId: id, gen: 1, chatId: group.chatId })
    .onConflictDoNothing()
    .returning()
  if (made.length === 0) return true
  const lane = `appeal:${id}`
  await toTopic(tx, desk, id, birth(id, 1, await firstPlace(tx, lane)))
  await hasten(tx, lane)
  return true
}
