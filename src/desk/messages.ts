import { and, asc, desc, eq, isNull, sql } from 'drizzle-orm'
import { appeals } from '../db/schema.ts'
import { messages } from '../db/schema-said.ts'
import { PRIORITY } from '../mail/outbox.ts'
import * as albums from './albums.ts'
import type { Appeal } from './appeals.ts'
import { touch } from './board-touch.ts'
import * as bursts from './bursts.ts'
import * as contacts from './contacts.ts'
import type { Content, Place, Said } from './content.ts'
import type { Desk, Tx } from './desk.ts'
import { type Letter, toCitizen, toTopic } from './letters.ts'
import { expectWord } from './silence.ts'
import * as terms from './terms.ts'

export type Message = {
  id: number
  appealId: number
  at: Place
  version: number
  author: 'citizen' | 'operator'
  operatorId: number | null
  state: 'relayed' | 'held' | 'note' | 'dropped' | 'withdrawn'
  album: string | null
  stoppedBy: string | null
  createdAt: Date
  content: Content
}
type Home = Pick<Appeal, 'id' | 'citizenId'>

/** Keeps what the citizen said and sends it into the appeal's topic; the same message twice is one. */
export const relayFromCitizen = async (tx: Tx, desk: Desk, appeal: Home, said: Said): Promise<number | null> => {
  const id = await keep(tx, desk, { appeal, said, author: 'citizen', state: 'relayed' })
  if (id === null) return null
  await contacts.notice(tx, desk, { citizen: appeal.citizenId, content: said.content })
  if (!(await bursts.join(tx, desk, { appeal: appeal.id, said, message: id })))
    await toTopic(tx, desk, appeal.id, [await relay(tx, said, id)])
  await terms.citizenWrote(tx, desk, appeal.id)
  return id
}

/** Keeps the owner's answer and sends it to the citizen. The destination is the appeal's, never a reply's. */
export const relayToCitizen = async (
  tx: Tx,
  desk: Desk,
  appeal: Home,
  { said, operator }: Spoken,
): Promise<number | null> => {
  const id = await keep(tx, desk, { appeal, said, author: 'operator', operator, state: 'relayed' })
  if (id === null) return null
  await answerGoesOut(tx, desk, { appeal, said, id })
  return id
}
export type Spoken = { said: Said; operator: number }

/** Stays at the desk. */
export const note = async (desk: Desk, appeal: Home, { said, operator }: Spoken): Promise<number | null> =>
  await desk.db.transaction((tx) => keep(tx, desk, { appeal, said, author: 'operator', operator, state: 'note' }))

/** Whether an edit changed anything: a messenger also reports a link's preview as one. */
export const isChanged = (before: Message, said: Said): boolean =>
  JSON.stringify(before.content) !== JSON.stringify(said.content)

/** A new version of a message that is kept; if it was relayed, the other side's copy is edited. Null: it is not kept. */
export const edit = async (desk: Desk, said: Said): Promise<Message | null> => {
  const before = await latest(desk, said.at)
  if (!before || before.state === 'dropped' || before.state === 'withdrawn') return null
  // A place that is shared live changes every few seconds; the copy goes on showing where it was sent from.
  if (!isChanged(before, said) || said.content.kind === 'location') return before
  const appeal = await citizenOf(desk, before.appealId)
  return await desk.db.transaction(async (tx) => {
    const version = before.version + 1
    const id = await keep(tx, desk, {
      appeal,
      said: { ...said, album: before.album ?? undefined },
      author: before.author,
      operator: before.operatorId ?? undefined,
      state: before.state,
      version,
      stoppedBy: before.stoppedBy,
    })
    if (id === null || before.state !== 'relayed') return before
    const post = {
      key: `edit:${said.at.chat}:${said.at.message}:${version}`,
      letter: { type: 'edit', message: id } as Letter,
    }
    if (before.author === 'citizen') await toTopic(tx, desk, appeal.id, [post])
    else await toCitizen(tx, desk, appeal.citizenId, post)
    return { ...before, id, version, content: said.content }
  })
}

export const latest = async (desk: Desk, at: Place): Promise<Message | null> => {
  const [row] = await desk.db.query
    .select()
    .from(messages)
    .where(and(eq(messages.originChat, at.chat), eq(messages.originMessage, at.message)))
    .orderBy(desc(messages.version))
    .limit(1)
  return row ? await opened(desk, row) : null
}

export const versionBefore = async (desk: Desk, { at, version }: Message): Promise<Message | null> => {
  const [row] = await desk.db.query
    .select()
    .from(messages)
    .where(
      and(eq(messages.originChat, at.chat), eq(messages.originMessage, at.message), eq(messages.version, version - 1)),
    )
  return row ? await opened(desk, row) : null
}

/** The words an appeal began with. */
export const firstOfCitizen = async (desk: Desk, appeal: number): Promise<Message | null> => {
  const [row] = await desk.db.query
    .select()
    .from(messages)
    .where(and(eq(messages.appealId, appeal), eq(messages.author, 'citizen')))
    .orderBy(asc(messages.id))
    .limit(1)
  return row ? await opened(desk, row) : null
}

/** What the citizen was answered last. */
export const lastAnswer = async (desk: Desk, appeal: number): Promise<Message | null> => {
  const [row] = await desk.db.query
    .select()
    .from(messages)
    .where(and(eq(messages.appealId, appeal), eq(messages.author, 'operator'), eq(messages.state, 'relayed')))
    .orderBy(desc(messages.id))
    .limit(1)
  return row ? await opened(desk, row) : null
}

/** Everything a message said, newest first; the oldest of very many are left out. */
export const versions = async (desk: Desk, at: Place): Promise<Message[]> => {
  const rows = await desk.db.query
    .select()
    .from(messages)
    .where(and(eq(messages.originChat, at.chat), eq(messages.originMessage, at.message)))
    .orderBy(desc(messages.version))
    .limit(20)
  return await Promise.all(rows.map((row) => opened(desk, row)))
}

export const byId = async (desk: Desk, id: number): Promise<Message | null> => {
  const [row] = await desk.db.query.select().from(messages).where(eq(messages.id, id))
  return row ? await opened(desk, row) : null
}

/** The same message as it says now: its newest version. */
export const newestOf = async (desk: Desk, id: number): Promise<Message | null> => {
  const [row] = await desk.db.together<Omit<Message, 'content' | 'createdAt'> & { createdAt: string; body: Buffer }>(
    NEWEST,
    { id },
  )
  if (!row) return null
  const { body, createdAt, ...message } = row
  return { ...message, createdAt: new Date(createdAt), content: await contentIn(desk, body) }
}

const NEWEST = `
  select q.n, m.id, m.appeal_id as "appealId", json_build_object('chat', m.origin_chat, 'message', m.origin_message) as at,
    m.version, m.author, m.operator_id as "operatorId", m.state, m.album, m.stopped_by as "stoppedBy",
    m.created_at as "createdAt", m.body
  from json_to_recordset($1::json) as q(n int, id bigint) join messages k on k.id = q.id
  cross join lateral (
    select * from messages v where v.origin_chat = k.origin_chat and v.origin_message = k.origin_message
    order by v.version desc limit 1) m`

/** The parts of an album in their order, each as it is now. */
export const ofAlbum = async (desk: Desk, chat: number, album: string): Promise<Message[]> => {
  const rows = await desk.db.query
    .selectDistinctOn([messages.originMessage])
    .from(messages)
    .where(and(eq(messages.originChat, chat), eq(messages.album, album)))
    .orderBy(asc(messages.originMessage), desc(messages.version))
  return await Promise.all(rows.map((row) => opened(desk, row)))
}

type Keeping = {
  appeal: Home
  said: Said
  author: Message['author']
  operator?: number
  state: Message['state']
  version?: number
  stoppedBy?: string | null
}

export const keep = async (tx: Tx, desk: Desk, keeping: Keeping) => {
  const { appeal, said, author, operator, state, version = 1, stoppedBy = null } = keeping
  const body = await desk.keys.forCitizen(appeal.citizenId, said.content, tx)
  const [row] = await tx.query
    .insert(messages)
    .values({
      appealId: appeal.id,
      originChat: said.at.chat,
      originMessage: said.at.message,
      version,
      author,
      operatorId: operator,
      state,
      album: said.album,
      stoppedBy,
      body,
    })
    .onConflictDoNothing()
    .returning({ id: messages.id })
  return row?.id ?? null
}

export const answerGoesOut = async (
  tx: Tx,
  desk: Desk,
  { appeal, said, id }: { appeal: Home; said: Said; id: number },
) => {
  await toCitizen(tx, desk, appeal.citizenId, { ...(await relay(tx, said, id)), priority: PRIORITY.answer })
  const first = await tx.query
    .update(appeals)
    .set({ firstAnswerAt: sql`now()` })
    .where(and(eq(appeals.id, appeal.id), isNull(appeals.firstAnswerAt)))
    .returning({ id: appeals.id })
  if (first.length > 0) touch(tx)
  await expectWord(tx, desk, { appeal: appeal.id, message: id, kind: 'nudge' })
  await terms.stop(tx, appeal.id)
}

const relay = async (tx: Tx, said: Said, id: number) => {
  const single = { key: `relay:${said.at.chat}:${said.at.message}`, letter: { type: 'relay', message: id } as Letter }
  if (said.album === undefined) return single
  const { chat } = said.at
  const joined = await albums.join(tx, chat, said.album)
  return joined === 'gone' ? single : { ...joined, letter: { type: 'album', chat, album: said.album } as Letter }
}

const citizenOf = async (desk: Desk, appeal: number): Promise<Home> => {
  const [row] = await desk.db.query
    .select({ id: appeals.id, citizenId: appeals.citizenId })
    .from(appeals)
    .where(eq(appeals.id, appeal))
  if (!row) throw new Error('a message without its appeal')
  return row
}

/** A row as people wrote it. */
export const opened = async (desk: Desk, row: typeof messages.$inferSelect): Promise<Message> => ({
  id: row.id,
  appealId: row.appealId,
  at: { chat: row.originChat, message: row.originMessage },
  version: row.version,
  author: row.author as Message['author'],
  operatorId: row.operatorId,
  state: row.state as Message['state'],
  album: row.album,
  stoppedBy: row.stoppedBy,
  createdAt: row.createdAt,
  content: await contentIn(desk, row.body),
})

/** Of a citizen who was forgotten nothing is left to read. */
const contentIn = async (desk: Desk, body: Buffer): Promise<Content> =>
  (await desk.keys.open<Content>(body)) ?? { kind: 'other' }
