import type { ScheduleData } from '../../texts.ts'
import { instantOf, localDate, nextDate } from '../local-time.ts'
import { scheduleOf } from '../schedule.ts'

/** Working minutes between two moments, for thousands of pairs at once. */
export type Worked = (from: number, to: number) => number

const DAY_MS = 86_400_000
/** What is older counts from here on. */
const MOST_DAYS = 400

/** The hours of a line from `first` to `last` laid out once; then each answer is two looks into a sorted list. */
export const workedOf = (data: ScheduleData, line: string, [first, last]: readonly [number, number]): Worked => {
  const hours = scheduleOf(data, line)
  const end = localDate(new Date(last), data.timezone)
  const starts: number[] = []
  const ends: number[] = []
  const before: number[] = []
  let sum = 0
  for (let date = localDate(new Date(Math.max(first, last - MOST_DAYS * DAY_MS)), data.timezone); date <= end; ) {
    for (const { from, to } of hours.on(date)) {
      const opens = instantOf(date, from, data.timezone).getTime()
      const closes = instantOf(date, to, data.timezone).getTime()
      starts.push(opens)
      ends.push(closes)
      before.push(sum)
      sum += closes - opens
    }
    date = nextDate(date)
  }
  const until = (at: number): number => {
    const n = lastBelow(starts, at)
    return n < 0 ? 0 : (before[n] ?? 0) + Math.min(at, ends[n] ?? 0) - (starts[n] ?? 0)
  }
  return (from, to) => Math.max(0, (until(to) - until(from)) / 60_000)
}

const lastBelow = (sorted: number[], value: number): number => {
  let [low, high] = [0, sorted.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if ((sorted[middle] ?? 0) <= value) low = middle + 1
    else high = middle
  }
  return low - 1
}

/** The value below which `share` of the sorted values lie; null when there are none. */
export const percentile = (sorted: readonly number[], share: number): number | null => {
  if (sorted.length === 0) return null
  const at = (sorted.length - 1) * share
  const [low, high] = [sorted[Math.floor(at)] ?? 0, sorted[Math.ceil(at)] ?? 0]
  return low + (high - low) * (at - Math.floor(at))
}
