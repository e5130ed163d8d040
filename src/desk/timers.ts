import type { InboxRow } from '../mail/inbox.ts'
import { store } from '../mail/inbox.ts'
import type { Desk } from './desk.ts'
import { type Reminder, remind } from './reminders.ts'
import { tidy } from './tidy.ts'

/** A timer is an inbox row without an update: the same claim, lane and retries, and it survives every restart. */
type Timer = { kind: 'tidy'; period: string }

const RING: { [K in Timer['kind']]: (desk: Desk) => Promise<void> } = { tidy }
const HOUR_MS = 3_600_000

/** Makes sure that the next round of each periodic work is in the inbox; its key is kind + period, so one is enough. */
export const wind = async (desk: Desk): Promise<void> => {
  const due = new Date(Math.ceil((Date.now() + 1) / HOUR_MS) * HOUR_MS)
  const timer: Timer = { kind: 'tidy', period: due.toISOString().slice(0, 13) }
  await store(desk.db, [
    { key: `timer:${timer.kind}:${timer.period}`, lane: `timer:${timer.kind}`, dueAt: due, body: desk.keys.own(timer) },
  ])
}

export const ring = async (desk: Desk, row: InboxRow): Promise<void> => {
  const timer = await desk.keys.open<Timer | Reminder>(row.body)
  // Set once, by a person; nothing winds it again.
  if (timer?.kind === 'remind') return await remind(desk, timer)
  if (!timer || !Object.hasOwn(RING, timer.kind)) throw new Error('a timer of an unknown kind')
  await wind(desk)
  await RING[timer.kind](desk)
}
