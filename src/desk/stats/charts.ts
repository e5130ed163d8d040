import type { Drawing } from './picture.ts'
import * as draw from './svg.ts'

type Chart = (drawing: Drawing, box: draw.Box) => string[]

const PAD = 28

/** What came and what was closed, day by day, two bars beside each other. */
export const daysChart: Chart = ({ week, say, lang }, box) => {
  const { x, y, w, h } = box
  const most = Math.max(1, ...week.days.flatMap(({ opened, closed }) => [opened, closed]))
  const [top, bottom] = [y + 110, y + h - 58]
  const group = (w - 2 * PAD) / week.days.length
  const bar = Math.min(54, group * 0.4)
  const drawn = [
    draw.card(box),
    draw.text(x + PAD, y + 48, say('by_day'), { size: 28, bold: true }),
    ...legend(x + w - PAD, y + 46, [
      [say('closed'), draw.GREEN],
      [say('opened'), draw.BLUE],
    ]),
    draw.rule(x + PAD, bottom, w - 2 * PAD),
    ...(week.opened + week.closed === 0 ? [nothing(say('no_appeals'), box)] : []),
  ]
  week.days.forEach((day, n) => {
    const middle = x + PAD + group * (n + 0.5)
    const pair = [
      { value: day.opened, at: middle - bar - 2, color: draw.BLUE },
      { value: day.closed, at: middle + 2, color: draw.GREEN },
    ]
    for (const { value, at, color } of pair) {
      const high = value === 0 ? 0 : Math.max(4, ((bottom - top) * value) / most)
      drawn.push(draw.rect({ x: at, y: bottom - high, w: bar, h: high }, color, Math.min(8, high / 2)))
      if (value > 0)
        drawn.push(
          draw.text(at + bar / 2, bottom - high - 8, String(value), {
            size: sizeFor(value),
            bold: true,
            anchor: 'middle',
            color,
          }),
        )
    }
    drawn.push(
      draw.text(middle, bottom + 38, dayName(day.date, lang), { size: 25, anchor: 'middle', color: draw.MUTED }),
    )
  })
  return drawn
}

/** When appeals come, hour by hour; the fullest hour is named. */
export const hoursChart: Chart = ({ week, say, lang }, box) => {
  const { x, y, w, h } = box
  const most = Math.max(1, ...week.hours)
  const peak = week.opened === 0 ? -1 : week.hours.indexOf(most)
  const [top, bottom] = [y + 92, y + h - 50]
  const step = (w - 2 * PAD) / 24
  const drawn = [
    draw.card(box),
    draw.text(x + PAD, y + 48, say('by_hour'), { size: 28, bold: true }),
    ...(peak < 0
      ? []
      : [
          draw.text(
            x + w - PAD,
            y + 48,
            say('peak', { hour: clock(peak), until: clock(peak + 1), count: whole(most, lang) }),
            {
              size: 25,
              anchor: 'end',
              color: draw.MUTED,
            },
          ),
        ]),
    draw.rule(x + PAD, bottom, w - 2 * PAD),
  ]
  week.hours.forEach((value, hour) => {
    const high = value === 0 ? 0 : Math.max(4, ((bottom - top) * value) / most)
    const at = x + PAD + step * hour
    drawn.push(
      draw.rect({ x: at + 4, y: bottom - high, w: step - 8, h: high }, hour === peak ? draw.AMBER : '#9DB9F5', 5),
    )
    if (hour % 3 === 0)
      drawn.push(draw.text(at + step / 2, bottom + 36, String(hour), { size: 24, anchor: 'middle', color: draw.MUTED }))
  })
  return drawn
}

/** From the right to the left. */
const legend = (right: number, y: number, names: [string, string][]): string[] => {
  let x = right
  return names.flatMap(([name, color]) => {
    const width = draw.widthOf(name, 25)
    const drawn = [
      draw.text(x, y, name, { size: 25, color: draw.MUTED, anchor: 'end' }),
      draw.rect({ x: x - width - 34, y: y - 19, w: 22, h: 22 }, color, 6),
    ]
    x -= width + 62
    return drawn
  })
}

const clock = (hour: number): string => `${hour}:00`
const whole = (value: number, lang: string): string => new Intl.NumberFormat(lang).format(value)

/** Two numbers stand side by side: the longer, the smaller. */
const sizeFor = (value: number): number => (value < 1_000 ? 22 : value < 10_000 ? 19 : 15)

const nothing = (words: string, { x, y, w, h }: draw.Box): string =>
  draw.text(x + w / 2, y + h / 2 + 12, words, { size: 26, anchor: 'middle', color: draw.MUTED })

/** «пн 23». */
const dayName = (date: string, lang: string): string => {
  const at = new Date(`${date}T00:00:00Z`)
  const weekday = new Intl.DateTimeFormat(lang, { weekday: 'short', timeZone: 'UTC' }).format(at)
  return `${weekday} ${at.getUTCDate()}`
}
