import type { Db } from '../db/client.ts'
import { fault, type Log } from '../log.ts'
import type { Copy, OutboxRow } from './outbox.ts'
import * as outbox from './outbox.ts'
import { admit, lockSent, saveSent } from './pace.ts'
import type { Worker } from './work.ts'

/** What became of one sending, in the words of the error table (telegram/errors.ts). */
export type Outcome =
  | { kind: 'sent'; copies?: Copy[] }
  | { kind: 'failed'; fault: string }
  /** Certainly not delivered: again after a while, first in its lane. */
  | { kind: 'again'; afterMs: number; fault: string }
  /** Telegram wants silence in this chat, or in all of them (0). */
  | { kind: 'silence'; chat: number; seconds: number }
  | { kind: 'ambiguous'; fault: string }

export type OutboxWork = {
  db: Db
  log: Log
  owner: string
  pace: number | 'off'
  deliver(row: OutboxRow): Promise<Outcome>
  /** The answer came after another attempt had begun: the extra copy can still be taken away. */
  late(row: OutboxRow, copies: Copy[]): Promise<void>
  atOnce?: number
}

const POLL_MS = 1_000
const AMBIGUOUS_AFTER_MS = 2_000

/** Sends what waits: one row of a lane at a time, as many lanes at once as `atOnce`, at the pace of each chat. */
export const workOutbox = (work: OutboxWork): Worker => {
  const { db, log, owner, atOnce = 24 } = work
  const inFlight = new Set<Promise<void>>()
  const settled: outbox.Settlement[] = []
  let stopping = false
  let turn: Promise<void> | null = null
  let again = false
  let later: NodeJS.Timeout | undefined

  const settle = async () => {
    const list = settled.splice(0)
    if (list.length === 0) return
    const late = await outbox.settle(db, owner, list).catch((error) => {
      settled.push(...list)
      throw error
    })
    for (const { row, copies } of list) if (late.has(row.id) && copies) await work.late(row, copies)
  }

  const one = async (row: OutboxRow) => {
    const outcome = await work.deliver(row).catch((error): Outcome => {
      log.error('outbox.unplanned', { row: row.id, kind: row.kind, ...fault(error) })
      return { kind: 'again', afterMs: Math.min(2_000 * row.attempt, 60_000), fault: 'unplanned' }
    })
    if (outcome.kind === 'sent') settled.push({ row, state: 'sent', copies: outcome.copies })
    else if (outcome.kind === 'failed') settled.push({ row, state: 'failed', fault: outcome.fault })
    else await goBack(work, row, outcome)
    if (outcome.kind !== 'sent')
      log.warn(`outbox.${outcome.kind}`, { row: row.id, kind: row.kind, attempt: row.attempt })
  }

  const round = async () => {
    do {
      again = false
      await settle()
      const free = atOnce - inFlight.size
      if (stopping || free <= 0) return
      const { rows, nextMs } = await claim(work, free)
      if (Number.isFinite(nextMs)) {
        clearTimeout(later)
        later = setTimeout(wake, Math.ceil(nextMs)).unref()
      }
      for (const row of rows) {
        const flight: Promise<void> = one(row)
          .catch((error) => log.error('outbox.lost_hold', { row: row.id, ...fault(error) }))
          .finally(() => {
            inFlight.delete(flight)
            wake()
          })
        inFlight.add(flight)
      }
    } while (again)
  }

  const wake = () => {
    again = true
    turn ??= round()
      .catch((error) => log.warn('outbox.storage', fault(error)))
      .finally(() => {
        turn = null
        if (again && !stopping && inFlight.size < atOnce) wake()
      })
  }

  const poll = setInterval(wake, POLL_MS)
  poll.unref()
  wake()

  return {
    wake,
    stop: async () => {
      stopping = true
      clearInterval(poll)
      clearTimeout(later)
      await turn
      await Promise.race([
        Promise.allSettled([...inFlight]),
        new Promise((resolve) => setTimeout(resolve, 8_000).unref()),
      ])
      await settle().catch(() => {})
    },
  }
}

const claim = async ({ db, owner, pace }: OutboxWork, limit: number) =>
  await db.transaction(async (tx) => {
    const waiting = await outbox.ready(tx, pace === 'off' ? limit : limit * 2)
    if (waiting.length === 0) return { rows: [], nextMs: Number.POSITIVE_INFINITY }
    if (pace === 'off') return { rows: await outbox.take(tx, owner, waiting), nextMs: Number.POSITIVE_INFINITY }
    const { sent, now } = await lockSent(
      tx,
      waiting.map((row) => row.chat ?? 0),
    )
    const { going, nextMs } = admit(waiting, sent, { now, times: pace, most: limit })
    const rows = await outbox.take(tx, owner, going)
    if (rows.length > 0) await saveSent(tx, sent)
    return { rows, nextMs }
  })

const goBack = async (
  { db, owner }: OutboxWork,
  row: OutboxRow,
  outcome: Exclude<Outcome, { kind: 'sent' | 'failed' }>,
) => {
  if (outcome.kind === 'silence') {
    await outbox.silence(db, outcome.chat, outcome.seconds)
    return await outbox.putBack(db, owner, row, { state: 'new', afterMs: 0, fault: '429' })
  }
  const afterMs = outcome.kind === 'again' ? outcome.afterMs : AMBIGUOUS_AFTER_MS
  await outbox.putBack(db, owner, row, {
    state: outcome.kind === 'again' ? 'new' : 'ambiguous',
    afterMs,
    fault: outcome.fault,
  })
}
