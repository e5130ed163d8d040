import type { Db, Tx } from '../db/client.ts'
import { isConflict, isStorageFault, isUniqueViolation } from '../db/faults.ts'
import { at } from './failpoints.ts'

export type Stored = { key: string; lane: string; body: Buffer; dueAt?: Date }
export type InboxRow = {
  id: number
  key: string
  lane: string
  body: Buffer
  attempts: number
  /** Whoever had it in hand before is gone without a word. */
  suspect: boolean
}

/** Claims that crashed the process count too: the claim itself raises the number. */
export const MOST_ATTEMPTS = 4
/** Until its author could be told; then it is set aside all the same, so that its lane goes on. */
export const MOST_ATTEMPTS_TO_TELL = 10
const RETRY_AFTER_S = [1, 5, 20]
/** Renewed while the row is in hand, so that only a replica that died lets one expire. */
const LEASE_S = 20

/** How the handling of a row ended. */
export type Ending = {
  row: InboxRow
  state: 'done' | 'new' | 'quarantined'
  afterS?: number
  fault?: string
  /** Its attempt does not count: the storage failed, not the row. */
  innocent?: boolean
}

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
  await at('inbox:store')
  await untangled(() =>
    db.run(
      `insert into inbox (key, lane, due_at, state, body)
       select key, lane, coalesce(due, now()), case when due > now() then 'later' else 'new' end, decode(body, 'hex')
       from json_to_recordset($1::json) as r(key text, lane text, due timestamptz, body text)
       on conflict (key) do nothing`,
      [JSON.stringify(list)],
    ),
  )
  db.ring('inbox')
  await at('inbox:stored')
}

/**
 * The same, and takes at once what would be the next of its lane, up to `room` rows: an update that nothing stands before is
 * in hand with its storing. `waits`: some of them are not.
 */
export const storeTaking = async (
  db: Db,
  rows: Stored[],
  { owner, room }: { owner: string; room: number },
): Promise<{ taken: InboxRow[]; waits: boolean }> => {
  const list = rows.map(({ key, lane, body }, n) => ({ n, key, lane, body: body.toString('hex') }))
  await at('inbox:intake')
  const storing = (most: number) =>
    db.run<InboxRow & { state: string }>(STORE_TAKING, [JSON.stringify(list), owner, most, LEASE_S])
  const stored = await untangled(() =>
    // Another replica has just taken a row of one of these lanes.
    storing(room).catch((error) => (isUniqueViolation(error) ? storing(0) : Promise.reject(error))),
  )
  await at('inbox:takenin')
  const taken = stored.filter(({ state }) => state === 'working').map(({ state, ...row }) => row)
  return { taken, waits: stored.length > taken.length }
}

const STORE_TAKING = `
  with given as (
    select n, key, lane, decode(body, 'hex') as body, row_number() over (partition by lane order by n) as place
    from json_to_recordset($1::json) as r(n int, key text, lane text, body text)
  ), judged as (
    select g.*, place = 1 and not exists (
      select 1 from inbox i where i.lane = g.lane and i.state in ('new', 'working')) as free
    from given g
  ), chosen as (
    select *, free and count(*) filter (where free) over (order by n) <= $3 as goes from judged
  )
  insert into inbox (key, lane, state, body, attempts, owner, lease_until)
  select key, lane, case when goes then 'working' else 'new' end, body, goes::int, case when goes then $2 end,
    case when goes then now() + make_interval(secs => $4) end
  from chosen order by n
  on conflict (key) do nothing
  returning id, key, lane, body, attempts, state, false as suspect`

/** Two that store the same updates in another order can wait for each other in a ring. */
const untangled = async <T>(storing: () => Promise<T>): Promise<T> => {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await storing()
    } catch (error) {
      if (attempt === 3 || !isConflict(error)) throw error
    }
  }
}

/**
 * The oldest row of each lane that nobody works on. Heads of lanes are found by a loose index scan, so the cost is the number
 * of lanes that wait, not of rows; the partial unique index forbids two rows of a lane in hand even if two claims race. What was
 * in hand when its owner vanished goes before the head of its lane: a timer may have taken that place meanwhile.
 * Of those whose owner vanished only `suspects` are taken: one of them may have killed it, and would take its neighbours along.
 */
export const claim = async (
  db: Db,
  owner: string,
  { most, suspects }: { most: number; suspects: number },
): Promise<InboxRow[]> => (await take(db, owner, { most, suspects })).rows

/** `more`: others wait, behind these or for their time. */
export const take = async (
  db: Db,
  owner: string,
  { most, suspects }: { most: number; suspects: number },
): Promise<{ rows: InboxRow[]; more: boolean }> => {
  await at('inbox:claim')
  const taken = () => db.run<{ more: boolean } & (InboxRow | { id: null })>(CLAIM, [owner, most, LEASE_S, suspects])
  const found = await taken().catch((error) => {
    if (isUniqueViolation(error)) return taken()
    throw error
  })
  const rows = found.filter((row): row is InboxRow & { more: boolean } => row.id !== null)
  if (rows.length > 0) await at('inbox:claimed')
  return { rows: rows.map(({ more, ...row }) => row), more: found[0]?.more ?? false }
}

const READY = `((i.state = 'new' and i.due_at <= now()) or (i.state = 'working' and i.lease_until < now()))`
const CLAIM = `
  with recursive heads as (
    (select lane, id from inbox where state in ('new', 'working') order by lane, id limit 1)
    union all
    (select n.lane, n.id from heads h cross join lateral (
       select lane, id from inbox where state in ('new', 'working') and lane > h.lane order by lane, id limit 1) n)
  ), ready as (
    select i.id, i.state from heads h join inbox i on i.id = h.id
    where i.state = 'new' and ${READY} and not exists (select 1 from inbox w where w.lane = i.lane and w.state = 'working')
    union all
    select i.id, i.state from inbox i where i.state = 'working' and ${READY}
  ), ranked as (
    select id, state, row_number() over (partition by state order by id) as n from ready
  ), chosen as (
    select id from ranked where state = 'new' or n <= $4 order by id limit $2
  ), locked as (
    select i.id, i.state = 'working' as suspect from inbox i
    where i.id in (select id from chosen) and ${READY} for update skip locked
  ), took as (
    update inbox i set state = 'working', owner = $1, attempts = i.attempts + 1,
      lease_until = now() + make_interval(secs => $3)
    from locked l where i.id = l.id
    returning i.id, i.key, i.lane, i.body, i.attempts, l.suspect
  )
  select t.*, (select count(*) from took where not suspect) < (
    select count(*) from (
      select 1 from inbox where state in ('new', 'working') and state = 'new' order by lane, id limit $2 + 1) waiting) as more
  from (select 1) always left join took t on true`

/** Writes down how rows ended, in one statement. Whoever lost a row meanwhile changes nothing. A done row's body goes, its key stays. */
export const settle = async (db: Db, owner: string, endings: Ending[]): Promise<void> => {
  if (endings.length === 0) return
  await at('inbox:settle')
  const list = endings.map(({ row, state, afterS, fault, innocent }) => ({
    id: row.id,
    attempts: row.attempts,
    left: innocent ? row.attempts - 1 : row.attempts,
    state,
    after: afterS ?? 0,
    fault: fault ?? null,
  }))
  await db.run(
    `update inbox i set state = r.state, attempts = r.left, fault = r.fault, owner = null, lease_until = null,
       due_at = now() + make_interval(secs => r.after),
       body = case when r.state = 'done' then null else i.body end,
       done_at = case when r.state = 'done' then now() end
     from json_to_recordset($2::json)
       as r(id bigint, attempts smallint, "left" smallint, state text, after float8, fault text)
     where i.id = r.id and i.owner = $1 and i.state = 'working' and i.attempts = r.attempts`,
    [owner, JSON.stringify(list)],
  )
  await at('inbox:settled')
}

/** What becomes of a row whose handling failed: again after a while, or aside, its body kept, until an admin says /retry. */
export const afterFailure = (row: InboxRow, error: unknown, most = MOST_ATTEMPTS): Ending => {
  const fault = error instanceof Error ? error.name : typeof error
  if (isStorageFault(error)) return { row, state: 'new', afterS: 1, fault, innocent: true }
  if (row.attempts >= most) return { row, state: 'quarantined', fault }
  return { row, state: 'new', afterS: RETRY_AFTER_S[row.attempts - 1] ?? 20, fault }
}

export const retryQuarantined = async (db: Db): Promise<number> => {
  const rows = await db.run(
    `update inbox set state = 'new', attempts = 0, due_at = now() where state = 'quarantined' returning id`,
  )
  return rows.length
}

export const renew = async (db: Db, owner: string, ids: number[]): Promise<void> => {
  await db.run(
    `update inbox set lease_until = now() + make_interval(secs => $3)
     where id in (select value::bigint from json_array_elements_text($2::json)) and owner = $1 and state = 'working'`,
    [owner, JSON.stringify(ids), LEASE_S],
  )
}

/** Rows that are ours in the store, but not in hand, go back untouched. */
export const giveBack = async (db: Db, owner: string, inHand: number[]): Promise<void> => {
  await db.run(
    `update inbox set state = 'new', owner = null, lease_until = null, attempts = greatest(attempts - 1, 0)
     where state = 'working' and owner = $1
       and id not in (select value::bigint from json_array_elements_text($2::json))`,
    [owner, JSON.stringify(inHand)],
  )
}

export const wakeTimers = async (db: Db): Promise<number> => {
  const rows = await db.run(`update inbox set state = 'new' where state = 'later' and due_at <= now() returning id`)
  return rows.length
}
