import type { Db } from '../db/client.ts'
import { fault, type Log } from '../log.ts'
import type { Express } from './express.ts'
import { at } from './failpoints.ts'
import type { Copy, OutboxRow, Outgoing, Settlement } from './outbox.ts'
import { goRounds, type Worker } from './rounds.ts'
import { settle } from './settle.ts'
import { giveBack, renew, takeReady } from './take.ts'

/** What became of one sending, in the words of the error table (telegram/errors.ts). */
export type Outcome =
  | { kind: 'sent'; copies?: Copy[]; follow?: Outgoing[] }
  | { kind: 'failed'; fault: string }
  /** Certainly not delivered: again after a while, first in its lane. */
  | { kind: 'again'; afterMs: number; fault: string }
  /** Telegram wants silence in this chat, or in all of them (0). */
  | { kind: 'silence'; chat: number; seconds: number; flood?: boolean }
  | { kind: 'ambiguous'; fault: string }

export type OutboxWork = {
  db: Db
  log: Log
  owner: string
  pace: number | 'off'
  /** Throws only where nobody knows whether it was sent. */
  deliver(row: OutboxRow): Promise<Outcome>
  /** The answer came after another attempt had begun: the extra copy can still be taken away. */
  late(row: OutboxRow, copies: Copy[]): Promise<void>
  atOnce?: number
}

const AMBIGUOUS_AFTER_MS = 2_000

/** Sends what waits: one row of a lane at a time, as many lanes at once as `atOnce`, at the pace of each chat. */
export const workOutbox = (work: OutboxWork): Worker & { express: Express | undefined } => {
  const { db, log, owner, pace, atOnce = 64 } = work
  const settled: Settlement[] = []
  let express: Express | undefined
  const worker = goRounds<OutboxRow>({
    name: 'outbox',
    log,
    atOnce,
    mayRunAgain: false,
    claim: (most) => takeReady(db, { owner, pace, most }),
    tellOthers: () => db.tellOthers('outbox'),
    work: async (row) => {
      const began = performance.now()
      const settlement = await settlementOf(work, row)
      traced(log, settlement, performance.now() - began)
      settled.push(settlement)
    },
    ended: () => settled.length,
    settle: async () => {
      const list = settled.splice(0)
      const late = await settle(db, express ?? owner, list).catch((error) => {
        settled.push(...list)
        throw error
      })
      for (const { row, copies } of list) if (late.has(row.id) && copies) void work.late(row, copies).catch(() => {})
    },
    renew: (ids) => renew(db, owner, ids),
    giveBack: (inHand) => giveBack(db, owner, [...inHand, ...settled.map(({ row }) => row.id)]),
  })
  // With a pace to keep, every letter goes through the claim, which counts.
  express = pace === 'off' ? { owner, reserve: worker.reserve, use: worker.use } : undefined
  return { ...worker, express }
}

/** One line a sending, with the id of the update that it follows from. */
const traced = (log: Log, { row, state, silence }: Settlement, ms: number): void => {
  log.info('trace.sent', {
    row: row.id,
    cause: row.cause,
    kind: row.kind,
    to: row.lane.split(':')[0],
    outcome: silence ? 'silence' : state === 'new' ? 'again' : state,
    seconds: silence?.seconds,
    attempt: row.attempt,
    ms: Math.round(ms * 10) / 10,
  })
}

const settlementOf = async (work: OutboxWork, row: OutboxRow): Promise<Settlement> => {
  await at('outbox:send')
  const outcome = await work.deliver(row).catch((error): Outcome => {
    work.log.error('outbox.unplanned', { row: row.id, kind: row.kind, ...fault(error) })
    return { kind: 'ambiguous', fault: 'unplanned' }
  })
  await at('outbox:sent')
  if (outcome.kind === 'sent') return { row, state: 'sent', copies: outcome.copies, follow: outcome.follow }
  work.log.warn(`outbox.${outcome.kind}`, { row: row.id, kind: row.kind, attempt: row.attempt })
  switch (outcome.kind) {
    case 'failed':
      return { row, state: 'failed', fault: outcome.fault }
    case 'again':
      return { row, state: 'new', fault: outcome.fault, afterMs: outcome.afterMs }
    case 'ambiguous':
      return { row, state: 'ambiguous', fault: outcome.fault, afterMs: backoff(row) }
    case 'silence':
      return { row, state: 'new', fault: '429', silence: outcome }
  }
}

const backoff = (row: OutboxRow): number => Math.min(AMBIGUOUS_AFTER_MS * row.attempt, 60_000)
