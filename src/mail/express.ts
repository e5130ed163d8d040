import type { OutboxRow, Outgoing } from './outbox.ts'

/** The outbox's own worker, as far as letters go straight to it. */
export type Express = {
  owner: string
  /** A place in hand, if there is one; each must be used. */
  reserve(): boolean
  /** What became of it: the row that is in hand with its commit, none, one that waits for its lane, or that nobody knows. */
  use(row: OutboxRow | null | 'waits' | 'unknown'): void
}

/** A letter as its statement is given it; `owner` only with a place in hand, `to_chat` where it will go. */
export type Posted = {
  key: string
  lane: string
  kind: OutboxRow['kind']
  payload: string
  priority: number
  cause: string | null
  owner: string | null
  to_chat: number
}
export const POSTED =
  'key text, lane text, kind text, payload text, priority smallint, cause text, owner text, to_chat bigint'

export type PostedRow = Omit<OutboxRow, 'payload' | 'chat'> & { state: string }
/** One on its way into the store, with its place in hand if it has one. */
export type Placed = { posted: Posted; express: Express | null; known: object | undefined }

/** A letter with a place in hand, where its way is known and there is one. */
export const placed = (letter: Outgoing, express: Express | undefined): Placed => {
  const own = letter.known && express?.reserve() ? express : null
  return {
    express: own,
    known: letter.known,
    posted: {
      key: letter.key,
      lane: letter.lane,
      kind: letter.kind,
      payload: letter.payload.toString('hex'),
      priority: letter.priority,
      cause: letter.cause ?? null,
      owner: own?.owner ?? null,
      to_chat: letter.chat ?? 0,
    },
  }
}

/** What became of it: on its way with what is known of it, if it is in hand. */
export const sendOff = (row: PostedRow | null | undefined, { posted, express, known }: Placed): void => {
  if (!express) return
  if (row?.state === 'sending') {
    const { state, ...sending } = row
    express.use({ ...sending, payload: Buffer.from(posted.payload, 'hex'), chat: posted.to_chat, known })
  } else express.use(row?.state === 'new' ? 'waits' : null)
}

/** Renewed while a row is in flight, so that only a replica that died lets one expire. */
export const LEASE_S = 20
const UNSENT = `('new', 'sending', 'ambiguous')`

/**
 * Puts letters out, as part of the statement of their deed; `from` is a list of theirs. One that would be the next of its lane, in a
 * chat that may be spoken to, is in hand with its storing: intent before the wire, without a claim.
 */
export const post = (from: string): string => `
  insert into outbox (key, lane, kind, payload, priority, cause, turn, state, owner, attempt, lease_until)
  select p.key, p.lane, p.kind, decode(p.payload, 'hex'), p.priority, p.cause,
    coalesce((select greatest(now(), w.turn + interval '3 seconds') from outbox w
      where w.lane = p.lane and w.state in ${UNSENT} order by w.place desc limit 1), now()),
    case when p.goes then 'sending' else 'new' end, case when p.goes then p.owner end, p.goes::int,
    case when p.goes then now() + make_interval(secs => ${LEASE_S}) end
  from (
    select f.*, f.owner is not null
      and (select w.id from outbox w where w.lane = f.lane and w.state in ${UNSENT} limit 1) is null
      and not exists (select 1 from pace c where c.chat in (0, f.to_chat) and c.not_before > now()) as goes
    from ${from} f) p
  on conflict (key) do nothing
  returning id, place, key, lane, kind, payload_version, priority, attempt, repeated, weight, cause, state`
