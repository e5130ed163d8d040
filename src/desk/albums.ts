import type { Place } from './content.ts'
import type { Desk, Tx } from './desk.ts'

/** An album's last part has no mark; it is taken to be whole after this pause. */
const PAUSE_MS = 1_500

/** Parts of an album join one row while it waits; a part that comes after it went is sent by itself. */
export const join = async (
  tx: Tx,
  chat: number,
  album: string,
): Promise<'gone' | { key: string; notBefore: Date; weight: number }> => {
  const key = `album:${chat}:${album}`
  const notBefore = new Date(Date.now() + PAUSE_MS)
  const weight = await partsOf(tx, chat, album)
  const joined = await tx.run(
    `update outbox set not_before = $2, weight = $3 where key = $1 and state = 'new' and attempt = 0 returning id`,
    [key, notBefore.toISOString(), weight],
  )
  // Asked by itself: a statement that waited for the sender still sees the row as it was before.
  const gone = joined.length === 0 && (await tx.run('select 1 from outbox where key = $1', [key])).length > 0
  return gone ? 'gone' : { key, notBefore, weight }
}

/** Parts that came too late for their album and have a row of their own. */
export const sentAlone = async <T extends { at: Place }>(desk: Desk, parts: T[]): Promise<Set<T>> => {
  const keyOf = ({ at }: T) => `relay:${at.chat}:${at.message}`
  const rows = await desk.db.run<{ key: string }>(
    'select key from outbox where key in (select value from json_array_elements_text($1::json))',
    [JSON.stringify(parts.map(keyOf))],
  )
  const alone = new Set(rows.map(({ key }) => key))
  return new Set(parts.filter((part) => alone.has(keyOf(part))))
}

/** How many messages an album is, as far as it has come. */
export const partsOf = async (tx: Tx, chat: number, album: string): Promise<number> => {
  const [row] = await tx.run<{ parts: number }>(
    'select count(distinct origin_message)::int as parts from messages where origin_chat = $1 and album = $2',
    [chat, album],
  )
  return Math.max(1, row?.parts ?? 1)
}
