import type { Db } from '../db/client.ts'
import { fault, type Log } from '../log.ts'
import * as inbox from './inbox.ts'

export type Worker = { wake(): void; stop(): Promise<void> }
export type InboxWork = {
  db: Db
  log: Log
  owner: string
  /** One run of one row; it may run again after a crash, so its effects have natural keys. */
  handle(row: inbox.InboxRow): Promise<void>
  /** Tells the author and the desk that a row was set aside. */
  setAside(row: inbox.InboxRow): Promise<void>
  atOnce?: number
}

const POLL_MS = 1_000
const HANDLING_MS = 45_000

/** Takes rows as lanes are free: as many lanes at once as `atOnce`, one row of a lane at a time, woken by NOTIFY. */
export const workInbox = (work: InboxWork): Worker => {
  const { db, log, owner, atOnce = 16 } = work
  const inHand = new Set<Promise<void>>()
  const finished: number[] = []
  let stopping = false
  let turn: Promise<void> | null = null
  let again = false

  const finish = async () => {
    const ids = finished.splice(0)
    if (ids.length === 0) return
    await inbox.done(db, owner, ids).catch((error) => {
      finished.push(...ids)
      throw error
    })
  }

  const one = async (row: inbox.InboxRow) => {
    try {
      if (row.attempts > inbox.MOST_ATTEMPTS) await setAside(work, row)
      else await withinTime(work.handle(row))
      finished.push(row.id)
    } catch (error) {
      log.warn('inbox.failed', { row: row.id, attempts: row.attempts, ...fault(error) })
      if ((await inbox.failed(db, row, error)) === 'quarantine') await setAside(work, row)
      setTimeout(wake, 1_050).unref()
    }
  }

  const round = async () => {
    do {
      again = false
      await finish()
      const free = atOnce - inHand.size
      if (stopping || free <= 0) return
      for (const row of await inbox.claim(db, owner, free)) {
        const running: Promise<void> = one(row)
          .catch((error) => log.error('inbox.lost_hold', { row: row.id, ...fault(error) }))
          .finally(() => {
            inHand.delete(running)
            wake()
          })
        inHand.add(running)
      }
    } while (again)
  }

  const wake = () => {
    again = true
    turn ??= round()
      .catch((error) => log.warn('inbox.storage', fault(error)))
      .finally(() => {
        turn = null
        if (again && !stopping && inHand.size < atOnce) wake()
      })
  }

  const poll = setInterval(() => {
    void inbox.wakeTimers(db).catch(() => 0)
    wake()
  }, POLL_MS)
  poll.unref()
  wake()

  return {
    wake,
    stop: async () => {
      stopping = true
      clearInterval(poll)
      await Promise.race([
        Promise.allSettled([...inHand]),
        new Promise((resolve) => setTimeout(resolve, 8_000).unref()),
      ])
      await turn
      await finish().catch(() => {})
      await inbox.giveBack(db, owner).catch(() => {})
    },
  }
}

const setAside = async (work: InboxWork, row: inbox.InboxRow) => {
  await work.setAside(row)
  await inbox.quarantine(work.db, row.id)
  work.log.error('inbox.quarantined', { row: row.id, lane_kind: row.lane.split(':')[0] })
}

const withinTime = async (handling: Promise<void>): Promise<void> => {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error('handling took too long')), HANDLING_MS)
  })
  await Promise.race([handling, late]).finally(() => clearTimeout(timer))
}
