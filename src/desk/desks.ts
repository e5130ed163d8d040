import { and, asc, desc, eq, isNotNull, isNull, ne } from 'drizzle-orm'
import { topics } from '../db/schema.ts'
import { desks } from '../db/schema-desk.ts'
import { firstPlace, hasten } from '../mail/outbox.ts'
import { liftSilence } from '../mail/silence.ts'
import type { Desk, Line, Tx } from './desk.ts'
import { groupsOf } from './desk-groups.ts'
import { birth, toChat, toTopic } from './letters.ts'
import { currentIn, moveTo as moveTopicTo } from './topics.ts'

/** Registers a desk group. Appeals that had no place before there was one get their topics now. */
export const register = async (desk: Desk, chatId: number, title: string): Promise<'new' | 'known'> => {
  const [known] = await desk.db.query.select({ active: desks.active }).from(desks).where(eq(desks.chatId, chatId))
  const named = title === '' ? {} : { title }
  await desk.db.query
    .insert(desks)
    .values({ chatId, title })
    .onConflictDoUpdate({ target: desks.chatId, set: { ...named, active: true } })
  await house(desk)
  return known?.active ? 'known' : 'new'
}

export const isDesk = async (desk: Desk, chatId: number): Promise<boolean> => (await chats(desk)).includes(chatId)

export const isSetAside = async (desk: Desk, chatId: number): Promise<boolean> => {
  const [row] = await desk.db.query.select({ since: desks.brokenSince }).from(desks).where(eq(desks.chatId, chatId))
  return row?.since != null
}

/** Those that work before those that are set aside. */
export const chats = async (desk: Desk): Promise<number[]> => {
  const rows = await desk.db.query
    .select({ chatId: desks.chatId })
    .from(desks)
    .where(eq(desks.active, true))
    .orderBy(desc(isNull(desks.brokenSince)), asc(desks.id))
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
export const giveTopic = async (
  tx: Tx,
  desk: Desk,
  { id, line, chat }: { id: number; line: Line; chat?: number | undefined },
): Promise<boolean> => {
  const chatId = chat ?? (await standing(tx, line))
  if (chatId === null) return false
  const made = await tx.query.insert(topics).values({ appealId: id, gen: 1, chatId }).onConflictDoNothing().returning()
  if (made.length === 0) return true
  const lane = `appeal:${id}`
  await toTopic(tx, desk, id, birth(id, 1, await firstPlace(tx, lane)))
  await hasten(tx, lane)
  return true
}

/** Whoever sets the group aside waits for us, and moves what we put there; otherwise its topic would wait for the group's next look. */
const standing = async (tx: Tx, line: Line): Promise<number | null> => {
  for (const { chatId } of await groupsOf(tx, line)) {
    const works = 'select 1 from desks where chat_id = $1 and active and broken_since is null for share'
    if ((await tx.run(works, [chatId])).length > 0) return chatId
  }
  return null
}

/**
 * The bot cannot work in a group any more: nothing new goes there, its open appeals get topics in other groups of their lines,
 * the other groups learn it once. Running it again goes on where it was left.
 */
export const setAside = async (desk: Desk, chatId: number): Promise<void> => {
  await desk.db.transaction(async (tx) => {
    const [broken] = await tx.query
      .update(desks)
      .set({ brokenSince: new Date() })
      .where(and(eq(desks.chatId, chatId), eq(desks.active, true), isNull(desks.brokenSince)))
      .returning()
    if (!broken) return
    const stamp = `${broken.id}:${broken.brokenSince?.getTime()}`
    await toChat(tx, desk, chatId, { key: `back:${stamp}`, letter: { type: 'back', chat: chatId } })
    const letter = { type: 'phrase', phrase: 'groups.set_aside', vars: { title: broken.title } } as const
    for (const other of await groupsOf(tx, null)) {
      await toChat(tx, desk, other.chatId, { key: `set_aside_group:${stamp}:${other.chatId}`, letter })
    }
  })
  await house(desk)
}

/** It can be worked in again. */
export const restore = async (desk: Desk, chatId: number): Promise<void> => {
  await desk.db.transaction(async (tx) => {
    const [before] = await tx.query
      .select()
      .from(desks)
      .where(and(eq(desks.chatId, chatId), isNotNull(desks.brokenSince)))
      .for('update')
    if (!before) return
    await tx.query.update(desks).set({ brokenSince: null }).where(eq(desks.id, before.id))
    const stamp = `${before.id}:${before.brokenSince?.getTime()}`
    const letter = { type: 'phrase', phrase: 'groups.back', vars: { title: before.title } } as const
    for (const { chatId: chat } of await groupsOf(tx, null)) {
      await toChat(tx, desk, chat, { key: `group_back:${stamp}:${chat}`, letter })
    }
    const left = await tx.query
      .select()
      .from(topics)
      .where(and(eq(topics.chatId, chatId), eq(topics.state, 'moved'), isNotNull(topics.threadId)))
    for (const { appealId, gen } of left) {
      await toChat(tx, desk, chatId, {
        key: `moved:${appealId}:${gen}`,
        letter: { type: 'moved', appeal: appealId, gen },
      })
    }
  })
  await liftSilence(desk.db, chatId)
  await house(desk)
}

/** Takes no more appeals; false: it is the last one. */
export const retire = async (desk: Desk, chatId: number): Promise<boolean> => {
  const others = await desk.db.query
    .select({ id: desks.id })
    .from(desks)
    .where(and(eq(desks.active, true), ne(desks.chatId, chatId)))
  if (others.length === 0) return false
  await desk.db.query.update(desks).set({ active: false, brokenSince: null }).where(eq(desks.chatId, chatId))
  await house(desk)
  return true
}

/** Open appeals that live nowhere, or in a group that does not work, get a place if there is one. */
export const house = async (desk: Desk): Promise<void> => {
  const homeless = await desk.db.run<Homeless>(HOMELESS)
  for (const one of homeless) await desk.db.transaction((tx) => houseOne(tx, desk, one))
}

type Homeless = { id: number; line: Line; chat: number | null }

const houseOne = async (tx: Tx, desk: Desk, { id, line, chat }: Homeless): Promise<void> => {
  if (chat === null) return void (await giveTopic(tx, desk, { id, line }))
  const topic = await currentIn(tx, id)
  const place = topic?.chatId === chat ? await standing(tx, line) : null
  // The group may be back since it was looked at: what lives there stays.
  if (topic && place !== null && place !== chat) await moveTopicTo(tx, desk, { topic, chatId: place })
}

const HOMELESS = `
  select a.id, a.line, t.chat_id as chat from appeals a
  left join lateral (select chat_id from topics where appeal_id = a.id order by gen desc limit 1) t on true
  left join desks d on d.chat_id = t.chat_id
  where a.closed_at is null and (t.chat_id is null or not d.active or d.broken_since is not null)
  order by a.id`
