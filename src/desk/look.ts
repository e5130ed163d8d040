import { type Appeal, isOpen, placeInQueue } from './appeals.ts'
import type { Desk } from './desk.ts'
import { expected, type Range } from './expected.ts'
import { scheduleOf } from './schedule.ts'
import * as waits from './waits.ts'

/** How things stand for who waits. */
export type Look = {
  state: 'waiting' | 'taken' | 'ended'
  mode: 'live' | 'left'
  place: number
  range: Range | null
  /** Nine of ten did not wait as long as this one. */
  longer: boolean
  /** The line is closed: when it opens. */
  opens: Date | null
}

export const look = async (desk: Desk, appeal: Appeal, now = new Date()): Promise<Look> => {
  const [wait, place, range] = await Promise.all([
    waits.of(desk, appeal.id),
    placeInQueue(desk, appeal),
    expected(desk, appeal.line, now),
  ])
  return lookOf(desk, appeal, { mode: wait?.mode === 'left' ? 'left' : 'live', place, range, now })
}

type Known = { mode: Look['mode']; place: number | null; range: Range | null; now: Date }

export const lookOf = (desk: Desk, appeal: Appeal, { mode, place, range, now }: Known): Look => {
  const hours = scheduleOf(desk.texts().schedule, appeal.line)
  const state = !isOpen(appeal) ? 'ended' : place === null ? 'taken' : 'waiting'
  const waited = appeal.waitingSince ? hours.workingMinutes(appeal.waitingSince, now) : 0
  return {
    state,
    mode,
    place: place ?? 0,
    range,
    longer: range !== null && waited > range.to,
    opens: hours.isOpen(now) ? null : hours.nextOpening(now),
  }
}

/** Two looks with one signature read the same. */
export const signature = ({ state, mode, place, range, longer, opens }: Look): string =>
  state === 'waiting' ? [mode, place, range?.from, range?.to, longer, opens?.getTime()].join('|') : state
