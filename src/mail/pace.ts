import type { Tx } from '../db/client.ts'
import { PRIORITY } from './outbox.ts'
import type { Waiting } from './take.ts'

/** Telegram's limits (Bot FAQ): a group 20 a minute, a private chat 1 a second, all chats 30 a second. */
export const GROUP = { most: 20, withinMs: 60_000 }
export const PRIVATE = { most: 1, withinMs: 1_000 }
export const ALL = { most: 30, withinMs: 1_000 }
/** Of a group's twenty, kept for new topics and cards. */
export const KEPT_FOR_NEW = 2
/** What puts no message into a chat is not counted there. */
export const FREE = new Set(['react', 'pin', 'delete', 'topic_close'])

export type Window = { most: number; withinMs: number }
/** The moment, how many times Telegram's limits, and how many rows at the most. */
export type Limits = { now: number; times: number; most: number }
/** When a chat's last messages went, in milliseconds, oldest first. */
export type Sent = number[]

/**
 * Which of the waiting rows may go now, in their order, without any chat (or all together) passing its limit in any window.
 * `nextMs` says when the first of the others may go. `sent` is brought up to date in place.
 */
export const admit = (rows: Waiting[], sent: Map<number, Sent>, { now, times, most }: Limits) => {
  const going: Waiting[] = []
  let nextMs = Number.POSITIVE_INFINITY
  const all = sent.get(0) ?? []
  sent.set(0, all)
  for (const row of rows) {
    if (going.length === most) break
    if (FREE.has(row.kind)) {
      going.push(row)
      continue
    }
    const own = row.chat === null ? [] : (sent.get(row.chat) ?? [])
    if (row.chat !== null) sent.set(row.chat, own)
    const wait = Math.max(waitFor(own, limitOf(row), { now, times }), waitFor(all, ALL, { now, times }))
    if (wait > 0) {
      nextMs = Math.min(nextMs, wait)
      continue
    }
    going.push(row)
    own.push(now)
    all.push(now)
  }
  return { going, nextMs }
}

/** Milliseconds until one more may go. */
export const waitFor = (sent: Sent, window: Window, { now, times }: { now: number; times: number }): number => {
  const within = window.withinMs / times
  const deciding = sent.at(-window.most)
  return deciding === undefined ? 0 : Math.max(0, deciding + within - now)
}

const limitOf = (row: Waiting): Window => {
  if ((row.chat ?? 0) >= 0) return PRIVATE
  return row.priority === PRIORITY.topic ? GROUP : { ...GROUP, most: GROUP.most - KEPT_FOR_NEW }
}

/** Reads and locks the chats' histories; every replica takes them in the same order, so that none waits in a ring. */
export const lockSent = async (tx: Tx, chats: number[]): Promise<{ sent: Map<number, Sent>; now: number }> => {
  const wanted = JSON.stringify([...new Set([0, ...chats])])
  await tx.run(
    `insert into pace (chat) select value::bigint from json_array_elements_text($1::json) order by 1 on conflict do nothing`,
    [wanted],
  )
  const rows = await tx.run<{ chat: number; sent: string; now: number }>(
    `select chat, sent, (extract(epoch from clock_timestamp()) * 1000)::float8 as now from pace
     where chat in (select value::bigint from json_array_elements_text($1::json)) order by chat for update`,
    [wanted],
  )
  return {
    sent: new Map(rows.map(({ chat, sent }) => [chat, JSON.parse(sent) as Sent])),
    now: rows.at(-1)?.now ?? Date.now(),
  }
}

export const saveSent = async (tx: Tx, sent: Map<number, Sent>): Promise<void> => {
  const rows = [...sent].map(([chat, times]) => ({ chat, sent: JSON.stringify(times.slice(-ALL.most).map(Math.ceil)) }))
  await tx.run(
    `update pace p set sent = r.sent from json_to_recordset($1::json) as r(chat bigint, sent text) where p.chat = r.chat`,
    [JSON.stringify(rows)],
  )
}
