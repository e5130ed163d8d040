import { LINES } from '../../desk/desk.ts'
import { type HoursAsked, hoursAsked } from '../../desk/hours-asked.ts'
import { localDate } from '../../desk/local-time.ts'
import { scheduleOf } from '../../desk/schedule.ts'
import * as trail from '../../desk/trail.ts'
import type { Interval } from '../../texts/schema.ts'
import { button } from '../buttons.ts'
import type { Ctx } from '../context.ts'
import { wayOut } from '../keyboards.ts'
import { say } from '../show.ts'
import { longDate, timeOf, weekdayDate } from '../words.ts'

/** A question about our own hours is answered from the schedule. False: it is another question. */
export const answerHours = async (ctx: Ctx, text: string): Promise<boolean> => {
  const { desk } = ctx.house
  const { timezone } = desk.texts().schedule
  const asked = hoursAsked(text, localDate(new Date(), timezone))
  if (!asked) return false
  await trail.asked(desk, { citizen: ctx.citizen.id, key: ctx.key, text, verdict: 'answer' })
  await say(ctx, {
    html: `${wordsFor(ctx, asked)}\n\n${ctx.t('hours.usual')}`,
    rows: [[button(ctx.t('button.hours'), { verb: 'entry', id: 'contact.hours' })], wayOut(desk.texts(), ctx.lang)],
  })
  return true
}

const wordsFor = (ctx: Ctx, asked: HoursAsked): string => {
  if (asked.about === 'now') return rightNow(ctx, new Date())
  if (asked.about === 'dates') return asked.dates.map((date) => onDate(ctx, date)).join('\n\n')
  const { overrides, timezone } = ctx.house.desk.texts().schedule
  const today = localDate(new Date(), timezone)
  const next = overrides.filter(({ date }) => date >= today).slice(0, 4)
  if (next.length === 0) return ctx.t('hours.no_holidays')
  return [ctx.t('hours.holidays'), ...next.map(({ date }) => onDate(ctx, date))].join('\n\n')
}

const rightNow = (ctx: Ctx, at: Date): string => {
  const schedule = scheduleOf(ctx.house.desk.texts().schedule, null)
  const until = schedule.closesAt(at)
  if (until) return ctx.t('hours.open_now', { until: timeOf(until, ctx.lang) })
  const opens = schedule.nextOpening(at)
  return opens ? ctx.t('hours.closed_now', { opens: longDate(opens, ctx.lang) }) : ctx.t('hours.closed_long')
}

/** The desk's hours of a day; lines of work that differ are named below. */
const onDate = (ctx: Ctx, date: string): string => {
  const { schedule } = ctx.house.desk.texts()
  const hours = scheduleOf(schedule, null).on(date)
  const day = weekdayDate(date, ctx.lang)
  const note = schedule.overrides.find((one) => one.date === date)?.note?.[ctx.lang]
  const head =
    hours.length > 0 ? ctx.t('hours.day_open', { day, intervals: inWords(hours) }) : ctx.t('hours.day_closed', { day })
  const others = LINES.flatMap((line) => {
    const own = scheduleOf(schedule, line).on(date)
    if (inWords(own) === inWords(hours)) return []
    const intervals = own.length > 0 ? inWords(own) : ctx.t('hours.off')
    return [ctx.t('hours.line', { line: ctx.t(`line.${line}`), intervals })]
  })
  return [note ? `${head} (${note})` : head, ...others].join('\n')
}

const inWords = (hours: readonly Interval[]): string => hours.map(({ from, to }) => `${at(from)}–${at(to)}`).join(', ')

const at = (minutes: number): string =>
  `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`
