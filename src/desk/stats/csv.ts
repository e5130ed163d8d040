import type { Pace } from './paces.ts'
import type { Week } from './week.ts'

type Cell = string | number | null

/** One long table – what, of what, how much – that any spreadsheet opens: UTF-8 with its mark, semicolons, decimal points. */
export const csvOf = (week: Week): Buffer => {
  const rows: Cell[][] = [
    ['measure', 'of', 'value'],
    ['opened', '', week.opened],
    ['closed', '', week.closed],
    ...paceRows('first_answer', '', week.first),
    ['contacts', '', week.alone.contacts],
    ['answered_by_bot_alone', '', week.alone.alone],
    ['ratings', '', week.rating.count],
    ['rating_average', '', week.rating.average === null ? null : round(week.rating.average)],
    ...week.days.flatMap(({ date, opened, closed }): Cell[][] => [
      ['opened_on', date, opened],
      ['closed_on', date, closed],
    ]),
    ...week.hours.map((value, hour): Cell[] => ['opened_at_hour', hour, value]),
    ...week.lines.flatMap(({ line, opened, closed, first, closing }): Cell[][] => [
      ['opened', line, opened],
      ['closed', line, closed],
      ...paceRows('first_answer', line, first),
      ['first_answer_plan_minutes', line, first.plan],
      ...paceRows('closing', line, closing),
      ['closing_plan_minutes', line, closing.plan],
    ]),
    ...week.entries.map(({ title, count }): Cell[] => ['entry', title, count]),
    ...week.gaps.map(({ example, count }): Cell[] => ['gap', example, count]),
  ]
  return Buffer.from(`\uFEFF${rows.map((row) => row.map(cell).join(';')).join('\r\n')}\r\n`)
}

const paceRows = (name: string, of: string, { count, p50, p90, within }: Pace): Cell[][] => [
  [`${name}_count`, of, count],
  [`${name}_p50_minutes`, of, p50 === null ? null : round(p50)],
  [`${name}_p90_minutes`, of, p90 === null ? null : round(p90)],
  [`${name}_within_plan_percent`, of, within],
]

const round = (value: number): number => Math.round(value * 100) / 100

/** People's words may look like a formula to a spreadsheet; an apostrophe before them says that they are not. */
const cell = (value: Cell): string => {
  if (value === null) return ''
  if (typeof value === 'number') return String(value)
  const safe = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value
  return /[;"\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}
