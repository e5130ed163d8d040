import type { Db, Tx } from '../db/client.ts'
import { isStorageFault, isUniqueViolation } from '../db/faults.ts'

export type Stored = { key: string; lane: string; body: Buffer; dueAt?: Date }
export type InboxRow = { id: number; key: string; lane: string; body: Buffer; attempts: number }

/** Claims that crashed the process count too: the claim itself raises the number. */
export const MOST_ATTEMPTS = 4
const RETRY_AFTER_S = [1, 5, 20]
const LEASE_S = 60

/**
 * Stores updates and timers in one statement, at most once each. Resolves only after the commit; what resolved is never lost.
 * A timer (`dueAt` in the future) stays out of its lane until it is due.
 */
export const store = async (db: Db | Tx, rows: Stored[]): Promise<void> => {
  if (rows.length === 0) return
  const list = rows.map(({ key, lane, body, dueAt }) => ({
    key,
    lane,
    body: body.toString('hex'),
    due: dueAt?.toISOString(),
  }))
  await db.run(
    `with added as (
       insert into inbox (key, lane, due_at, state, body)
       select key, lane, coalesce(due, now()), case when due > now() then 'later' else 'new' end, decode(body, 'hex')
       from json_to_recordset($1::json) as r(key text, lane text, due timestamptz, body text)
       on conflict (key) do nothing
       returning 1)
     select pg_notify('inbox', '') from (select 1 from added limit 1) as any_row`,
    [JSON.stringify(list)],
  )
}

/**
 * The oldest row of each lane that nobody works on. Heads of lanes are found by a loose index scan, so the cost is the number
 * of lanes that wait, not of rows; the partial unique index forbids two rows of a lane in hand even if two claims race.
 */
export const claim = async (db: Db, owner: string, limit: number): Promise<InboxRow[]> => {
  try {
    return await db.run<InboxRow>(CLAIM, [owner, limit, LEASE_S])
  } catch (error) {
    if (isUniqueViolation(error)) return []
    throw error
  }
}

const READY = `((i.state = 'new' and i.due_at <= now()) or (i.state = 'working' and i.lease_until < now()))`
const CLAIM = `
  with recursive heads as (
    (select lane, id from inbox where state in ('new', 'working') order by lane, id limit 1)
    union all
    (select n.lane, n.id from heads h cross join lateral (
       select lane, id from inbox where state in ('new', 'working') and lane > h.lane order by lane, id limit 1) n)
  ), ready as (
    select i.id from heads h join inbox i on i.id = h.id
    where ${READY} and not exists (
      select 1 from inbox w where w.lane = i.lane and w.state = 'working' and w.id <> i.id)
    order by i.id limit $2
  ), locked as (
    select i.id from inbox i where i.id in (select id from ready) and ${READY} for update skip locked
  )
  update inbox i set state = 'working', owner = $1, attempts = i.attempts + 1,
    lease_until = now() + make_interval(secs => $3)
  from locked l where i.id = l.id
  returning i.id, i.key, i.lane, i.body, i.attempts`

/** The body goes, the key stays against repeats. */
export const done = async (db: Db, owner: string, ids: number[]): Promise<void> => {
  await db.run(
    `update inbox set state = 'done', body = null, done_at = now(), owner = null, fault = null
     where id in (select value::bigint from json_array_elements_text($1::json)) and owner = $2`,
    [JSON.stringify(ids), owner],
  )
}

/** Says what becomes of a row whose handling failed. */
export const failed = async (db: Db, row: InboxRow, error: unknown): Promise<'retry' | 'quarantine'> => {
  const innocent = isStorageFault(error)
  if (!innocent && row.attempts >= MOST_ATTEMPTS) return 'quarantine'
  const after = innocent ? 1 : (RETRY_AFTER_S[row.attempts - 1] ?? 20)
  await db.run(
    `update inbox set state = 'new', owner = null, attempts = $2, due_at = now() + make_interval(secs => $3), fault = $4
     where id = $1 and state = 'working'`,
    [row.id, innocent ? row.attempts - 1 : row.attempts, after, error instanceof Error ? error.name : typeof error],
  )
  return 'retry'
}

/** Set aside, its body kept, until an admin says /retry. */
export const quarantine = async (db: Db, id: number): Promise<void> => {
  await db.run(`update inbox set state = 'quarantined', owner = null where id = $1`, [id])
}

export const retryQuarantined = async (db: Db): Promise<number> => {
  const rows = await db.run(
    `update inbox set state = 'new', attempts = 0, due_at = now() where state = 'quarantined' returning id`,
  )
  return rows.length
}

/** What a stopping replica could not finish goes back untouched. */
export const giveBack = async (db: Db, owner: string): Promise<void> => {
  await db.run(
    `update inbox set state = 'new', owner = null, attempts = greatest(attempts - 1, 0) where state = 'working' and owner = $1`,
    [owner],
  )
}

export const wakeTimers = async (db: Db): Promise<number> => {
  const rows = await db.run(`update inbox set state = 'new' where state = 'later' and due_at <= now() returning id`)
  return rows.length
}
