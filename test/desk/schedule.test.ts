import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { scheduleOf } from '../../src/desk/schedule.ts'
import { type ScheduleData, scheduleSchema } from '../../src/texts/schema.ts'

const WORKDAY = ['09:00-13:00', '14:00-18:00']
const WEEK = { mon: WORKDAY, tue: WORKDAY, wed: WORKDAY, thu: WORKDAY, fri: WORKDAY, sat: [], sun: [] }

const data = (over: Record<string, unknown> = {}): ScheduleData =>
  scheduleSchema.parse({ timezone: 'Europe/Moscow', default: WEEK, lines: {}, overrides: [], ...over })

const YEAR = 366 * 86_400_000
const moscow = (clock: string): Date => new Date(`${clock}:00+03:00`)

describe('a week in Moscow', () => {
  const schedule = scheduleOf(data({ lines: { fraud: { sat: ['10:00-16:00'] } } }), null)

  it.each([
    ['2026-03-02T08:59', false, '2026-03-02T09:00', null],
    ['2026-03-02T09:00', true, '2026-03-02T09:00', '2026-03-02T13:00'],
    ['2026-03-02T12:59', true, '2026-03-02T12:59', '2026-03-02T13:00'],
    ['2026-03-02T13:00', false, '2026-03-02T14:00', null],
    ['2026-03-02T13:30', false, '2026-03-02T14:00', null],
    ['2026-03-06T17:59', true, '2026-03-06T17:59', '2026-03-06T18:00'],
    ['2026-03-06T18:00', false, '2026-03-09T09:00', null],
    ['2026-12-31T18:30', false, '2027-01-01T09:00', null],
  ])('%s: open %s, opens %s, closes %s', (at, open, opens, closes) => {
    expect(schedule.isOpen(moscow(at))).toBe(open)
    expect(schedule.nextOpening(moscow(at))).toEqual(moscow(opens))
    expect(schedule.closesAt(moscow(at))).toEqual(closes && moscow(closes))
  })

  it('gives a line its own Saturday and leaves it the rest', () => {
    const fraud = scheduleOf(data({ lines: { fraud: { sat: ['10:00-16:00'] } } }), 'fraud')
    expect(fraud.isOpen(moscow('2026-03-07T12:00'))).toBe(true)
    expect(schedule.isOpen(moscow('2026-03-07T12:00'))).toBe(false)
    expect(fraud.isOpen(moscow('2026-03-06T12:00'))).toBe(true)
  })

  it('counts working minutes without lunch, nights and weekends', () => {
    expect(schedule.workingMinutes(moscow('2026-03-02T12:30'), moscow('2026-03-02T14:30'))).toBe(60)
    expect(schedule.workingMinutes(moscow('2026-03-06T17:00'), moscow('2026-03-09T10:00'))).toBe(120)
    expect(schedule.workingMinutes(moscow('2026-01-01T00:00'), moscow('2028-01-01T00:00'))).toBe(522 * 480)
    expect(schedule.workingMinutes(moscow('2026-03-02T14:30'), moscow('2026-03-02T12:30'))).toBe(0)
  })

  it('adds working minutes over lunch, nights and weekends', () => {
    expect(schedule.addMinutes(moscow('2026-03-02T12:30'), 60)).toEqual(moscow('2026-03-02T14:30'))
    expect(schedule.addMinutes(moscow('2026-03-06T17:30'), 30)).toEqual(moscow('2026-03-06T18:00'))
    expect(schedule.addMinutes(moscow('2026-03-06T17:30'), 31)).toEqual(moscow('2026-03-09T09:01'))
    expect(schedule.addMinutes(moscow('2026-03-07T12:00'), 0)).toEqual(moscow('2026-03-07T12:00'))
  })

  it('describes the week in groups of equal days', () => {
    const hours = [
      { from: 540, to: 780 },
      { from: 840, to: 1080 },
    ]
    const week = [{ days: ['mon', 'tue', 'wed', 'thu', 'fri'], hours }]
    expect(schedule.describe()).toEqual({ timezone: 'Europe/Moscow', week })
  })
})

describe('dated overrides', () => {
  const overrides = [
    { date: '2026-12-31', hours: ['09:00-12:00'], note: { ru: 'Короткий день', en: 'A short day' } },
    { date: '2027-01-01', hours: [], lines: { fraud: ['10:00-16:00'] } },
    { date: '2027-01-02', hours: ['23:00-24:00'] },
    { date: '2027-01-03', hours: ['00:00-01:00'] },
  ]
  const schedule = scheduleOf(data({ overrides }), 'access')

  it('replaces the day, across the end of the year', () => {
    expect(schedule.closesAt(moscow('2026-12-31T10:00'))).toEqual(moscow('2026-12-31T12:00'))
    expect(schedule.nextOpening(moscow('2026-12-31T12:00'))).toEqual(moscow('2027-01-02T23:00'))
    expect(scheduleOf(data({ overrides }), 'fraud').isOpen(moscow('2027-01-01T11:00'))).toBe(true)
  })

  it('takes hours that meet at midnight as one stretch', () => {
    expect(schedule.closesAt(moscow('2027-01-02T23:30'))).toEqual(moscow('2027-01-03T01:00'))
  })

  it('tells what is special about the day', () => {
    expect(schedule.noteOn(moscow('2026-12-31T23:59'))).toEqual({ ru: 'Короткий день', en: 'A short day' })
    expect(schedule.noteOn(moscow('2027-01-01T00:00'))).toBeNull()
  })
})

describe('a zone that changes its clocks', () => {
  const hours = Object.fromEntries(Object.keys(WEEK).map((day) => [day, ['01:00-04:00']]))
  const schedule = scheduleOf(data({ timezone: 'Europe/Berlin', default: hours }), null)
  const minutesOf = (date: string): number => {
    const noon = Date.parse(`${date}T12:00:00Z`)
    return schedule.workingMinutes(new Date(noon - 14 * 3_600_000), new Date(noon))
  }

  it('counts the minutes that really pass', () => {
    expect(minutesOf('2026-03-28')).toBe(180)
    expect(minutesOf('2026-03-29')).toBe(120)
    expect(minutesOf('2026-10-25')).toBe(240)
    expect(minutesOf('2026-10-26')).toBe(180)
  })

  it('opens by the clock on the wall', () => {
    expect(schedule.nextOpening(new Date('2026-03-28T12:00:00Z'))).toEqual(new Date('2026-03-29T00:00:00Z'))
    expect(schedule.nextOpening(new Date('2026-03-29T12:00:00Z'))).toEqual(new Date('2026-03-29T23:00:00Z'))
  })
})

describe('a desk that never closes, and one that never opens', () => {
  const always = Object.fromEntries(Object.keys(WEEK).map((day) => [day, ['00:00-24:00']]))
  const never = Object.fromEntries(Object.keys(WEEK).map((day) => [day, []]))
  const at = moscow('2026-03-02T12:00')

  it('names no moment that will not come', () => {
    expect(scheduleOf(data({ default: always }), null).closesAt(at)).toBeNull()
    expect(scheduleOf(data({ default: always }), null).isOpen(at)).toBe(true)
    expect(scheduleOf(data({ default: never }), null).nextOpening(at)).toBeNull()
  })
})

describe('any week', () => {
  const interval = fc.tuple(fc.integer({ min: 0, max: 719 }), fc.integer({ min: 720, max: 1440 }))
  const clock = (minutes: number) =>
    [Math.floor(minutes / 60), minutes % 60].map((n) => `${n}`.padStart(2, '0')).join(':')
  const day = fc.option(interval).map((pair) => (pair ? [`${clock(pair[0])}-${clock(pair[1])}`] : []))
  const week = fc.record(Object.fromEntries(Object.keys(WEEK).map((name) => [name, day])))
  const zone = fc.constantFrom('Europe/Moscow', 'America/New_York', 'Asia/Kolkata', 'Pacific/Apia')
  const moment = fc.date({ min: new Date('2020-01-01'), max: new Date('2035-01-01'), noInvalidDate: true })

  it('is open when the next opening comes, and not before', () => {
    fc.assert(
      fc.property(week, zone, moment, (hours, timezone, at) => {
        const schedule = scheduleOf(data({ default: hours, timezone }), null)
        const next = schedule.nextOpening(at)
        if (!next) return expect(Object.values(hours).flat()).toEqual([])
        expect(schedule.isOpen(next)).toBe(true)
        expect(schedule.workingMinutes(at, next)).toBe(0)
        expect(next.getTime() === at.getTime()).toBe(schedule.isOpen(at))
        const closes = schedule.closesAt(next)
        if (closes) expect(schedule.isOpen(closes)).toBe(false)
      }),
      { numRuns: 200 },
    )
  })

  it('adds working minutes: so many are worked until then, and not one fewer', () => {
    fc.assert(
      fc.property(week, zone, moment, fc.integer({ min: 1, max: 10_000 }), (hours, timezone, at, minutes) => {
        const schedule = scheduleOf(data({ default: hours, timezone }), null)
        const due = schedule.addMinutes(at, minutes)
        if (!due) return expect(schedule.workingMinutes(at, new Date(at.getTime() + YEAR))).toBeLessThan(minutes)
        expect(schedule.workingMinutes(at, due)).toBe(minutes)
        expect(schedule.workingMinutes(at, new Date(due.getTime() - 1))).toBe(minutes - 1)
        expect(schedule.addMinutes(at, minutes + 1)?.getTime() ?? Number.POSITIVE_INFINITY).toBeGreaterThan(
          due.getTime(),
        )
      }),
      { numRuns: 150 },
    )
  })

  it('adds in parts what it adds as a whole', () => {
    fc.assert(
      fc.property(week, zone, fc.tuple(moment, fc.nat(3_000), fc.nat(3_000)), (hours, timezone, [at, a, b]) => {
        const schedule = scheduleOf(data({ default: hours, timezone }), null)
        const middle = schedule.addMinutes(at, a)
        const whole = schedule.addMinutes(at, a + b)
        if (middle && whole) expect(schedule.addMinutes(middle, b)).toEqual(whole)
      }),
      { numRuns: 150 },
    )
  })

  it('adds up: minutes to a moment and from it are the minutes over it', () => {
    fc.assert(
      fc.property(week, zone, fc.tuple(moment, fc.nat(20_000), fc.nat(20_000)), (hours, timezone, [at, a, b]) => {
        const schedule = scheduleOf(data({ default: hours, timezone }), null)
        const start = new Date(Math.floor(at.getTime() / 60_000) * 60_000)
        const middle = new Date(start.getTime() + a * 60_000)
        const end = new Date(middle.getTime() + b * 60_000)
        const parts = schedule.workingMinutes(start, middle) + schedule.workingMinutes(middle, end)
        expect(schedule.workingMinutes(start, end)).toBe(parts)
      }),
      { numRuns: 100 },
    )
  })
})
