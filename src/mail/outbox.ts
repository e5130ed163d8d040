import type { Db, Tx } from '../db/client.ts'
import { at } from './failpoints.ts'
import type { Silence } from './silence.ts'

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
