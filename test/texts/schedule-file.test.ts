import { describe, expect, it } from 'vitest'
import { scheduleOf } from '../../src/desk/schedule.ts'
import { scheduleSchema } from '../../src/texts/schema.ts'
import { loadTexts } from '../../src/texts.ts'

const WORKDAY = ['09:00-13:00', '14:00-18:00']
const WEEK = { mon: WORKDAY, tue: WORKDAY, wed: WORKDAY, thu: WORKDAY, fri: WORKDAY, sat: [], sun: [] }

const data = (over: Record<string, unknown>) =>
  scheduleSchema.parse({ timezone: 'Europe/Moscow', default: WEEK, lines: {}, overrides: [], ...over })

describe('hours that cannot be', () => {
  it.each(['18:00-09:00', '22:00-25:00', '9:00-18:00', '09:60-10:00', '09:00-09:00', 'closed'])(
    'refuses %s',
    (hours) => {
      expect(() => data({ default: { ...WEEK, mon: [hours] } })).toThrow(/no interval/)
    },
  )

  it.each([
    [{ timezone: 'Europe/Okoshko' }, /no time zone/],
    [{ overrides: [{ date: '2026-02-30', hours: [] }] }, /no date/],
    [{ overrides: ['2026-01-01', '2026-01-01'].map((date) => ({ date, hours: [] })) }, /names a date twice/],
    [{ default: { ...WEEK, mon: ['09:00-13:00', '12:00-18:00'] } }, /overlap/],
    [{ lines: { parking: {} } }, /parking/],
  ])('refuses %j', (over, message) => {
    expect(() => data(over)).toThrow(message)
  })
})

describe('the holidays of the file', () => {
  const schedule = scheduleOf(loadTexts().schedule, 'services')
  const moscow = (date: string) => new Date(`${date}T00:00:00+03:00`)
  const hours = (from: string, to: string) => schedule.workingMinutes(moscow(from), moscow(to)) / 60
  const HOLIDAYS = [
    '01-01',
    '01-02',
    '01-03',
    '01-04',
    '01-05',
    '01-06',
    '01-07',
    '01-08',
    '02-23',
    '03-08',
    '05-01',
    '05-09',
    '06-12',
    '11-04',
  ]

  it('2026 has the 247 working days and 1,972 hours of the production calendar of a 40-hour week', () => {
    expect(hours('2026-01-01', '2027-01-01')).toBe(247 * 8 - 4)
  })

  it.each([2026, 2027])(
    '%i: every holiday of article 112 is a day off, and the working day before one is an hour shorter',
    (year) => {
      for (const day of HOLIDAYS) expect(schedule.on(`${year}-${day}`), day).toEqual([])
      const short = { 2026: ['04-30', '05-08', '06-11', '11-03'], 2027: ['02-22', '04-30', '06-11', '11-03', '12-31'] }[
        year
      ]
      for (const day of short ?? []) expect(schedule.on(`${year}-${day}`).at(-1)?.to, day).toBe(17 * 60)
    },
  )

  it.each(['2026-01-09', '2026-03-09', '2026-05-11', '2026-12-31', '2027-05-03', '2027-05-10', '2027-06-14'])(
    '%s is off because a holiday fell on a weekend',
    (day) => {
      expect(schedule.on(day)).toEqual([])
    },
  )
})
