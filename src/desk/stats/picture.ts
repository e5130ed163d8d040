import { daysChart, hoursChart } from './charts.ts'
import * as draw from './svg.ts'
import type { Week } from './week.ts'

/** Words of the picture, asked for by their key below `stats.`. */
export type Say = (key: string, vars?: Record<string, string | number>) => string
export type Drawing = { week: Week; say: Say; lang: string; title: string }

const WIDTH = 1080
const EDGE = 32
const GAP = 20
const INNER = WIDTH - 2 * EDGE

/** The week on one sheet, made for a phone held upright: every word at least 24 of 1080 points. */
export const picture = (drawing: Drawing): string => {
  const parts = [head, tiles, days, hours, plans, lists]
  const shapes: string[] = []
  let y = 0
  for (const part of parts) {
    const { drawn, height } = part(drawing, y)
    shapes.push(...drawn)
    y += height + (height > 0 ? GAP : 0)
  }
  const height = y + EDGE - GAP
  return draw.svg(WIDTH, height, [draw.rect({ x: 0, y: 0, w: WIDTH, h: height }, draw.PAPER), ...shapes])
}

type Part = (drawing: Drawing, y: number) => { drawn: string[]; height: number }

const head: Part = ({ say, title }, y) => ({
  drawn: [
    draw.text(EDGE + 4, y + 78, say('week_of', { dates: title }), { size: 46, bold: true }),
    draw.text(EDGE + 4, y + 120, say('subtitle'), { size: 26, color: draw.MUTED }),
  ],
  height: 128,
})

const tiles: Part = ({ week, say, lang }, y) => {
  const w = (INNER - GAP) / 2
  const h = 146
  const { first, alone, rating } = week
  const share = alone.contacts === 0 ? say('nothing') : say('percent', { value: percent(alone.alone, alone.contacts) })
  const average = rating.average === null ? say('nothing') : oneDigit(rating.average, lang)
  const four = [
    { label: say('tile.opened'), value: whole(week.opened, lang), under: say('tile.closed', { count: week.closed }) },
    {
      label: say('tile.first'),
      value: span(first.p50, say),
      under: first.count === 0 ? say('tile.no_answers') : say('tile.p90', { value: span(first.p90, say) }),
    },
    { label: say('tile.alone'), value: share, under: say('tile.contacts', { count: alone.contacts }) },
    { label: say('tile.rating'), value: average, under: say('tile.ratings', { count: rating.count }) },
  ]
  const drawn = four.flatMap(({ label, value, under }, n) => {
    const box = { x: EDGE + (n % 2) * (w + GAP), y: y + Math.floor(n / 2) * (h + GAP), w, h }
    return [
      draw.card(box),
      draw.text(box.x + 28, box.y + 40, label, { size: 26, color: draw.MUTED }),
      draw.text(box.x + 28, box.y + 94, value, { size: 54, bold: true }),
      draw.text(box.x + 28, box.y + 129, under, { size: 25, color: draw.MUTED }),
    ]
  })
  return { drawn, height: 2 * h + GAP }
}

const days: Part = (drawing, y) => ({ drawn: daysChart(drawing, { x: EDGE, y, w: INNER, h: 350 }), height: 350 })

const hours: Part = (drawing, y) =>
  drawing.week.opened === 0
    ? { drawn: [], height: 0 }
    : { drawn: hoursChart(drawing, { x: EDGE, y, w: INNER, h: 230 }), height: 230 }

/** Each line of work against its plan; a week in which nothing was answered or closed has nothing to say here. */
const plans: Part = ({ week, say }, y) => {
  const rows = week.lines.filter(({ first, closing }) => first.count + closing.count > 0)
  if (rows.length === 0) return { drawn: [], height: 0 }
  const h = 96 + rows.length * 58
  const half = (INNER - 56 - 190) / 2
  const drawn = [
    draw.card({ x: EDGE, y, w: INNER, h }),
    draw.text(EDGE + 28, y + 46, say('plan.title'), { size: 28, bold: true }),
    draw.text(EDGE + 218, y + 82, say('plan.first'), { size: 24, color: draw.MUTED }),
    draw.text(EDGE + 218 + half, y + 82, say('plan.closing'), { size: 24, color: draw.MUTED }),
  ]
  rows.forEach(({ line, first, closing }, n) => {
    const base = y + 96 + n * 58
    drawn.push(draw.text(EDGE + 28, base + 32, draw.fitted(say(`line.${line}`), 180, 26), { size: 26 }))
    for (const [pace, x] of [[first, EDGE + 218] as const, [closing, EDGE + 218 + half] as const]) {
      if (pace.within === null) {
        drawn.push(draw.text(x, base + 32, say('nothing'), { size: 26, color: draw.MUTED }))
        continue
      }
      const color = pace.within >= week.share ? draw.GREEN : pace.within >= week.share - 20 ? draw.AMBER : draw.RED
      const words = say('plan.took', { value: span(pace.p50, say), plan: span(pace.plan, say) })
      drawn.push(
        draw.text(x, base + 28, say('percent', { value: pace.within }), { size: 26, bold: true, color }),
        draw.text(x + 104, base + 28, words, { size: 24, color: draw.MUTED }),
        draw.rect({ x, y: base + 38, w: half - 28, h: 8 }, draw.LINE, 4),
        draw.rect({ x, y: base + 38, w: ((half - 28) * pace.within) / 100, h: 8 }, color, 4),
      )
    }
  })
  return { drawn, height: h }
}

const lists: Part = (drawing, y) => {
  const { week, say } = drawing
  const gaps = week.gaps.map(({ example, count }) => ({ title: `«${example}»`, count }))
  const none = week.alone.contacts === 0 ? say('no_questions') : say('no_gaps')
  const first = list(y, { title: say('entries'), rows: week.entries, color: draw.BLUE, none: say('no_entries') })
  const second = list(y + first.height + GAP, { title: say('gaps'), rows: gaps, color: draw.AMBER, none })
  return { drawn: [...first.drawn, ...second.drawn], height: first.height + GAP + second.height }
}

type List = { title: string; rows: { title: string; count: number }[]; color: string; none: string }

const list = (y: number, { title, rows, color, none }: List): ReturnType<Part> => {
  const height = 76 + Math.max(1, rows.length) * 44
  const drawn = [
    draw.card({ x: EDGE, y, w: INNER, h: height }),
    draw.text(EDGE + 28, y + 46, title, { size: 28, bold: true }),
    ...(rows.length === 0 ? [draw.text(EDGE + 28, y + 92, none, { size: 25, color: draw.MUTED })] : []),
    ...rows.flatMap(({ title: name, count }, n) => [
      draw.text(EDGE + 28, y + 92 + n * 44, draw.fitted(name, INNER - 190, 25), { size: 25 }),
      draw.text(EDGE + INNER - 28, y + 92 + n * 44, String(count), { size: 26, bold: true, color, anchor: 'end' }),
    ]),
  ]
  return { drawn, height }
}

export const percent = (part: number, of: number): number => Math.round((part / of) * 100)

export const whole = (value: number, lang: string): string => new Intl.NumberFormat(lang).format(value)

export const oneDigit = (value: number, lang: string): string =>
  new Intl.NumberFormat(lang, { minimumFractionDigits: 1, maximumFractionDigits: 1 }).format(value)

/** Working minutes as people say them. */
export const span = (minutes: number | null, say: Say): string => {
  if (minutes === null) return say('nothing')
  if (minutes < 1) return say('under_a_minute')
  const whole = Math.round(minutes)
  if (whole < 60) return say('minutes', { minutes: whole })
  if (whole % 60 === 0 || whole >= 600) return say('hours', { hours: Math.round(whole / 60) })
  return say('hours_minutes', { hours: Math.floor(whole / 60), minutes: whole % 60 })
}
