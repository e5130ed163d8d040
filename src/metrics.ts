import { Gauge } from 'prom-client'
import type { Db } from './db/client.ts'
import type { Meters } from './meters.ts'

type Rows = Record<string, string | number>[]

/** What waits, read when it is asked for: each look is a handful of statements over rows that are few. */
const LOOKS: { name: string; help: string; labels: string[]; statement: string }[] = [
  {
    name: 'inbox_rows',
    help: 'Rows of the inbox that are not done',
    labels: ['state'],
    statement: `select state, count(*)::float8 as value from inbox where state in ('later', 'new', 'working', 'quarantined') group by state`,
  },
  {
    name: 'outbox_rows',
    help: 'Rows of the outbox that are not sent',
    labels: ['state'],
    statement: `select state, count(*)::float8 as value from outbox where state in ('new', 'sending', 'ambiguous') group by state`,
  },
  {
    name: 'inbox_lag_seconds',
    help: 'How long the oldest row that is due waits, by where it came from',
    labels: ['from'],
    statement: `select split_part(lane, ':', 1) as "from", greatest(0, extract(epoch from now() - min(due_at)))::float8 as value
      from inbox where state in ('new', 'working') and due_at <= now() group by 1`,
  },
  {
    name: 'outbox_lag_seconds',
    help: 'How long the oldest letter that may go waits, by kind',
    labels: ['kind'],
    statement: `select kind, extract(epoch from now() - min(greatest(created_at, not_before)))::float8 as value
      from outbox where state in ('new', 'sending', 'ambiguous') and not_before <= now() group by kind`,
  },
  {
    name: 'appeals_waiting',
    help: 'Open appeals that wait for an operator, by line',
    labels: ['line'],
    statement: `select l.id as line, count(a.id)::float8 as value from lines l
      left join appeals a on a.line = l.id and a.waiting_since is not null and a.closed_at is null group by l.id`,
  },
  {
    name: 'appeals_in_hand',
    help: 'Open appeals that an operator has in hand, by line',
    labels: ['line'],
    statement: `select line, count(*)::float8 as value from appeals where closed_at is null and owner_id is not null group by line`,
  },
  {
    name: 'oldest_waiting_seconds',
    help: 'How long the oldest appeal of a line waits',
    labels: ['line'],
    statement: `select l.id as line, coalesce(extract(epoch from now() - min(a.waiting_since)), 0)::float8 as value from lines l
      left join appeals a on a.line = l.id and a.waiting_since is not null and a.closed_at is null group by l.id`,
  },
  {
    name: 'first_answer_seconds',
    help: 'From the opening to the first answer of a person, over those answered in the last 24 hours',
    labels: ['line', 'quantile'],
    statement: `with answered as (
        select line, extract(epoch from first_answer_at - opened_at)::float8 as s from appeals
        where first_answer_at > now() - interval '24 hours')
      select line, q::text as quantile, percentile_cont(q) within group (order by s) as value
      from answered cross join (values (0.5::float8), (0.9::float8)) as t(q) group by line, q`,
  },
  {
    name: 'silent_chats',
    help: 'Chats in which the messenger wants silence just now',
    labels: [],
    statement: `select count(*)::float8 as value from pace where not_before > now()`,
  },
]

/** @returns the whole page of /metrics; without the database only what the process knows by itself. */
export const createMetrics = (db: Db, { registry }: Meters): (() => Promise<string>) => {
  const registers = [registry]
  const looks = LOOKS.map(({ name, help, labels, statement }) => ({
    statement,
    gauge: new Gauge({ name: `okoshko_${name}`, help, labelNames: labels, registers }),
  }))
  const up = new Gauge({ name: 'okoshko_database_up', help: 'Whether the database answered just now', registers })
  const pool = new Gauge({
    name: 'okoshko_pool_lines',
    help: 'Connections in use, and who waits for one, by pool',
    labelNames: ['pool', 'state'],
    registers,
  })
  return async () => {
    for (const [name, { lent, waiting, most }] of Object.entries(db.usage())) {
      pool.set({ pool: name, state: 'in_use' }, lent)
      pool.set({ pool: name, state: 'waiting' }, waiting)
      pool.set({ pool: name, state: 'most' }, most)
    }
    let answered = true
    for (const { gauge, statement } of looks) {
      gauge.reset()
      const rows = await db.run(statement).catch(() => null)
      answered &&= rows !== null
      for (const { value, ...labels } of (rows ?? []) as unknown as Rows) gauge.set(labels, Number(value))
    }
    up.set(answered ? 1 : 0)
    return await registry.metrics()
  }
}
