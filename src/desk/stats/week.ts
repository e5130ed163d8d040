import { DESK_LANG, type Desk, LINES } from '../desk.ts'
import { gaps } from '../gaps.ts'
import { instantOf, localDate } from '../local-time.ts'
import * as count from './count.ts'
import { type Pace, pacesOf } from './paces.ts'

export type LineWeek = { line: string; opened: number; closed: number; first: Pace; closing: Pace }
export type Week = {
  days: { date: string; opened: number; closed: number }[]
  /** Appeals by the hour of the day at which they came. */
  hours: number[]
  opened: number
  closed: number
  first: Pace
  /** Of those who turned to the bot, who needed nobody. */
  alone: { contacts: number; alone: number }
  rating: { count: number; average: number | null }
  entries: { title: string; count: number }[]
  gaps: { example: string; count: number }[]
  lines: LineWeek[]
  share: number
}

const DAYS = 7
const TOP = 5

/** The seven days that end with this date, or with today. */
export const datesUntil = (last: string): string[] =>
  Array.from({ length: DAYS }, (_, back) => {
    const day = new Date(`${last}T00:00:00Z`)
    day.setUTCDate(day.getUTCDate() - (DAYS - 1 - back))
    return day.toISOString().slice(0, 10)
  })

export const today = (desk: Desk): string => localDate(new Date(), desk.texts().schedule.timezone)

/** Everything the picture, its text and the table show, from figures alone; only the gaps open what people wrote. */
export const weekUntil = async (desk: Desk, last: string): Promise<Week> => {
  const { schedule } = desk.texts()
  const dates = datesUntil(last)
  const zone = schedule.timezone
  const span = {
    from: instantOf(dates[0] ?? last, 0, zone),
    to: instantOf(datesAfter(last), 0, zone),
    zone,
  }
  const [opened, closed, answered, ended, alone, rating, entries, top] = await Promise.all([
    count.opened(desk, span),
    count.closed(desk, span),
    count.firstAnswers(desk, span),
    count.closings(desk, span),
    count.alone(desk, span),
    count.rating(desk, span),
    count.entries(desk, span, TOP),
    gaps(desk, DAYS),
  ])
  const first = await pacesOf(desk, 'first_answer', answered)
  const closing = await pacesOf(desk, 'closing', ended)
  const both = (which: (row: count.Counted) => boolean) => ({
    opened: sum(opened.filter(which)),
    closed: sum(closed.filter(which)),
  })
  return {
    days: dates.map((date) => ({ date, ...both((row) => row.date === date) })),
    hours: Array.from({ length: 24 }, (_, hour) => sum(opened.filter((row) => row.hour === hour))),
    opened: sum(opened),
    closed: sum(closed),
    first: first.all,
    alone,
    rating,
    entries: entries.map(({ entry, n }) => ({
      title: desk.texts().entry(DESK_LANG, entry)?.title ?? entry,
      count: n,
    })),
    gaps: top.slice(0, TOP).map(({ asked, count: n }) => ({ example: asked[0] ?? '', count: n })),
    lines: LINES.map((line) => ({
      line,
      ...both((row) => row.line === line),
      first: first.of(line),
      closing: closing.of(line),
    })),
    share: desk.texts().targets.plan.share,
  }
}

const sum = (rows: { n: number }[]): number => rows.reduce((total, { n }) => total + n, 0)

const datesAfter = (date: string): string => {
  const next = new Date(`${date}T00:00:00Z`)
  next.setUTCDate(next.getUTCDate() + 1)
  return next.toISOString().slice(0, 10)
}
