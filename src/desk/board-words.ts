import { DESK_LANG, type Desk, LINES } from './desk.ts'
import { instantOf, localDate } from './local-time.ts'

type LineNow = { line: string; waiting: number; in_hand: number; oldest: number | null; p50: number | null }

/**
 * What the people of a group look at all day. Only moments, never durations: a board on which nothing happens stays as it is,
 * and is not sent again.
 */
export const html = async (desk: Desk, id: number): Promise<string> => {
  const t = (key: string, vars?: Record<string, string | number>) => desk.texts().t(DESK_LANG, key, vars)
  const [figures, mine, online] = await Promise.all([linesNow(desk), linesOf(desk, id), onlineNow(desk)])
  const rows = LINES.filter((line) => mine.length === 0 || mine.includes(line)).map((line) => {
    const now = figures.find((one) => one.line === line)
    const parts = [
      now && now.waiting > 0
        ? t('board.waiting', { count: now.waiting, since: momentOf(desk, now.oldest ?? 0) })
        : t('board.nobody'),
      ...(now && now.in_hand > 0 ? [t('board.in_hand', { count: now.in_hand })] : []),
      ...(now && now.p50 !== null ? [answerIn(now.p50, t)] : []),
    ]
    return t('board.line', { line: t(`line.${line}`), parts: parts.join(' · ') })
  })
  const shift = online.length > 0 ? t('board.online', { names: online.join(', ') }) : t('board.no_one_online')
  return [t('board.head'), ...rows, '', shift, t('board.foot')].join('\n')
}

const answerIn = (minutes: number, t: (key: string, vars?: Record<string, number>) => string): string =>
  minutes < 1 ? t('board.answer_at_once') : t('board.answer', { minutes: Math.round(minutes) })

/** Open appeals by line, and half of today's first answers were quicker than `p50` minutes. */
export const linesNow = async (desk: Desk): Promise<LineNow[]> => {
  const zone = desk.texts().schedule.timezone
  const midnight = instantOf(localDate(new Date(), zone), 0, zone)
  return await desk.db.run<LineNow>(LINES_NOW, [midnight.toISOString()])
}

const LINES_NOW = `
  with answers as (
    select line, percentile_cont(0.5) within group (order by extract(epoch from first_answer_at - opened_at)) / 60 as p50
    from appeals where first_answer_at >= $1 group by line
  ), waits as (
    select line, count(*) as n, min(waiting_since) as oldest from appeals
    where waiting_since is not null and closed_at is null group by line
  ), hands as (
    select line, count(*) as n from appeals where closed_at is null and owner_id is not null group by line
  )
  select l.id as line, coalesce(w.n, 0)::int as waiting, coalesce(h.n, 0)::int as in_hand,
    (extract(epoch from w.oldest) * 1000)::float8 as oldest, a.p50::float8 as p50
  from lines l left join waits w on w.line = l.id left join hands h on h.line = l.id left join answers a on a.line = l.id`

const linesOf = async (desk: Desk, id: number): Promise<string[]> => {
  const rows = await desk.db.run<{ line: string }>(`select line from desk_lines where desk_id = $1`, [id])
  return rows.map(({ line }) => line)
}

/** Who said /online, and not so long ago that it was forgotten. */
const onlineNow = async (desk: Desk): Promise<string[]> => {
  const rows = await desk.db.run<{ name: string }>(
    `select name from operators where presence = 'online' and state = 'active'
       and presence_at > now() - make_interval(hours => $1) order by name`,
    [desk.texts().people.shiftHours],
  )
  return rows.map(({ name }) => name)
}

/** «12:05» today, «25.11 12:05» before. */
const momentOf = (desk: Desk, at: number): string => {
  const { timezone } = desk.texts().schedule
  const moment = new Date(at)
  const isToday = localDate(moment, timezone) === localDate(new Date(), timezone)
  const time = { hour: '2-digit', minute: '2-digit' } as const
  return new Intl.DateTimeFormat('ru-RU', {
    timeZone: timezone,
    ...time,
    ...(isToday ? {} : ({ day: '2-digit', month: '2-digit' } as const)),
  }).format(moment)
}
