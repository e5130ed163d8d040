import { parseHtml } from '../../texts/html.ts'
import { DESK_LANG, type Desk } from '../desk.ts'
import type { Pace } from './paces.ts'
import { oneDigit, percent, type Say, span } from './picture.ts'
import type { Week } from './week.ts'

/** Words of the picture: plain, without marks. */
export const sayOf = (desk: Desk): Say => {
  const html = htmlOf(desk)
  return (key, vars) => parseHtml(html(key, vars)).text
}

const htmlOf =
  (desk: Desk): Say =>
  (key, vars) => {
    const texts = desk.texts()
    return key.startsWith('line.') ? texts.t(DESK_LANG, key) : texts.t(DESK_LANG, `stats.${key}`, vars)
  }

/** «20–26 ноября». */
export const titleOf = (week: Week): string => {
  const [first, last] = [week.days.at(0), week.days.at(-1)].map((day) => new Date(`${day?.date}T00:00:00Z`))
  const format = new Intl.DateTimeFormat(DESK_LANG, { day: 'numeric', month: 'long', timeZone: 'UTC' })
  return first && last ? format.formatRange(first, last) : ''
}

/** The same figures as on the picture, for who hears it read or wants to copy it. Telegram HTML. */
export const textOf = (desk: Desk, week: Week): string => {
  const html = htmlOf(desk)
  // What is put into another phrase is escaped there.
  const say = sayOf(desk)
  const { alone, rating, first } = week
  const none = html('nothing')
  const lines = week.lines.filter((line) => line.opened + line.closed + line.first.count > 0)
  const busiest = week.opened === 0 ? -1 : week.hours.indexOf(Math.max(...week.hours))
  return [
    html('text.head', { dates: titleOf(week) }),
    html('text.sums', { opened: week.opened, closed: week.closed }),
    first.p50 === null
      ? html('text.no_first')
      : html('text.first', { p50: span(first.p50, say), p90: span(first.p90, say) }),
    html('text.alone', {
      share: alone.contacts === 0 ? none : html('percent', { value: percent(alone.alone, alone.contacts) }),
      alone: alone.alone,
      contacts: alone.contacts,
    }),
    html('text.rating', {
      average: rating.average === null ? none : oneDigit(rating.average, DESK_LANG),
      count: rating.count,
    }),
    ...(busiest < 0 ? [] : [html('text.busiest', { hour: `${busiest}:00`, until: `${busiest + 1}:00` })]),
    '',
    html('text.days'),
    ...week.days.map(({ date, opened, closed }) => html('text.day', { day: dayOf(date), opened, closed })),
    ...(lines.length === 0 ? [] : ['', html('text.plan', { share: week.share })]),
    ...lines.map(({ line, first: answer, closing }) =>
      html('text.line', { line: say(`line.${line}`), first: paceText(answer, say), closing: paceText(closing, say) }),
    ),
    ...list(
      html,
      'text.entries',
      week.entries.map(({ title, count }) => ({ words: title, count })),
    ),
    ...list(
      html,
      'text.gaps',
      week.gaps.map(({ example, count }) => ({ words: example, count })),
    ),
  ].join('\n')
}

const paceText = ({ count, p50, plan, within }: Pace, say: Say): string =>
  count === 0 || within === null
    ? say('nothing')
    : say('text.pace', { p50: span(p50, say), plan: span(plan, say), within })

const list = (html: Say, head: string, rows: { words: string; count: number }[]): string[] =>
  rows.length === 0 ? [] : ['', html(head), ...rows.map(({ words, count }) => html('text.row', { words, count }))]

const dayOf = (date: string): string =>
  new Intl.DateTimeFormat(DESK_LANG, { weekday: 'short', day: 'numeric', timeZone: 'UTC' }).format(
    new Date(`${date}T00:00:00Z`),
  )
