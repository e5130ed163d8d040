import { type Interval, type ScheduleData, WEEKDAYS, type Week, type Weekday } from './schema.ts'

export type DayGroup = { days: Weekday[]; hours: readonly Interval[] }

export const weekOf = (schedule: ScheduleData, line?: string | null): Week =>
  (line ? schedule.lines[line] : undefined) ?? schedule.default

/** Neighbouring days of the same hours together; days off left out. */
export const openDays = (week: Week): DayGroup[] => {
  const groups: DayGroup[] = []
  for (const day of WEEKDAYS) {
    const last = groups.at(-1)
    if (last && sameHours(last.hours, week[day])) last.days.push(day)
    else groups.push({ days: [day], hours: week[day] })
  }
  return groups.filter((group) => group.hours.length > 0)
}

/** «пн–пт 09:00–13:00 и 14:00–18:00 (Москва)», in whatever language the runtime knows. */
export const hoursText = (schedule: ScheduleData, line: string | null, lang: string): string => {
  const list = new Intl.ListFormat(lang, { type: 'conjunction' })
  const groups = openDays(weekOf(schedule, line)).map(
    ({ days, hours }) => `${daysText(days, lang)} ${list.format(hours.map(intervalText))}`,
  )
  return `${groups.join(', ')} (${zoneText(schedule.timezone, lang)})`
}

const sameHours = (a: readonly Interval[], b: readonly Interval[]): boolean =>
  a.length === b.length && a.every((interval, i) => interval.from === b[i]?.from && interval.to === b[i]?.to)

const daysText = (days: readonly Weekday[], lang: string): string => {
  const [first, last] = [days[0], days.at(-1)].map((day) => (day ? dayName(day, lang) : ''))
  return days.length === 1 ? `${first}` : `${first}–${last}`
}

// 1 January 2024 was a Monday.
const dayName = (day: Weekday, lang: string): string =>
  new Intl.DateTimeFormat(lang, { weekday: 'short', timeZone: 'UTC' }).format(
    Date.UTC(2024, 0, 1 + WEEKDAYS.indexOf(day)),
  )

const intervalText = ({ from, to }: Interval): string => `${clock(from)}–${clock(to)}`

const clock = (minutes: number): string =>
  `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`

const zoneText = (timeZone: string, lang: string): string =>
  new Intl.DateTimeFormat(lang, { timeZone, timeZoneName: 'shortGeneric' })
    .formatToParts(Date.UTC(2024, 0, 1))
    .find((part) => part.type === 'timeZoneName')?.value ?? timeZone
