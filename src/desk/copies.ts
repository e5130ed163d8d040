import { and, asc, desc, eq } from 'drizzle-orm'
import { copies, messages } from '../db/schema-said.ts'
import type { Place } from './content.ts'
import type { Desk } from './desk.ts'
import { type Message, opened } from './messages.ts'

/** The message a copy was made of, whichever side shows it; the last of those that went as one. */
export const byCopy = async (desk: Desk, at: Place): Promise<Message | null> => {
  const [row] = await desk.db.query
    .select({ message: messages })
    .from(copies)
    .innerJoin(messages, eq(messages.id, copies.messageId))
    .where(and(eq(copies.chatId, at.chat), eq(copies.copyId, at.message)))
    .orderBy(desc(messages.id))
    .limit(1)
  return row ? await opened(desk, row.message) : null
}

/** `of`: the version that was sent. */
export type CopyAt = Place & { of: number }

/** Where a message (any version of it) stands on the other side: in several pieces if it was too long for one. */
export const copiesOf = async (desk: Desk, at: Place): Promise<CopyAt[]> =>
  await desk.db.query
    .select({ chat: copies.chatId, message: copies.copyId, of: copies.messageId })
    .from(copies)
    .innerJoin(messages, eq(messages.id, copies.messageId))
    .where(and(eq(messages.originChat, at.chat), eq(messages.originMessage, at.message)))
    .orderBy(asc(copies.copyId))

/** The messages that went as this one, in their order. */
export const sharing = async (desk: Desk, { chat, message }: Place): Promise<number[]> => {
  const rows = await desk.db.query
    .select({ id: copies.messageId })
    .from(copies)
    .where(and(eq(copies.chatId, chat), eq(copies.copyId, message)))
    .orderBy(asc(copies.messageId))
  return rows.map(({ id }) => id)
}

/** The message itself, seen from either side: from its original the first piece of its copy, from a copy the original. */
export const mirror = async (desk: Desk, at: Place): Promise<Place | null> =>
  (await byCopy(desk, at))?.at ?? (await copiesOf(desk, at))[0] ?? null
