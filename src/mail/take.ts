import type { Db, Tx } from '../db/client.ts'
import { isUniqueViolation } from '../db/faults.ts'
import { LEASE_S } from './express.ts'
import { at } from './failpoints.ts'
import { type OutboxRow, PRIORITY } from './outbox.ts'
import { admit, FREE, GROUP, lockSent, saveSent } from './pace.ts'

export type Waiting = OutboxRow & { expired: boolean }
/** Who takes, how many times Telegram's limits, and how many rows at the most. */
export type Taking = { owner: string; pace: number | 'off'; most: number }
/** `nextMs`: when the next of the others may go. `more`: others wait, behind these or for their time. */
export type Taken = { rows: OutboxRow[]; nextMs?: number; more: boolean }
type Found<R> = { next_ms: number | null; more: boolean } & ({ [K in keyof R]: R[K] } | { id: null })

/** Heads of lanes, as many as may go now. Intent before the wire: committed as `sending` before anything is sent. */
export const takeReady = async (db: Db, taking: Taking): Promise<Taken> => {
  await at('outbox:take')
  const { owner, pace, most } = taking
  const attempt = () => (pace === 'off' ? atOnce(db, taking) : db.transaction((tx) => paced(tx, { owner, pace, most })))
  const taken = await attempt().catch((error) => {
    // Another replica was first in a lane.
    if (isUniqueViolation(error)) return attempt()
    throw error
  })
  if (taken.rows.length > 0) await at('outbox:taken')
  return taken
}

export const renew = async (db: Db, owner: string, ids: number[]): Promise<void> => {
  await db.run(
    `update outbox set lease_until = now() + make_interval(secs => $3)
     where id in (select value::bigint from json_array_elements_text($2::json)) and owner = $1 and state = 'sending'`,
    [owner, JSON.stringify(ids), LEASE_S],
  )
}

/** Rows that are ours in the store, but were never in hand: nothing of them went out. */
export const giveBack = async (db: Db, owner: string, inHand: number[]): Promise<void> => {
  await db.run(
    `update outbox set state = 'new', owner = null, lease_until = null where owner = $1 and state = 'sending'
       and id not in (select value::bigint from json_array_elements_text($2::json))`,
    [owner, JSON.stringify(inHand)],
  )
}

const atOnce = async (db: Db, { owner, most }: Taking): Promise<Taken> => {
  const found = await db.run<Found<OutboxRow>>(TAKE_AT_ONCE, [most, false, most, owner, LEASE_S])
  return taken(found)
}

const paced = async (tx: Tx, { owner, pace, most }: Taking & { pace: number }): Promise<Taken> => {
  const fetched = most * 2
  const found = await tx.run<Found<Waiting>>(LOCK, [fetched, true, GROUP.most])
  const { rows: waiting, nextMs, more } = taken(found)
  if (waiting.length === 0) return { rows: [], nextMs, more }
  const { sent, now } = await lockSent(
    tx,
    waiting.flatMap(({ chat }) => chat ?? []),
  )
  const { going, nextMs: openMs } = admit(waiting, sent, { now, times: pace, most })
  const rows = await mark(tx, owner, going)
  if (rows.length > 0) await saveSent(tx, sent, { now, times: pace })
  // Behind those whose chats are full by now, others may have been left unseen.
  if (waiting.length === fetched && rows.length < most) return { rows, nextMs: 0, more }
  return { rows, nextMs: Math.min(nextMs ?? Number.POSITIVE_INFINITY, openMs), more }
}

const taken = <R extends OutboxRow>(found: Found<R>[]): { rows: R[]; nextMs?: number; more: boolean } => ({
  rows: found.filter((row) => row.id !== null) as unknown as R[],
  nextMs: found[0]?.next_ms ?? undefined,
  more: found[0]?.more ?? false,
})

const mark = async (tx: Tx, owner: string, rows: Waiting[]): Promise<OutboxRow[]> => {
  if (rows.length === 0) return []
  const marked = rows.map((row) => ({
    ...row,
    attempt: row.attempt + 1,
    repeated: row.repeated + (row.expired ? 1 : 0),
  }))
  await tx.run(
    `update outbox o set state = 'sending', owner = $1, attempt = r.attempt, repeated = r.repeated,
       lease_until = now() + make_interval(secs => $3)
     from json_to_recordset($2::json) as r(id bigint, attempt int, repeated smallint) where o.id = r.id`,
    [owner, JSON.stringify(marked.map(({ id, attempt, repeated }) => ({ id, attempt, repeated }))), LEASE_S],
  )
  return marked
}

/** The lane's own chat: fixed, or the citizen's, or that of the newest generation of the appeal's topic. */
const CHAT = `case split_part(o.lane, ':', 1)
  when 'chat' then split_part(o.lane, ':', 2)::bigint
  when 'board' then (select d.chat_id from desks d where d.id = split_part(o.lane, ':', 2)::bigint)
  when 'citizen' then (select c.external_id from citizens c where c.id = split_part(o.lane, ':', 2)::bigint)
  else (select t.chat_id from topics t where t.appeal_id = split_part(o.lane, ':', 2)::bigint order by t.gen desc limit 1) end`
const READY = `((o.state in ('new', 'ambiguous') and o.not_before <= now()) or (o.state = 'sending' and o.lease_until < now()))`
const COLUMNS =
  'o.id, o.place, o.key, o.lane, o.kind, o.payload, o.payload_version, o.priority, o.turn, o.attempt, o.repeated, o.weight, o.cause'

const msUntil = (moment: string) => `extract(epoch from ${moment} - now())::float8 * 1000`

/** In the words of the index, so that it serves. */
const WAITS = `state in ('new', 'sending', 'ambiguous') and state <> 'sending'`

/**
 * The heads of lanes that may go now: of each chat no more than $3, of all the $1 most urgent, locked. Chats that are silent or
 * full are left out here already, so that they cannot fill the list and keep the others waiting. The heads are found by a loose
 * index scan, so the cost is the number of lanes that wait, not of rows. What was in flight when its owner vanished goes before
 * the head of its lane: a topic born again may have taken that place. Lanes take turns. Always one row at least, for `next_ms`.
 */
const HEADS = `
  with recursive heads as (
    (select lane, place from outbox where state in ('new', 'sending', 'ambiguous') order by lane, place limit 1)
    union all
    (select n.lane, n.place from heads h cross join lateral (
       select lane, place from outbox where state in ('new', 'sending', 'ambiguous') and lane > h.lane
       order by lane, place limit 1) n)
  ), waiting as (
    select o.id, o.kind, o.priority, o.turn, o.place, ${CHAT} as chat,
      ${msUntil(`case o.state when 'sending' then o.lease_until else o.not_before end`)} as own_ms
    from (
      select h.lane, h.place from heads h
      where not exists (select 1 from outbox w where w.lane = h.lane and w.state = 'sending')
      union all select lane, place from outbox where state = 'sending'
    ) candidates join outbox o on o.lane = candidates.lane and o.place = candidates.place and o.state in ('new', 'sending', 'ambiguous')
  ), timed as (
    select w.id, w.chat, w.priority, w.turn, w.place, greatest(0, w.own_ms,
      ${msUntil('chat.not_before')}, ${msUntil('everybody.not_before')},
      case when $2 and w.kind not in (${[...FREE].map((kind) => `'${kind}'`).join(', ')}) then greatest(
        ${msUntil('everybody.opens_at')},
        ${msUntil(`case w.priority when ${PRIORITY.topic} then chat.opens_for_new_at else chat.opens_at end`)}) end) as ms
    from waiting w left join lateral (select * from pace where chat = w.chat) chat on true
    left join lateral (select * from pace where chat = 0) everybody on true
  ), open as (
    select id, chat from (
      select t.*, row_number() over (partition by chat order by priority, turn, place) as n from timed t where ms <= 0) ranked
    where n <= $3 order by priority, turn, place limit $1
  ), locked as (
    select ${COLUMNS}, open.chat, o.state = 'sending' as expired from open join outbox o on o.id = open.id
    where ${READY} for update of o skip locked
  ), next as (
    select min(ms) as next_ms from timed where ms > 0
  )`

const LOCK = `${HEADS}
  select l.*, next.next_ms, exists (
    select 1 from (select 1 from outbox where ${WAITS} order by lane, place limit 1) waiting) as more
  from next left join locked l on true order by l.priority, l.turn, l.place`

const TAKE_AT_ONCE = `${HEADS}, took as (
    update outbox o set state = 'sending', owner = $4, attempt = o.attempt + 1, repeated = o.repeated + l.expired::int,
      lease_until = now() + make_interval(secs => $5)
    from locked l where o.id = l.id
    returning ${COLUMNS}, l.chat, l.expired
  )
  select t.*, next.next_ms, (select count(*) from took where not expired) < (
    select count(*) from (select 1 from outbox where ${WAITS} order by lane, place limit $1 + 1) waiting) as more
  from next left join took t on true order by t.priority, t.turn, t.place`
