import type { Db, Tx } from '../db/client.ts'

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
  chat: number | null
}

/** Where a delivered message landed. */
export type Copy = { message: number; chat: number; copy: number }
export type Settlement = { row: OutboxRow; state: 'sent' | 'failed'; fault?: string; copies?: Copy[] }

const LEASE_S = 45

/** Puts rows into the outbox as part of the deed's transaction; a key that is there already stays as it is. */
export const enqueue = async (tx: Tx | Db, rows: Outgoing[]): Promise<void> => {
  if (rows.length === 0) return
  const list = rows.map((row) => ({
    ...row,
    payload: row.payload.toString('hex'),
    notBefore: row.notBefore?.toISOString() ?? null,
    place: row.place ?? null,
  }))
  await tx.run(
    `with added as (
       insert into outbox (place, key, lane, kind, payload, priority, not_before)
       select coalesce(place, nextval('outbox_place')), key, lane, kind, decode(payload, 'hex'), priority, coalesce("notBefore", now())
       from json_to_recordset($1::json)
         as r(place bigint, key text, lane text, kind text, payload text, priority smallint, "notBefore" timestamptz)
       on conflict (key) do nothing
       returning 1)
     select pg_notify('outbox', '') from (select 1 from added limit 1) as any_row`,
    [JSON.stringify(list)],
  )
}

/** The place of what goes first in a lane; undefined when nothing waits there. */
export const firstPlace = async (tx: Tx, lane: string): Promise<number | undefined> => {
  const [row] = await tx.run<{ place: number }>(
    `select place from outbox where lane = $1 and state in ('new', 'sending', 'ambiguous') order by place limit 1`,
    [lane],
  )
  return row?.place
}

/** The lane's own chat: fixed, or the citizen's, or that of the newest generation of the appeal's topic. */
const CHAT = `case split_part(o.lane, ':', 1)
  when 'chat' then split_part(o.lane, ':', 2)::bigint
  when 'citizen' then (select c.external_id from citizens c where c.id = split_part(o.lane, ':', 2)::bigint)
  else (select t.chat_id from topics t where t.appeal_id = split_part(o.lane, ':', 2)::bigint order by t.gen desc limit 1) end`
const READY = `(o.state in ('new', 'ambiguous') and o.not_before <= now()) or (o.state = 'sending' and o.lease_until < now())`

export type Waiting = OutboxRow & { expired: boolean }

/** Heads of lanes that may go now, locked for this transaction, without those whose chat Telegram silenced. */
export const ready = async (tx: Tx, limit: number): Promise<Waiting[]> =>
  await tx.run<Waiting>(
    `with recursive heads as (
       (select lane, place from outbox where state in ('new', 'sending', 'ambiguous') order by lane, place limit 1)
       union all
       (select n.lane, n.place from heads h cross join lateral (
          select lane, place from outbox where state in ('new', 'sending', 'ambiguous') and lane > h.lane
          order by lane, place limit 1) n)
     ), due as (
       select o.id, ${CHAT} as chat from heads h
       join outbox o on o.lane = h.lane and o.place = h.place and o.state in ('new', 'sending', 'ambiguous')
       where (${READY}) and not exists (
         select 1 from outbox w where w.lane = o.lane and w.state = 'sending' and w.id <> o.id)
     ), open as (
       select d.id, d.chat from due d join outbox o on o.id = d.id
       where not exists (select 1 from pace p where p.chat in (d.chat, 0) and p.not_before > now())
       order by o.priority, o.place limit $1
     )
     select o.id, o.place, o.key, o.lane, o.kind, o.payload, o.payload_version, o.priority, o.attempt, o.repeated,
            open.chat, o.state = 'sending' as expired
     from open join outbox o on o.id = open.id
     where ${READY}
     order by o.priority, o.place
     for update of o skip locked`,
    [limit],
  )

/** Intent before the wire: committed before anything is sent. */
export const take = async (tx: Tx, owner: string, rows: Waiting[]): Promise<OutboxRow[]> => {
  if (rows.length === 0) return []
  const taken = rows.map((row) => ({
    ...row,
    attempt: row.attempt + 1,
    repeated: row.repeated + (row.expired ? 1 : 0),
  }))
  await tx.run(
    `update outbox o set state = 'sending', owner = $1, attempt = r.attempt, repeated = r.repeated,
       lease_until = now() + make_interval(secs => $3)
     from json_to_recordset($2::json) as r(id bigint, attempt int, repeated smallint) where o.id = r.id`,
    [owner, JSON.stringify(taken.map(({ id, attempt, repeated }) => ({ id, attempt, repeated }))), LEASE_S],
  )
  return taken
}

/** Marks what went out and where it landed, in one statement. Returns the ids whose lease had moved on: their answer came late. */
export const settle = async (db: Db, owner: string, list: Settlement[]): Promise<Set<number>> => {
  const marks = list.map(({ row, state, fault }) => ({ id: row.id, attempt: row.attempt, state, fault: fault ?? null }))
  const copies = list.flatMap(({ row, copies = [] }) => copies.map((copy) => ({ ...copy, id: row.id })))
  const rows = await db.run<{ id: number }>(
    `with marked as (
       update outbox o set state = r.state, fault = r.fault, done_at = now(), owner = null, payload = null
       from json_to_recordset($2::json) as r(id bigint, attempt int, state text, fault text)
       where o.id = r.id and o.attempt = r.attempt and o.owner = $1 and o.state = 'sending'
       returning o.id
     ), kept as (
       insert into copies (message_id, chat_id, copy_id)
       select r.message, r.chat, r.copy
       from json_to_recordset($3::json) as r(id bigint, message bigint, chat bigint, copy bigint) join marked on marked.id = r.id
       on conflict do nothing
     )
     select id from marked`,
    [owner, JSON.stringify(marks), JSON.stringify(copies)],
  )
  const settled = new Set(rows.map(({ id }) => id))
  return new Set(list.map(({ row }) => row.id).filter((id) => !settled.has(id)))
}

export type Return = { state: 'new' | 'ambiguous'; afterMs: number; fault: string }

/** Back into the lane, first in it as before. Ambiguous means: it may have arrived, so the next sending says so. */
export const putBack = async (
  db: Db,
  owner: string,
  row: OutboxRow,
  { state, afterMs, fault }: Return,
): Promise<void> => {
  await db.run(
    `update outbox set state = $3, owner = null, fault = $4, not_before = now() + make_interval(secs => $5::float / 1000),
       repeated = repeated + case when $3 = 'ambiguous' then 1 else 0 end
     where id = $1 and owner = $2 and state = 'sending'`,
    [row.id, owner, state, fault, afterMs],
  )
}

/** Telegram asked for silence: that chat waits (0: every chat), whichever replica sends and however often it restarts. */
export const silence = async (db: Db, chat: number, seconds: number): Promise<void> => {
  await db.run(
    `insert into pace (chat, not_before) values ($1, now() + make_interval(secs => $2))
     on conflict (chat) do update set not_before = greatest(pace.not_before, excluded.not_before)`,
    [chat, seconds],
  )
}

/** What kept a chat silent is over. */
export const liftSilence = async (db: Db, chat: number): Promise<void> => {
  await db.run(`update pace set not_before = now() where chat = $1 and not_before > now()`, [chat])
  await db.run(`select pg_notify('outbox', '')`)
}

/** For a replica that stops before the wire was touched. */
export const giveBack = async (db: Db, owner: string, ids: number[]): Promise<void> => {
  await db.run(
    `update outbox set state = 'new', owner = null where owner = $1 and state = 'sending'
       and id in (select value::bigint from json_array_elements_text($2::json))`,
    [owner, JSON.stringify(ids)],
  )
}
