import { describe, expect, it } from 'vitest'
import { scheduleSchema } from '../../src/texts/schema.ts'

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
