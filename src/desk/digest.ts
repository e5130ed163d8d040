import { placesFor, tellAdmins } from './admins.ts'
import { shorten } from './content.ts'
import type { Desk } from './desk.ts'
import { type Gap, gaps } from './gaps.ts'
import type { Letter } from './letters.ts'
import { instantOf, localDate, nextDate } from './local-time.ts'
import { sendWeek } from './stats/send.ts'

const AT_MINUTES = 9 * 60
const DAYS = 7
const TOP = 5
const EXAMPLE = 80

/** Every Monday at nine, by the clocks of the desk. */
export const next = (now: Date, timezone: string): { period: string; due: Date } => {
  for (let date = localDate(now, timezone); ; date = nextDate(date)) {
    const due = instantOf(date, AT_MINUTES, timezone)
    if (new Date(`${date}T00:00:00Z`).getUTCDay() === 1 && due > now) return { period: date, due }
  }
}

/** The last week, Monday to Sunday, for seniors; and what it asked in vain, for those who write the answers. */
export const send = async (desk: Desk, period: string): Promise<void> => {
  const letter = letterOf(await gaps(desk, DAYS))
  const last = dayBefore(period)
  await desk.db.transaction(async (tx) => {
    for (const chat of await placesFor(tx, desk, ['senior', 'admin']))
      await sendWeek(tx, desk, { chat, key: `week:${period}`, last })
    await tellAdmins(tx, desk, { key: `digest:${period}`, letter })
  })
}

const dayBefore = (date: string): string =>
  new Date(Date.parse(`${date}T00:00:00Z`) - 86_400_000).toISOString().slice(0, 10)

const letterOf = (all: Gap[]): Letter => {
  if (all.length === 0) return { type: 'phrase', phrase: 'gaps.quiet' }
  const total = all.reduce((sum, { count }) => sum + count, 0)
  const lines = all.slice(0, TOP).map(({ count, asked }) => `${count} × «${shorten(asked[0] ?? '', EXAMPLE)}»`)
  return { type: 'phrase', phrase: 'gaps.week', vars: { total, lines: lines.join('\n') } }
}
