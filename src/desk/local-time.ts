/** The date on the calendar of a time zone, as 2026-01-31. */
export const localDate = (at: Date, timezone: string): string =>
  new Date(at.getTime() + offsetAt(at, timezone)).toISOString().slice(0, 10)

export const nextDate = (date: string): string => {
  const next = new Date(`${date}T00:00:00Z`)
  next.setUTCDate(next.getUTCDate() + 1)
  return next.toISOString().slice(0, 10)
}

/**
 * The moment at which clocks of the zone show so many minutes after midnight. What a change of clocks skips is put
 * after the skip; of an hour that comes twice the first is taken.
 */
export const instantOf = (date: string, minutes: number, timezone: string): Date => {
  const shown = Date.parse(`${date}T00:00:00Z`) + minutes * 60_000
  const before = offsetAt(new Date(shown - DAY), timezone)
  const after = offsetAt(new Date(shown + DAY), timezone)
  const early = new Date(shown - Math.max(before, after))
  const late = new Date(shown - Math.min(before, after))
  return early.getTime() + offsetAt(early, timezone) === shown ? early : late
}

const DAY = 86_400_000

/** Clocks change at a quarter of an hour everywhere, and asking the calendar costs more than all the rest. */
const offsetAt = (at: Date, timezone: string): number => {
  const key = `${timezone} ${Math.floor(at.getTime() / QUARTER)}`
  const known = offsets.get(key)
  if (known !== undefined) return known
  if (offsets.size > 20_000) offsets.clear()
  const offset = lookUp(at, timezone)
  offsets.set(key, offset)
  return offset
}

const QUARTER = 900_000
const offsets = new Map<string, number>()

const lookUp = (at: Date, timezone: string): number => {
  const parts = formatOf(timezone).formatToParts(at)
  const part = (type: string): number => Number(parts.find((one) => one.type === type)?.value)
  const shown = Date.UTC(part('year'), part('month') - 1, part('day'), part('hour'), part('minute'), part('second'))
  return shown - Math.floor(at.getTime() / 1000) * 1000
}

const formats = new Map<string, Intl.DateTimeFormat>()

const formatOf = (timeZone: string): Intl.DateTimeFormat => {
  const known = formats.get(timeZone)
  if (known) return known
  const numeric = { year: 'numeric', month: 'numeric', day: 'numeric', hour: 'numeric', minute: 'numeric' } as const
  const made = new Intl.DateTimeFormat('en-US', { timeZone, hourCycle: 'h23', second: 'numeric', ...numeric })
  formats.set(timeZone, made)
  return made
}
