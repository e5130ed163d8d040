import type { AlertKind } from '../texts/targets.ts'
import { standstill } from './database-away.ts'
import { DESK_LANG, type Desk, isLine, type Line, type Tx } from './desk.ts'
import { scheduleOf } from './schedule.ts'
import { tellSeniors } from './seniors.ts'

/** What is held against its limit; `subject` is a line of work, or nothing. */
type Reading = { kind: AlertKind; subject: Line | ''; value: number }
type Told = { kind: AlertKind; subject: Line | ''; state: 'passed' | 'over'; value: number; since: string }

/**
 * Once a minute. Seniors are told when a limit is passed, and when it is over – not in between, and not again after a restart:
 * what was told is a row. Between the two bounds nothing changes, so that a queue of just so many does not ring every minute.
 */
export const watch = async (desk: Desk): Promise<void> => {
  await standstill(desk)
  const [readings, told] = await Promise.all([read(desk), known(desk)])
  for (const reading of readings) {
    const before = told.find(({ kind, subject }) => kind === reading.kind && subject === reading.subject)
    const limit = desk.texts().targets.alerts[reading.kind]
    if (before?.state !== 'passed' && reading.value >= limit.tell) await turn(desk, reading, 'passed')
    if (before?.state === 'passed' && reading.value <= limit.over) await turn(desk, reading, 'over')
  }
}

const turn = async (desk: Desk, { kind, subject, value }: Reading, state: Told['state']): Promise<void> => {
  await desk.db.transaction(async (tx) => {
    const [row] = await tx.run<{ at: string }>(
      `insert into alerts (kind, subject, state, value) values ($1, $2, $3, $4)
       on conflict (kind, subject) do update set state = excluded.state, value = excluded.value, since = now()
       where alerts.state <> excluded.state returning (extract(epoch from since) * 1000)::bigint::text as at`,
      [kind, subject, state, value],
    )
    if (row) await tell(tx, desk, { kind, subject, value, state, since: row.at })
  })
}

const tell = async (tx: Tx, desk: Desk, { kind, subject, value, state, since }: Told): Promise<void> => {
  const line = subject === '' ? '' : desk.texts().t(DESK_LANG, `line.${subject}`)
  await tellSeniors(tx, desk, {
    line: subject === '' ? null : subject,
    key: `alert:${kind}:${subject}:${since}`,
    letter: { type: 'phrase', phrase: `alert.${kind}.${state}`, vars: { line, value } },
  })
}

const known = async (desk: Desk): Promise<Told[]> =>
  await desk.db.run<Told>(`select kind, subject, state, value, since::text as since from alerts`)

const read = async (desk: Desk): Promise<Reading[]> => {
  const [lines, [mail]] = await Promise.all([
    desk.db.run<{ line: string; waiting: number; oldest: number | null }>(QUEUES),
    desk.db.run<{ undelivered: number; ambiguous: number; quarantined: number }>(MAIL),
  ])
  const now = new Date()
  const queues = lines
    .filter(({ line }) => isLine(line))
    .flatMap(({ line, waiting, oldest }): Reading[] => {
      const worked = oldest === null ? 0 : scheduleOf(desk.texts().schedule, line).workingMinutes(new Date(oldest), now)
      return [
        { kind: 'oldest_waiting', subject: line as Line, value: worked },
        { kind: 'queue_length', subject: line as Line, value: waiting },
      ]
    })
  const kinds = ['undelivered', 'ambiguous', 'quarantined'] as const
  return [...queues, ...kinds.map((kind): Reading => ({ kind, subject: '', value: mail?.[kind] ?? 0 }))]
}

const QUEUES = `
  select l.id as line, count(a.id)::int as waiting, (extract(epoch from min(a.waiting_since)) * 1000)::float8 as oldest
  from lines l left join appeals a on a.line = l.id and a.waiting_since is not null and a.closed_at is null group by l.id`

// What is put off on purpose – a reminder of next week, a mailing's next portion – is not late.
export const MAIL = `
  select
    (select count(*) from outbox where state in ('new', 'sending', 'ambiguous') and created_at < now() - interval '5 min'
       and (not_before < now() - interval '5 min' or (attempt > 0 and not_before < now() + interval '2 min')))::int as undelivered,
    ((select count(*) from outbox where state in ('new', 'sending', 'ambiguous') and repeated > 0)
      + (select count(*) from outbox where state in ('sent', 'failed') and done_at > now() - interval '1 hour' and repeated > 0))::int
      as ambiguous,
    (select count(*) from inbox where state = 'quarantined')::int as quarantined`
