import type { Db, Tx } from '../db/client.ts'
import { PRIORITY } from './outbox.ts'
import type { Waiting } from './take.ts'

/** Telegram's limits (Bot FAQ): a group 20 a minute, a private chat 1 a second, all chats 30 a second. */
export const GROUP = { most: 20, withinMs: 60_000 }
const PRIVATE = { most: 1, withinMs: 1_000 }
const ALL = { most: 30, withinMs: 1_000 }
/** Of a group's twenty, kept for new topics and cards. */
const KEPT_FOR_NEW = 2
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
  /** Chats in which an album waits for room: what is less urgent does not take it away bit by bit. */
  const held = new Set<number>()
  for (const row of rows) {
    if (going.length === most) break
    if (FREE.has(row.kind)) {
      going.push(row)
      continue
    }
    if (row.chat !== null && held.has(row.chat)) continue
    const own = row.chat === null ? [] : (sent.get(row.chat) ?? [])
    if (row.chat !== null) sent.set(row.chat, own)
    const at = { now, times, weight: row.weight }
    const wait = Math.max(waitFor(own, limitOf(row), at), waitFor(all, ALL, at))
    if (wait > 0) {
      if (row.chat !== null && row.weight > 1) held.add(row.chat)
      nextMs = Math.min(nextMs, wait)
      continue
    }
    going.push(row)
    count(own, windowOf(row.chat ?? 1, false), at)
    count(all, ALL, at)
  }
  return { going, nextMs }
}

type At = { now: number; times: number; weight?: number }

/** Milliseconds until one more may go, or an album of so many. */
export const waitFor = (sent: Sent, window: Window, { now, times, weight = 1 }: At): number => {
  const within = window.withinMs / times
  const deciding = sent.at(Math.min(-1, -window.most + weight - 1))
  return deciding === undefined ? 0 : Math.max(0, deciding + within - now)
}

/** The parts of an album count one by one; what a window cannot hold counts for the time after it. */
const count = (sent: Sent, window: Window, { now, times, weight = 1 }: At): void => {
  for (let part = 0; part < weight; part += 1)
    sent.push(now + Math.floor(part / window.most) * (window.withinMs / times))
  sent.sort((one, other) => one - other)
}

/**
 * For what is said in a group at once, past the outbox: an answer to a command, a screen. 0: it may go, and is counted.
 * Otherwise in how many milliseconds to ask again. It may use one of the places that are kept, so that it waits for new cards
 * only and not behind a queue of words.
 */
export const passing = async (db: Db, chat: number, times: number): Promise<number> =>
  await db.transaction(async (tx) => {
    const { sent, now } = await lockSent(tx, [chat])
    const [own, all] = [sent.get(chat) ?? [], sent.get(0) ?? []]
    const window = { ...GROUP, most: GROUP.most - KEPT_FOR_NEW + 1 }
    const wait = Math.max(waitFor(own, window, { now, times }), waitFor(all, ALL, { now, times }))
    if (wait > 0) return wait
    count(own, window, { now, times })
    count(all, ALL, { now, times })
    await saveSent(tx, sent, { now, times })
    return 0
  })

const limitOf = (row: Waiting): Window => windowOf(row.chat ?? 1, row.priority === PRIORITY.topic)

const windowOf = (chat: number, isNew: boolean): Window => {
  if (chat >= 0) return chat === 0 ? ALL : PRIVATE
  return isNew ? GROUP : { ...GROUP, most: GROUP.most - KEPT_FOR_NEW }
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

/** What was sent, and when each chat has room again; whoever looks next leaves full chats alone. */
export const saveSent = async (tx: Tx, sent: Map<number, Sent>, at: { now: number; times: number }): Promise<void> => {
  const opens = (chat: number, times: Sent, isNew: boolean) =>
    new Date(at.now + waitFor(times, windowOf(chat, isNew), at)).toISOString()
  const rows = [...sent].map(([chat, times]) => ({
    chat,
    sent: JSON.stringify(times.slice(-ALL.most).map(Math.ceil)),
    opens: opens(chat, times, false),
    opensForNew: opens(chat, times, true),
  }))
  await tx.run(
    `update pace p set sent = r.sent, opens_at = r.opens, opens_for_new_at = r."opensForNew"
     from json_to_recordset($1::json) as r(chat bigint, sent text, opens timestamptz, "opensForNew" timestamptz)
     where p.chat = r.chat`,
    [JSON.stringify(rows)],
  )
}
