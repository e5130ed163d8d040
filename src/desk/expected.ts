import type { Desk, Line } from './desk.ts'
import { scheduleOf } from './schedule.ts'

/** Working minutes from the opening to the first answer: half of the people waited up to `from`, nine of ten up to `to`. */
export type Range = { from: number; to: number }

const FEWEST = 20
const MOST = 400
const WEEKS = 12

/**
 * What people of this line waited who came at this hour of the week; too few of them, then at this hour of any day. Null
 * while there are fewer than twenty: a guess is worse than nothing.
 */
export const expected = async (desk: Desk, line: Line, now: Date): Promise<Range | null> => {
  const { schedule } = desk.texts()
  const hours = scheduleOf(schedule, line)
  const seen = await desk.db.run<Seen>(SEEN, [line, WEEKS, schedule.timezone, now.toISOString(), MOST])
  const sameDay = seen.filter(({ same_day }) => same_day)
  const counted = sameDay.length >= FEWEST ? sameDay : seen
  if (counted.length < FEWEST) return null
  const waited = counted
    .map(({ opened, answered }) => hours.workingMinutes(new Date(opened), new Date(answered)))
    .sort((a, b) => a - b)
  return { from: rounded(at(waited, 0.5)), to: rounded(at(waited, 0.9)) }
}

type Seen = { opened: number; answered: number; same_day: boolean }

const SEEN = `
  with here as (select $4::timestamptz at time zone $3 as now)
  select extract(epoch from opened_at)::float8 * 1000 as opened, extract(epoch from first_answer_at)::float8 * 1000 as answered,
    extract(isodow from opened_at at time zone $3) = extract(isodow from here.now) as same_day
  from appeals, here
  where line = $1 and first_answer_at is not null and opened_at > $4::timestamptz - make_interval(weeks => $2)
    and kind = 'operator' and extract(hour from opened_at at time zone $3) = extract(hour from here.now)
  order by opened_at desc limit $5`

const at = (sorted: number[], share: number): number => sorted[Math.ceil(sorted.length * share) - 1] ?? 0

/** Up to what people say: 3, 5, 10, 15 … 60, then by half hours. Never less than a minute. */
const rounded = (minutes: number): number => {
  const step = minutes <= 5 ? 1 : minutes <= 60 ? 5 : 30
  return Math.max(1, Math.ceil(minutes / step) * step)
}
