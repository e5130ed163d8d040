import { type DayGroup, openDays, weekOf } from '../texts/hours.ts'
import { type Interval, type ScheduleData, WEEKDAYS } from '../texts/schema.ts'
import { instantOf, localDate, nextDate } from './local-time.ts'

export type Opening = { opens: Date; closes: Date }

export type Schedule = {
  isOpen(at: Date): boolean
  /** The first moment from `at` on at which somebody works: `at` itself while open, null if not within a year. */
  nextOpening(at: Date): Date | null
  /** When the present stretch of work ends (lunch counts as an end); null while closed and for who never closes. */
  closesAt(at: Date): Date | null
  workingMinutes(from: Date, to: Date): number
  /** The moment by which so many minutes have been worked from `from` on: what is due, and when. Null if not within a year. */
  addMinutes(from: Date, minutes: number): Date | null
  /** The hours of a date on the calendar of the desk, as 2026-01-31. */
  on(date: string): readonly Interval[]
  /** What is special about this day, per language. */
  noteOn(at: Date): Record<string, string> | null
  describe(): { timezone: string; week: DayGroup[] }
}

/** The hours of one line of work; a line without hours of its own, or none, keeps the desk's. */
export const scheduleOf = (data: ScheduleData, line: string | null): Schedule => {
  const now = (at: Date): Opening | null => {
    const [next] = openings({ data, line }, at)
    return next && next.opens <= at ? next : null
  }
  return {
    isOpen: (at) => now(at) !== null,
    nextOpening: (at) => {
      const [next] = openings({ data, line }, at)
      return next ? latest(next.opens, at) : null
    },
    closesAt: (at) => {
      const open = now(at)
      return open && open.closes.getTime() - at.getTime() < YEAR ? open.closes : null
    },
    workingMinutes: (from, to) => workingMinutes({ data, line }, from, to),
    addMinutes: (from, minutes) => addMinutes({ data, line }, from, minutes),
    on: (date) => hoursOn({ data, line }, date),
    noteOn: (at) => overrideOn(data, localDate(at, data.timezone))?.note ?? null,
    describe: () => ({ timezone: data.timezone, week: openDays(weekOf(data, line)) }),
  }
}

type Hours = { data: ScheduleData; line: string | null; until?: Date }

const DAY = 86_400_000
const YEAR = 366 * DAY

const workingMinutes = (hours: Hours, from: Date, to: Date): number => {
  let worked = 0
  for (const { opens, closes } of openings({ ...hours, until: to }, from)) {
    if (opens >= to) break
    worked += Math.min(closes.getTime(), to.getTime()) - latest(opens, from).getTime()
  }
  return Math.floor(worked / 60_000)
}

const addMinutes = (hours: Hours, from: Date, minutes: number): Date | null => {
  if (minutes <= 0) return from
  let left = minutes * 60_000
  for (const { opens, closes } of openings(hours, from)) {
    const starts = latest(opens, from)
    const worked = closes.getTime() - starts.getTime()
    if (worked >= left) return new Date(starts.getTime() + left)
    left -= worked
  }
  return null
}

/** Stretches of work that end after `at`, in order, for a year or as far as asked; what touches is one stretch. */
function* openings(hours: Hours, at: Date): Generator<Opening> {
  let pending: Opening | null = null
  for (const next of dailyOpenings(hours, at)) {
    if (next.closes <= at) continue
    if (pending && next.opens <= pending.closes) {
      pending = { opens: pending.opens, closes: next.closes }
      continue
    }
    if (pending) yield pending
    pending = next
  }
  if (pending) yield pending
}

function* dailyOpenings(hours: Hours, at: Date): Generator<Opening> {
  const { timezone } = hours.data
  const last = localDate(hours.until ?? new Date(at.getTime() + YEAR), timezone)
  for (let date = localDate(at, timezone); date <= last; date = nextDate(date)) {
    for (const { from, to } of hoursOn(hours, date)) {
      const opening = { opens: instantOf(date, from, timezone), closes: instantOf(date, to, timezone) }
      if (opening.opens < opening.closes) yield opening
    }
  }
}

const hoursOn = ({ data, line }: Hours, date: string): readonly Interval[] => {
  const override = overrideOn(data, date)
  if (override) return (line ? override.lines[line] : undefined) ?? override.hours
  const weekday = WEEKDAYS[(new Date(date).getUTCDay() + 6) % 7] ?? 'mon'
  return weekOf(data, line)[weekday]
}

const overrideOn = (data: ScheduleData, date: string) => data.overrides.find((override) => override.date === date)

const latest = (a: Date, b: Date): Date => (a > b ? a : b)
