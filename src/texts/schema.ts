import { z } from 'zod'

export const LINES = ['access', 'services', 'appeals', 'fraud', 'complaints'] as const
export const FLOWS = [
  'contest',
  'feedback',
  'operator',
  'appeals',
  'fault',
  'complaint',
  'callback',
  'recovery',
  'status',
  'prepare',
  'questions',
  'mfc',
  'email',
  'aid',
  'check',
  'report',
  'service',
  'sources',
] as const
export const WEEKDAYS = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const

export type Weekday = (typeof WEEKDAYS)[number]
export type Interval = { from: number; to: number }
export type Week = Record<Weekday, readonly Interval[]>
export type Override = {
  date: string
  hours: readonly Interval[]
  lines: Record<string, readonly Interval[]>
  note: Record<string, string> | null
}
/** Hours in minutes from midnight; a line that is not named keeps the default week. */
export type ScheduleData = {
  timezone: string
  default: Week
  lines: Record<string, Week>
  overrides: readonly Override[]
}

const text = z.string().trim().min(1, 'is empty')
const perLanguage = z.record(z.string(), text).refine((value) => 'ru' in value && 'en' in value, 'needs ru and en')
const date = z.iso.date('is no date like 2026-01-31')

const interval = z.string().transform((written, context): Interval => {
  const [from, to] = /^\d\d:\d\d-\d\d:\d\d$/.test(written) ? written.split('-').map(minutes) : []
  if (from === undefined || to === undefined || !(from < to && to <= 24 * 60)) {
    context.addIssue(`${written} is no interval like 09:00-13:00 inside one day`)
    return z.NEVER
  }
  return { from, to }
})

const minutes = (clock: string): number => {
  const hour = Number(clock.slice(0, 2))
  const minute = Number(clock.slice(3))
  return minute < 60 ? hour * 60 + minute : Number.NaN
}

const hours = z.array(interval).refine(inOrder, 'has intervals that overlap or are out of order')

function inOrder(intervals: readonly Interval[]): boolean {
  return intervals.every((interval, i) => i === 0 || interval.from >= (intervals[i - 1]?.to ?? 0))
}

const days = Object.fromEntries(WEEKDAYS.map((day) => [day, hours])) as Record<Weekday, typeof hours>

export const scheduleSchema = z
  .strictObject({
    timezone: z.string().refine(isTimezone, 'is no time zone like Europe/Moscow'),
    default: z.strictObject(days),
    lines: z.partialRecord(z.enum(LINES), z.strictObject(days).partial()),
    overrides: z
      .array(
        z.strictObject({
          date,
          hours,
          lines: z.partialRecord(z.enum(LINES), hours).default({}),
          note: perLanguage.nullable().default(null),
        }),
      )
      .refine((list) => new Set(list.map((day) => day.date)).size === list.length, 'names a date twice'),
  })
  .transform((written): ScheduleData => {
    const lines = Object.entries(written.lines).map(([line, week]) => [line, { ...written.default, ...week }])
    return { ...written, lines: Object.fromEntries(lines) as Record<string, Week> }
  })

function isTimezone(zone: string): boolean {
  try {
    return Boolean(new Intl.DateTimeFormat('en', { timeZone: zone }))
  } catch {
    return false
  }
}

export const factsSchema = z.record(
  z.string().regex(/^[a-z][a-z0-9_]*$/, 'is no fact key like hotline_short'),
  z
    .strictObject({
      kind: z.enum(['phone', 'link', 'hours', 'term', 'name']),
      value: perLanguage.nullable(),
      source: text,
      checked: date.nullable(),
      expires: date.nullable(),
      pointer: perLanguage,
    })
    .refine((fact) => fact.checked === null || fact.value !== null, 'is checked but has no value'),
)

export const retentionSchema = z.record(
  z.string(),
  z.strictObject({ days: z.int().positive(), from: text, reason: perLanguage }),
)

export type FactFile = z.infer<typeof factsSchema>
export type Retention = z.infer<typeof retentionSchema>
