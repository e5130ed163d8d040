import type { ScheduleData } from '../texts/schema.ts'
import { instantOf, localDate, nextDate } from './local-time.ts'
import { scheduleOf } from './schedule.ts'

/** A stretch of working time in which somebody will call. */
export type Slot = { opens: Date; closes: Date }

const LASTS_MIN = 120
const SOONEST_MS = 30 * 60_000
const MOST = 6
const DAYS_AHEAD = 60

/** The next slots of a line, in order. */
export const slotsOf = (data: ScheduleData, line: string, now: Date): Slot[] => {
  const slots: Slot[] = []
  let date = localDate(now, data.timezone)
  for (let day = 0; day < DAYS_AHEAD && slots.length < MOST; day += 1) {
    slots.push(...slotsOn(data, line, date).filter(({ opens }) => opens.getTime() >= now.getTime() + SOONEST_MS))
    date = nextDate(date)
  }
  return slots.slice(0, MOST)
}

/** How a slot is kept among the answers of a draft; people read it in their own language. */
export const writeSlot = ({ opens, closes }: Slot): string => `slot:${opens.getTime()}:${closes.getTime()}`

export const slotIn = (text: string): Slot | null => {
  const [, opens, closes] = /^slot:(\d{13}):(\d{13})$/.exec(text) ?? []
  return opens && closes ? { opens: new Date(Number(opens)), closes: new Date(Number(closes)) } : null
}

const slotsOn = (data: ScheduleData, line: string, date: string): Slot[] =>
  scheduleOf(data, line)
    .on(date)
    .flatMap(({ from, to }) => {
      const parts = Math.max(1, Math.floor((to - from) / LASTS_MIN))
      const length = (to - from) / parts
      return Array.from({ length: parts }, (_, n) => ({
        opens: instantOf(date, Math.round(from + n * length), data.timezone),
        closes: instantOf(date, Math.round(from + (n + 1) * length), data.timezone),
      }))
    })
