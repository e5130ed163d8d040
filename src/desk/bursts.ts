import { inArray } from 'drizzle-orm'
import { messages } from '../db/schema-said.ts'
import { type Content, type Said, textOf } from './content.ts'
import type { Desk, Tx } from './desk.ts'
import { type Letter, toCitizen } from './letters.ts'

/** A burst stays readable, and below what one message takes. */
const MOST_TOGETHER = 20
const MOST_TEXT = 3_000

type Burst = { appeal: number; said: Said; message: number }
type Tail = { id: number; payload: Buffer }

/**
 * While the group is busy, a text of the same citizen joins the one that waits last in the lane: one message in place of many.
 * Whatever stands between them – a photo, a card, an answer to something – keeps them apart, so the order stays.
 */
export const join = async (tx: Tx, desk: Desk, { appeal, said, message }: Burst): Promise<boolean> => {
  if (!joinsOthers(said.content)) return false
  const [tail] = await tx.run<Tail>(TAIL, [`appeal:${appeal}`, appeal])
  const letter = tail && (await desk.keys.open<Letter>(tail.payload))
  const before =
    letter?.type === 'burst' ? letter.messages : letter?.type === 'relay' && !letter.part ? [letter.message] : []
  if (!tail || before.length === 0 || before.length >= MOST_TOGETHER) return false
  const waiting = await texts(tx, desk, before)
  if (waiting === null || waiting + textOf(said.content).length > MOST_TEXT) return false
  const joined: Letter = { type: 'burst', messages: [...before, message] }
  const rows = await tx.run(
    `update outbox set payload = $2 where id = $1 and state = 'new' and attempt = 0 returning id`,
    [tail.id, desk.keys.own(joined)],
  )
  return rows.length > 0
}

/** Told once in ten minutes; everything still arrives. */
export const sayTooFast = async (
  tx: Tx | Desk['db'],
  desk: Desk,
  { appeal, citizen, pace }: { appeal: number; citizen: number; pace: number | 'off' },
): Promise<void> => {
  if (pace === 'off') return
  const period = Math.floor((Date.now() * pace) / TOLD_MS)
  const told = `flood:${citizen}:${period - 1}`
  const rows = await tx.run(TOO_FAST, [appeal, 60 / pace, TOO_MANY - 1, told])
  if (rows.length === 0) return
  const letter = { type: 'phrase', phrase: 'flood.told' } as const
  await toCitizen(tx, desk, citizen, { key: `flood:${citizen}:${period}`, letter })
}

/** So many words of one citizen within a minute, counted in the pace of this desk, are more than anybody can read. */
const TOO_MANY = 20
const TOLD_MS = 10 * 60_000

const TOO_FAST = `
  select 1 from (
    select created_at from messages where appeal_id = $1 and author = 'citizen' and version = 1 order by id desc offset $3 limit 1
  ) earlier where created_at > now() - make_interval(secs => $2) and not exists (select 1 from outbox where key = $4)`

/** SQL: whether the group of this appeal has no room just now. */
export function isBusy(appeal: string): string {
  return `exists (
    select 1 from pace p where greatest(p.opens_at, p.not_before) > now()
      and p.chat = (select chat_id from topics where appeal_id = ${appeal} order by gen desc limit 1))`
}

/** The last of the lane, locked, if it waits for a group that has no room just now. */
const TAIL = `
  select o.id, o.payload from outbox o where o.id = (
    select id from outbox where lane = $1 and state in ('new', 'sending', 'ambiguous') order by place desc limit 1)
  and o.state = 'new' and o.attempt = 0 and ${isBusy('$2')}
  for update of o`

export const joinsOthers = (content: Content): boolean => content.kind === 'text' && !content.replyTo && !content.quote

/** How much text waits already; null when anything else than a citizen's plain words does. */
const texts = async (tx: Tx, desk: Desk, ids: number[]): Promise<number | null> => {
  const rows = await tx.query.select().from(messages).where(inArray(messages.id, ids))
  let length = 0
  for (const { author, body } of rows) {
    const content = author === 'citizen' ? await desk.keys.open<Content>(body) : null
    if (!content || !joinsOthers(content)) return null
    length += textOf(content).length + 1
  }
  return length
}
