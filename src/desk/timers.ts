import type { InboxRow } from '../mail/inbox.ts'
import { type Stored, store } from '../mail/inbox.ts'
import { watch } from './alerts.ts'
import { seal } from './audit-chain.ts'
import * as bans from './bans.ts'
import * as board from './board.ts'
import type { Desk } from './desk.ts'
import * as digest from './digest.ts'
import { ringForget } from './forget.ts'
import * as lapsing from './lapsing.ts'
import { goRound, type Round } from './mailings.ts'
import * as overdue from './overdue.ts'
import { type Reminder, remind } from './reminders.ts'
import type { Silence } from './silence.ts'
import type { TermTimer } from './terms.ts'
import { tidy } from './tidy.ts'
import { goRound as tellWaiting } from './waiting.ts'

/** A timer is an inbox row without an update: the same claim, lane and retries, and it survives every restart. */
type Timer = { kind: 'tidy' | 'digest' | 'seal' | 'watch' | 'queue'; period: string }

const RING: { [K in Timer['kind']]: (desk: Desk, period: string) => Promise<void> } = {
  tidy,
  digest: digest.send,
  watch: (desk) => watch(desk),
  seal: async ({ db }) => void (await seal(db)),
  queue: tellWaiting,
}
const HOUR_MS = 3_600_000
const SEAL_MS = 5_000
const MINUTE_MS = 60_000

/** Makes sure that the next round of each periodic work is in the inbox; its key is kind + period, so one is enough. */
export const wind = async (desk: Desk): Promise<void> => {
  const due = nextWhole(HOUR_MS)
  const minute = nextWhole(MINUTE_MS)
  const monday = digest.next(new Date(), desk.texts().schedule.timezone)
  const sealing = nextWhole(SEAL_MS)
  await store(desk.db, [
    wound(desk, { kind: 'watch', period: minute.toISOString().slice(0, 16) }, minute),
    wound(desk, { kind: 'tidy', period: due.toISOString().slice(0, 13) }, due),
    wound(desk, { kind: 'digest', period: monday.period }, monday.due),
    wound(desk, { kind: 'seal', period: sealing.toISOString().slice(0, 19) }, sealing),
    wound(desk, { kind: 'queue', period: minute.toISOString().slice(0, 16) }, minute),
  ])
}

const nextWhole = (ms: number): Date => new Date(Math.ceil((Date.now() + 1) / ms) * ms)

const wound = (desk: Desk, timer: Timer, dueAt: Date): Stored => {
  const { kind, period } = timer
  return { key: `timer:${kind}:${period}`, lane: `timer:${kind}`, dueAt, body: desk.keys.own(timer) }
}

export const ring = async (desk: Desk, row: InboxRow): Promise<void> => {
  if (await ringForget(desk, row)) return
  const timer = await desk.keys.open<Timer | Reminder | Round | TermTimer | board.BoardTimer | Silence | bans.BanTimer>(
    row.body,
  )
  // Set once, by a person; nothing winds it again.
  if (timer?.kind === 'remind') return await remind(desk, timer)
  if (timer?.kind === 'ban') return await bans.runOut(desk, timer)
  if (timer && 'message' in timer) return await lapsing.ring(desk, timer)
  if (timer?.kind === 'mailing') return await goRound(desk, timer)
  if (timer?.kind === 'board') return await board.refresh(desk, timer)
  if (timer?.kind === 'answer') return await overdue.ring(desk, timer)
  if (!timer || !Object.hasOwn(RING, timer.kind)) throw new Error('a timer of an unknown kind')
  await wind(desk)
  await RING[timer.kind](desk, timer.period)
  await forgetBefore(desk, timer)
}

const STEP: Partial<Record<Timer['kind'], number>> = { seal: SEAL_MS, queue: MINUTE_MS, watch: MINUTE_MS }

/**
 * Twenty thousand rows a day would be kept for a week. What rings this often may run again without harm, so the key of the
 * round before is not needed any more; one that a pause left behind goes with the others, by its age.
 */
export const forgetBefore = async ({ db }: Pick<Desk, 'db'>, { kind, period }: Timer): Promise<void> => {
  const step = STEP[kind]
  if (step === undefined) return
  const before = new Date(Date.parse(`${period}Z`) - step).toISOString().slice(0, period.length)
  await db.run(`delete from inbox where key = $1 and state = 'done'`, [`timer:${kind}:${before}`])
}
