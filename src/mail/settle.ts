import type { Db } from '../db/client.ts'
import { isUniqueViolation } from '../db/faults.ts'
import { type Express, LEASE_S, type Placed, POSTED, type PostedRow, placed, post, sendOff } from './express.ts'
import { at } from './failpoints.ts'
import { enqueue, type OutboxRow, type Outgoing, type Settlement } from './outbox.ts'
import { silence } from './silence.ts'

/**
 * Writes down how sendings ended and where they landed, in one statement, together with what goes out because they did. Returns the
 * ids that another attempt has taken over meanwhile: an answer of theirs came late. A repetition of the same marks changes nothing
 * and is not late.
 */
export const settle = async (db: Db, by: string | Express, list: Settlement[]): Promise<Set<number>> => {
  if (list.length === 0) return new Set()
  const [owner, express] = typeof by === 'string' ? [by, undefined] : [by.owner, by]
  await at('outbox:settle')
  for (const ended of list) if (ended.silence) await silence(db, ended.silence)
  const follow = list.flatMap(({ row, follow = [] }) => follow.map((one) => ({ cause: row.cause, ...one })))
  // Before the marks: whatever fails in between is done again as a whole, and a key is there once.
  await enqueue(
    db,
    follow.filter((one) => !isSimple(one)),
  )
  const behind = follow.filter(isSimple).map((one) => placed(one, express))
  const places = list.filter(({ state }) => state === 'sent' || state === 'failed').filter(() => express?.reserve())
  const found = await written(db, { owner, list, behind, room: places.length }).catch((error) => {
    for (const one of [...behind, ...places.map(() => ({ express }))]) one.express?.use('unknown')
    throw error
  })
  const next = found.flatMap(({ taken, payload, chat }) => (taken && payload ? { ...taken, payload, chat } : []))
  for (const [n] of places.entries()) express?.use(next[n] ?? null)
  for (const one of behind) sendOn(db, found.find(({ posted }) => posted?.key === one.posted.key)?.posted, one)
  await at('outbox:settled')
  return new Set(found.flatMap(({ late }) => late ?? []))
}

/** Nothing but the next in its lane. */
const isSimple = ({ place, notBefore, weight = 1 }: Outgoing): boolean =>
  place === undefined && notBefore === undefined && weight === 1

const sendOn = (db: Db, row: PostedRow | null | undefined, letter: Placed): void => {
  sendOff(row, letter)
  if (row?.state === 'new' && !letter.express) db.ring('outbox')
}

type Writing = { owner: string; list: Settlement[]; behind: Placed[]; room: number }

const written = async (db: Db, { owner, list, behind, room }: Writing): Promise<Settled[]> => {
  const marks = list.map(({ row, state, fault, afterMs }) => ({
    id: row.id,
    attempt: row.attempt,
    state,
    fault: fault ?? null,
    after: (afterMs ?? 0) / 1000,
    chat: row.chat,
  }))
  const copies = list.flatMap(({ row, copies = [] }) => copies.map((copy) => ({ ...copy, id: row.id })))
  const writing = (letters: object[], most: number) =>
    db.run<Settled>(SETTLE, [owner, JSON.stringify(marks), JSON.stringify(copies), JSON.stringify(letters), most])
  const letters = behind.map(({ posted }) => posted)
  return await writing(letters, room).catch((error) => {
    if (!isUniqueViolation(error)) throw error
    // Another replica has just put something into one of these lanes.
    return writing(
      letters.map((one) => ({ ...one, owner: null })),
      0,
    )
  })
}

type Settled = {
  late: number | null
  posted: PostedRow | null
  taken: Omit<OutboxRow, 'payload' | 'chat'> | null
  payload: Buffer | null
  chat: number | null
}

/** Where a letter has gone, the next of its lane is in hand at once, up to $5 of them. */
const SETTLE = `
  with ended as (
    select * from json_to_recordset($2::json)
      as r(id bigint, attempt int, state text, fault text, after float8, chat bigint)
  ), marked as (
    update outbox o set state = e.state, fault = e.fault, owner = null, lease_until = null,
      done_at = case when e.state in ('sent', 'failed') then now() end,
      payload = case when e.state in ('sent', 'failed') then null else o.payload end,
      not_before = now() + make_interval(secs => e.after),
      repeated = o.repeated + (e.state = 'ambiguous')::int
    from ended e where o.id = e.id and o.attempt = e.attempt and o.owner = $1 and o.state = 'sending'
    returning o.id, o.lane, o.state, e.chat
  ), kept as (
    insert into copies (message_id, chat_id, copy_id)
    select r.message, r.chat, r.copy
    from json_to_recordset($3::json) as r(id bigint, message bigint, chat bigint, copy bigint) join marked on marked.id = r.id
    on conflict do nothing
  ), behind as (
    select * from json_to_recordset($4::json) as r(${POSTED})
  ), posted as (${post('behind')}
  ), next as (
    select n.id, m.chat from (
      select lane, chat from marked where state in ('sent', 'failed') and chat is not null limit $5) m
    cross join lateral (
      select w.id, w.state, w.not_before from outbox w
      where w.lane = m.lane and w.state in ('new', 'sending', 'ambiguous') and w.id not in (select id from ended)
      order by w.place limit 1) n
    where n.state in ('new', 'ambiguous') and n.not_before <= now()
      and not exists (select 1 from pace p where p.chat in (0, m.chat) and p.not_before > now())
  ), taken as (
    update outbox o set state = 'sending', owner = $1, attempt = o.attempt + 1,
      lease_until = now() + make_interval(secs => ${LEASE_S})
    from next n where o.id = n.id and o.state in ('new', 'ambiguous')
    returning o.id, o.place, o.key, o.lane, o.kind, o.payload, o.payload_version, o.priority, o.attempt, o.repeated, o.weight,
      o.cause, n.chat
  )
  select e.id as late, null::json as posted, null::json as taken, null::bytea as payload, null::bigint as chat
  from ended e join outbox o on o.id = e.id where o.attempt > e.attempt
  union all select null, row_to_json(p), null, null, null from posted p
  union all select null, null, (select row_to_json(r) from (
      select t.id, t.place, t.key, t.lane, t.kind, t.payload_version, t.priority, t.attempt, t.repeated, t.weight, t.cause) r),
    t.payload, t.chat from taken t`
