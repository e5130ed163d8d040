import { expect, test } from 'vitest'
import { scheduleOf } from '../../src/desk/schedule.ts'
import { csvOf } from '../../src/desk/stats/csv.ts'
import { picture } from '../../src/desk/stats/picture.ts'
import { render } from '../../src/desk/stats/render.ts'
import { fitted, widthOf } from '../../src/desk/stats/svg.ts'
import type { Week } from '../../src/desk/stats/week.ts'
import { percentile, workedOf } from '../../src/desk/stats/worked.ts'
import { loadTexts } from '../../src/texts.ts'

const { schedule } = loadTexts()
const pace = { count: 0, p50: null, p90: null, plan: 30, within: null }
const quiet: Week = {
  days: ['20', '21', '22', '23', '24', '25', '26'].map((day) => ({ date: `2026-11-${day}`, opened: 0, closed: 0 })),
  hours: Array.from({ length: 24 }, () => 0),
  opened: 0,
  closed: 0,
  first: pace,
  alone: { contacts: 0, alone: 0 },
  rating: { count: 0, average: null },
  entries: [],
  gaps: [],
  lines: [],
  share: 90,
}
const say = (key: string, vars: object = {}) => [key, ...Object.values(vars)].join(' ')

test('working minutes of many pairs are those of the schedule', () => {
  const moments = Array.from({ length: 60 }, (_, n) => Date.parse('2026-10-30T05:00:00Z') + n * 7 * 3_600_000)
  for (const line of ['access', 'fraud']) {
    const worked = workedOf(schedule, line, [moments[0] ?? 0, moments.at(-1) ?? 0])
    const hours = scheduleOf(schedule, line)
    for (const from of moments)
      for (const to of moments.filter((one) => one > from))
        expect(Math.floor(worked(from, to) + 1e-9), `${line} ${new Date(from).toISOString()} ${to}`).toBe(
          hours.workingMinutes(new Date(from), new Date(to)),
        )
  }
})

test('percentiles lie between the values', () => {
  expect(percentile([], 0.5)).toBeNull()
  expect(percentile([7], 0.9)).toBe(7)
  expect(percentile([1, 2, 3, 4], 0.5)).toBe(2.5)
  expect(percentile([0, 10], 0.9)).toBeCloseTo(9)
})

test('a week without anything is a picture too, and so is one of 100,000', async () => {
  const busy = {
    ...quiet,
    opened: 100_000,
    days: quiet.days.map((day) => ({ ...day, opened: 14_285, closed: 13_000 })),
  }
  for (const week of [quiet, busy]) {
    const png = await render(picture({ week, say, lang: 'ru', title: '20–26 ноября' }))
    expect(png.subarray(1, 4).toString()).toBe('PNG')
    // Drawn with letters: the same sheet without them is smaller by far.
    const blank = await render(picture({ week, say: () => '', lang: 'ru', title: '' }))
    expect(png.length).toBeGreaterThan(blank.length * 1.3)
  }
})

test('what people wrote spoils neither the picture nor the table', async () => {
  const words = '<script>&"=cmd()\u0000\u0007\ud800 ;\n'
  const week = { ...quiet, gaps: [{ example: words, count: 1 }], entries: [{ title: '=1+1', count: 2 }] }
  const svg = picture({ week, say, lang: 'ru', title: words })
  expect(svg).not.toContain('<script>')
  expect((await render(svg)).length).toBeGreaterThan(1_000)
  const table = csvOf(week).toString()
  expect(table).toContain("entry;'=1+1;2")
  expect(table).toContain(`"${words.replaceAll('"', '""')}`.slice(0, 10))
})

test('long words are cut where they would leave the picture', () => {
  const long = 'Как восстановить доступ, если сменился номер телефона и почта'
  const cut = fitted(long, 300, 24)
  expect(cut).toMatch(/^Как восстановить.*…$/)
  expect(widthOf(cut, 24)).toBeLessThanOrEqual(300)
  expect(fitted('Коротко', 300, 24)).toBe('Коротко')
})
