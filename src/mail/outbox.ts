import type { Db, Tx } from '../db/client.ts'
import { isUniqueViolation } from '../db/faults.ts'
import { type Express, LEASE_S, POSTED, type PostedRow, placed, post, sendOff } from './express.ts'
import { at } from './failpoints.ts'
import { type Silence, silence } from './silence.ts'

export type Kind =
  | 'send'
  | 'media'
  | 'album'
  | 'edit'
  | 'delete'
  | 'react'
  | 'pin'
  | 'topic_open'
  | 'topic_close'
  | 'topic_rename'
/** Smaller goes first when a chat's pace is short; within a lane the order never changes. */
export const PRIORITY = { topic: 0, answer: 1, message: 2, status: 3, edit: 4, board: 5, broadcast: 6 } as const
export type Priority = (typeof PRIORITY)[keyof typeof PRIORITY]

export type Outgoing = {
  key: string
  lane: string
  kind: Kind
  payload: Buffer
  priority: Priority
  notBefore?: Date
  /** Only where a lost topic is born again: the place in its lane just before the row that found the loss. */
  place?: number
  /** How many messages it counts for, if not 1. */
  weight?: number
  /** Where it does not follow from what is being handled. */
  cause?: string | null
  /** What whoever puts it out behind another letter knows of its place. */
  known?: object | undefined
  /** The chat it will go to, where that is known. */
  chat?: number | null
}
export type OutboxRow = {
  id: number
  place: number
  key: string
  lane: string
  kind: Kind
  payload: Buffer
  payload_version: number
  priority: number
  attempt: number
  repeated: number
  /** The update or timer it follows from. */
  cause: string | null
  /** How many messages it counts for: an album's parts, otherwise 1. */
  weight: number
  chat: number | null
  /** What the deed that put it out knew, for who sends it in the same breath. */
  known?: object
}

/** Where a delivered message landed. */
export type Copy = { message: number; chat: number; copy: number }
/** How a sending ended. `new` and `ambiguous` stay first in their lane; ambiguous may have arrived, so the next sending says so. */
export type Settlement = {
  row: OutboxRow
  state: 'sent' | 'failed' | 'new' | 'ambiguous'
  fault?: string
  afterMs?: number
  copies?: Copy[]
  /** What goes out because this did. */
  follow?: Outgoing[]
  silence?: Silence
}

/** Puts rows into the outbox as part of the deed's transaction; a key that is there already stays as it is. */
export const enqueue = async (tx: Tx | Db, rows: Outgoing[]): Promise<void> => {
  if (rows.length === 0) return
  const list = rows.map(({ known, chat, ...row }) => ({
    ...row,
    payload: row.payload.toString('hex'),
    notBefore: row.notBefore?.toISOString() ?? null,
    place: row.place ?? null,
    weight: row.weight ?? 1,
    cause: row.cause ?? tx.cause,
  }))
  await at('outbox:enqueue')
  await tx.run(
    `insert into outbox (place, key, lane, kind, payload, priority, weight, not_before, cause, turn)
     select coalesce(place, nextval('outbox_place')), key, lane, kind, decode(payload, 'hex'), priority, weight, coalesce("notBefore", now()), cause,
       coalesce((select greatest(now(), w.turn + interval '3 seconds') from outbox w
         where w.lane = r.lane and w.state in ('new', 'sending', 'ambiguous') order by w.place desc limit 1), now())
     from json_to_recordset($1::json)
       as r(place bigint, key text, lane text, kind text, payload text, priority smallint, weight smallint, "notBefore" timestamptz, cause text)
     on conflict (key) do nothing`,
    [JSON.stringify(list)],
  )
  tx.ring('outbox')
  await at('outbox:enqueued')
}

/** The place of what goes first in a lane; undefined when nothing waits there. */
export const firstPlace = async (tx: Tx, lane: string): Promise<number | undefined> => {
  const [row] = await tx.run<{ place: number }>(
    `select place from outbox where lane = $1 and state in ('new', 'sending', 'ambiguous') order by place limit 1`,
    [lane],
  )
  return row?.place
}

/** What a lane waited for is there. */
export const hasten = async (tx: Tx, lane: string): Promise<void> => {
  await tx.run(`update outbox set not_before = now() where lane = $1 and state = 'new' and not_before > now()`, [lane])
  tx.ring('outbox')
}

/**
 * Writes down how sendings ended and where they landed, in one statement. Returns the ids that another attempt has taken over
 * meanwhile: an answer of theirs came late. A repetition of the same marks changes nothing and is not late.
 */
export const settle = async (db: Db, by: string | Express, list: Settlement[]): Promise<Set<number>> => {
  if (list.length === 0) return new Set()
  const [owner, express] = typeof by === 'string' ? [by, undefined] : [by.owner, by]
  await at('outbox:settle')
  for (const ended of list) if (ended.silence) await silence(db, ended.silence)
  const follow = list.flatMap(({ row, follow = [] }) => follow.map((one) => ({ cause: row.cause, ...one })))
  // Before the marks: whatever fails in between is done again as a whole, and a key is there once.
  await enqueue(
    db,
    follow.filter((one) => !isSimple(one)),
  )
  const marks = list.map(({ row, state, fault, afterMs }) => ({
    id: row.id,
    attempt: row.attempt,
    state,
    fault: fault ?? null,
    after: (afterMs ?? 0) / 1000,
    chat: row.chat,
  }))
  const copies = list.flatMap(({ row, copies = [] }) => copies.map((copy) => ({ ...copy, id: row.id })))
  const behind = follow.filter(isSimple).map((one) => placed(one, express))
  const places = list.filter(({ state }) => state === 'sent' || state === 'failed').filter(() => express?.reserve())
  let room = places.length
  const settling = () => {
    const lists = [marks, copies, behind.map(({ posted }) => posted)].map((one) => JSON.stringify(one))
    return db.run<Settled>(SETTLE, [owner, ...lists, room])
  }
  const found = await settling()
    .catch((error) => {
      if (!isUniqueViolation(error)) throw error
      // Another replica has just put something into one of these lanes.
      for (const { posted } of behind) posted.owner = null
      room = 0
      return settling()
    })
    .catch((error) => {
      for (const one of [...behind, ...places.map(() => ({ express }))]) one.express?.use('unknown')
      throw error
    })
  const next = found.flatMap(({ taken, payload, chat }) => (taken && payload ? { ...taken, payload, chat } : []))
  for (const [n] of places.entries()) express?.use(next[n] ?? null)
  for (const one of behind) {
    const row = found.find(({ posted }) => posted?.key === one.posted.key)?.posted
    sendOff(row, one)
    if (row?.state === 'new' && !one.express) db.ring('outbox')
  }
  await at('outbox:settled')
  return new Set(found.flatMap(({ late }) => late ?? []))
}

/** Nothing but the next in its lane. */
const isSimple = ({ place, notBefore, weight = 1 }: Outgoing): boolean =>
  place === undefined && notBefore === undefined && weight === 1

type Settled = {
  late: number | null
  posted: PostedRow | null
  taken: Omit<OutboxRow, 'payload' | 'chat'> | null
  payload: Buffer | null
  chat: number | null
}

/** Where a letter has gone, the next of its lane is in hand at once, up to $5 of them. */
const SETTLE = `
  with ended as (
    select * from json_to_recordset($2::json)
      as r(id bigint, attempt int, state text, fault text, after float8, chat bigint)
  ), marked as (
    update outbox o set state = e.state, fault = e.fault, owner = null, lease_until = null,
      done_at = case when e.state in ('sent', 'failed') then now() end,
      payload = case when e.state in ('sent', 'failed') then null else o.payload end,
      not_before = now() + make_interval(secs => e.after),
      repeated = o.repeated + (e.state = 'ambiguous')::int
    from ended e where o.id = e.id and o.attempt = e.attempt and o.owner = $1 and o.state = 'sending'
    returning o.id, o.lane, o.state, e.chat
  ), kept as (
    insert into copies (message_id, chat_id, copy_id)
    select r.message, r.chat, r.copy
    from json_to_recordset($3::json) as r(id bigint, message bigint, chat bigint, copy bigint) join marked on marked.id = r.id
    on conflict do nothing
  ), behind as (
    select * from json_to_recordset($4::json) as r(${POSTED})
  ), posted as (${post('behind')}
  ), next as (
    select n.id, m.chat from (
      select lane, chat from marked where state in ('sent', 'failed') and chat is not null limit $5) m
    cross join lateral (
      select w.id, w.state, w.not_before from outbox w
      where w.lane = m.lane and w.state in ('new', 'sending', 'ambiguous') and w.id not in (select id from ended)
      order by w.place limit 1) n
    where n.state in ('new', 'ambiguous') and n.not_before <= now()
      and not exists (select 1 from pace p where p.chat in (0, m.chat) and p.not_before > now())
  ), taken as (
    update outbox o set state = 'sending', owner = $1, attempt = o.attempt + 1,
      lease_until = now() + make_interval(secs => ${LEASE_S})
    from next n where o.id = n.id and o.state in ('new', 'ambiguous')
    returning o.id, o.place, o.key, o.lane, o.kind, o.payload, o.payload_version, o.priority, o.attempt, o.repeated, o.weight,
      o.cause, n.chat
  )
  select e.id as late, null::json as posted, null::json as taken, null::bytea as payload, null::bigint as chat
  from ended e join outbox o on o.id = e.id where o.attempt > e.attempt
  union all select null, row_to_json(p), null, null, null from posted p
  union all select null, null, (select row_to_json(r) from (
      select t.id, t.place, t.key, t.lane, t.kind, t.payload_version, t.priority, t.attempt, t.repeated, t.weight, t.cause) r),
    t.payload, t.chat from taken t`
