import type { Db } from '../db/client.ts'
import { fault, type Log } from '../log.ts'
import { at } from './failpoints.ts'
import type { Ending, InboxRow, Stored } from './inbox.ts'
import * as inbox from './inbox.ts'
import { createIntake } from './intake.ts'
import { goRounds, type Worker } from './rounds.ts'

export type InboxWork = {
  db: Db
  log: Log
  owner: string
  /** One run of one row; it may run again after a crash, so its effects have natural keys. */
  handle(row: InboxRow): Promise<void>
  /** Tells the author and the desk that a row was set aside. */
  setAside(row: InboxRow): Promise<void>
  atOnce?: number
}

const HANDLING_MS = 45_000

export type InboxWorker = Worker & {
  /** Stores updates; resolves after the commit. What is free to be handled is in hand with it. */
  store(rows: Stored[]): Promise<void>
}

/** Takes rows as lanes are free: as many lanes at once as `atOnce`, one row of a lane at a time. */
export const workInbox = (work: InboxWork): InboxWorker => {
  const { db, log, owner, atOnce = 64 } = work
  const intake = createIntake(db, owner)
  const [endings, suspects]: [Ending[], Set<number>] = [[], new Set()]
  const worker = goRounds<InboxRow>({
    name: 'inbox',
    log,
    atOnce,
    mayRunAgain: true,
    claim: async (most) => {
      const { rows, more } = await inbox.take(db, owner, { most, suspects: suspects.size === 0 ? 1 : 0 })
      for (const row of rows) if (row.suspect) suspects.add(row.id)
      return { rows, more }
    },
    intake: {
      waits: intake.waits,
      take: async (room) => {
        const { taken, waits } = await intake.take(room)
        if (waits) worker.wake(true)
        return taken
      },
    },
    tellOthers: () => db.tellOthers('inbox'),
    work: async (row) => {
      endings.push(await traced(work, row))
      suspects.delete(row.id)
    },
    ended: () => endings.length,
    settle: async () => {
      const list = endings.splice(0)
      await inbox.settle(db, owner, list).catch((error) => {
        endings.push(...list)
        throw error
      })
    },
    renew: (ids) => inbox.renew(db, owner, ids),
    giveBack: (inHand) => inbox.giveBack(db, owner, [...inHand, ...endings.map(({ row }) => row.id)]),
    tick: () => inbox.wakeTimers(db),
  })
  return {
    ...worker,
    store: (rows) => {
      const stored = intake.hand(rows)
      worker.nudge()
      return stored
    },
    stop: async () => {
      intake.close()
      await worker.stop()
    },
  }
}

/** One line an update, with its id and without a word of it. */
const traced = async (work: InboxWork, row: InboxRow): Promise<Ending> => {
  const began = performance.now()
  const ending = await endingOf(work, row)
  work.log.info('trace.handled', {
    update: row.key,
    row: row.id,
    from: row.lane.split(':')[0],
    outcome: ending.state === 'new' ? 'again' : ending.state,
    attempt: row.attempts,
    ms: Math.round((performance.now() - began) * 10) / 10,
  })
  return ending
}

const endingOf = async (work: InboxWork, row: InboxRow): Promise<Ending> => {
  if (row.attempts > inbox.MOST_ATTEMPTS) return await setAside(work, row)
  try {
    await at('inbox:handle')
    await withinTime(work.handle(row))
    await at('inbox:handled')
    return { row, state: 'done' }
  } catch (error) {
    work.log.warn('inbox.failed', { row: row.id, attempts: row.attempts, ...fault(error) })
    const ending = inbox.afterFailure(row, error)
    return ending.state === 'quarantined' ? await setAside(work, row, ending) : ending
  }
}

/** Nobody is told, then it is not set aside yet: it comes again, and nothing of it is handled but this. */
const setAside = async (work: InboxWork, row: InboxRow, ending: Ending = { row, state: 'quarantined' }) => {
  try {
    if (row.attempts <= inbox.MOST_ATTEMPTS_TO_TELL) await work.setAside(row)
    await at('inbox:told')
  } catch (error) {
    work.log.error('inbox.not_told', { row: row.id, ...fault(error) })
    const again = inbox.afterFailure(row, error, inbox.MOST_ATTEMPTS_TO_TELL)
    if (again.state !== 'quarantined') return again
  }
  work.log.error('inbox.quarantined', { row: row.id, lane_kind: row.lane.split(':')[0] })
  return ending
}

const withinTime = async (handling: Promise<void>): Promise<void> => {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error('handling took too long')), HANDLING_MS)
  })
  await Promise.race([handling, late]).finally(() => clearTimeout(timer))
}
