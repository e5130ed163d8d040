import { expect, test } from 'vitest'
import { next } from '../../src/desk/digest.ts'

test.each([
  ['2026-03-04T10:00:00Z', 'Europe/Moscow', '2026-03-09', '2026-03-09T06:00:00.000Z'],
  ['2026-03-09T05:59:59Z', 'Europe/Moscow', '2026-03-09', '2026-03-09T06:00:00.000Z'],
  ['2026-03-09T06:00:00Z', 'Europe/Moscow', '2026-03-16', '2026-03-16T06:00:00.000Z'],
  // A Sunday in London that is a Monday in Kamchatka.
  ['2026-03-08T20:00:00Z', 'Asia/Kamchatka', '2026-03-09', '2026-03-08T21:00:00.000Z'],
  // Clocks go forward in between.
  ['2026-03-28T12:00:00Z', 'Europe/Berlin', '2026-03-30', '2026-03-30T07:00:00.000Z'],
])('after %s in %s comes Monday %s, nine o’clock', (now, zone, period, due) => {
  expect(next(new Date(now), zone)).toEqual({ period, due: new Date(due) })
})
