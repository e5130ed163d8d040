import type { Desk } from '../desk.ts'

/** From a moment to another, in days of this time zone. */
export type Span = { from: Date; to: Date; zone: string }
export type Counted = { date: string; hour: number; line: string; n: number }
/** From its opening to what ended the wait, in milliseconds since 1970. */
export type Spell = { line: string; began: number; ended: number }

/** A desk with more than this in a week is measured by its newest. */
const MOST_SPELLS = 50_000

export const opened = async (desk: Desk, { from, to, zone }: Span): Promise<Counted[]> =>
  await desk.db.run<Counted>(
    `select to_char(opened_at at time zone $3, 'YYYY-MM-DD') as date, extract(hour from opened_at at time zone $3)::int as hour,
       line, count(*)::int as n
     from appeals where opened_at >= $1 and opened_at < $2 group by 1, 2, 3`,
    [from.toISOString(), to.toISOString(), zone],
  )

export const closed = async (desk: Desk, { from, to, zone }: Span): Promise<Counted[]> =>
  await desk.db.run<Counted>(
    `select to_char(closed_at at time zone $3, 'YYYY-MM-DD') as date, 0 as hour, line, count(*)::int as n
     from appeals where closed_at >= $1 and closed_at < $2 group by 1, 3`,
    [from.toISOString(), to.toISOString(), zone],
  )

export const firstAnswers = async (desk: Desk, span: Span): Promise<Spell[]> => await spells(desk, FIRST_ANSWERS, span)
export const closings = async (desk: Desk, span: Span): Promise<Spell[]> => await spells(desk, CLOSINGS, span)

const spells = async (desk: Desk, statement: string, { from, to }: Span): Promise<Spell[]> =>
  await desk.db.run<Spell>(statement, [from.toISOString(), to.toISOString(), MOST_SPELLS])

const ms = (moment: string) => `(extract(epoch from ${moment}) * 1000)::float8`
const FIRST_ANSWERS = `
  select line, ${ms('opened_at')} as began, ${ms('first_answer_at')} as ended from appeals
  where first_answer_at >= $1 and first_answer_at < $2 order by first_answer_at desc limit $3`
const CLOSINGS = `
  select line, ${ms('opened_at')} as began, ${ms('closed_at')} as ended from appeals
  where closed_at >= $1 and closed_at < $2 order by closed_at desc limit $3`

/**
 * People who turned to the bot, counted once a day: how many were shown an answer, said of none that it did not help, and
 * opened no appeal that day.
 */
export const alone = async (desk: Desk, { from, to, zone }: Span): Promise<{ contacts: number; alone: number }> => {
  const [row] = await desk.db.run<{ contacts: number; alone: number }>(ALONE, [
    from.toISOString(),
    to.toISOString(),
    zone,
  ])
  return row ?? { contacts: 0, alone: 0 }
}

const ALONE = `
  with contacts as (
    select citizen_id, (at at time zone $3)::date as day, kind = 'seen' or verdict = 'answer' as shown, false as needed
    from trail where at >= $1 and at < $2
    union all
    select citizen_id, (opened_at at time zone $3)::date, false, true from appeals where opened_at >= $1 and opened_at < $2
    union all
    select citizen_id, (at at time zone $3)::date, false, true from faq_votes where at >= $1 and at < $2 and not helped
  ), days as (
    select bool_or(shown) as shown, bool_or(needed) as needed from contacts group by citizen_id, day
  )
  select count(*)::int as contacts, count(*) filter (where shown and not needed)::int as alone from days`

export const rating = async (desk: Desk, { from, to }: Span): Promise<{ count: number; average: number | null }> => {
  const [row] = await desk.db.run<{ count: number; average: number | null }>(
    `select count(*)::int as count, avg(score)::float8 as average from ratings where at >= $1 and at < $2`,
    [from.toISOString(), to.toISOString()],
  )
  return row ?? { count: 0, average: null }
}

/** Which entries were opened most. */
export const entries = async (desk: Desk, { from, to }: Span, most: number): Promise<{ entry: string; n: number }[]> =>
  await desk.db.run<{ entry: string; n: number }>(
    `select entry, count(*)::int as n from trail where at >= $1 and at < $2 and kind = 'seen' and entry is not null
     group by entry order by n desc, entry limit $3`,
    [from.toISOString(), to.toISOString(), most],
  )
