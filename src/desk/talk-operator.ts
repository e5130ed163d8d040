import { isUniqueViolation } from '../db/faults.ts'
import { POSTED, type PostedRow, post, sendOff } from '../mail/express.ts'
import { PRIORITY } from '../mail/outbox.ts'
import { touch } from './board-touch.ts'
import type { Desk } from './desk.ts'
import type { Spoken } from './messages.ts'
import * as silence from './silence.ts'
import { isPlain, relayOf, type Talk } from './talk.ts'

/**
 * A plain answer of the owner, kept and put out by one statement together with other answers. It holds only for the appeal as it was
 * seen, locked; false: nothing was done, and the longer way (handoff.answer) is to be taken.
 */
export const answerPlainly = async (
  desk: Desk,
  talk: Talk,
  { said, operator }: Spoken,
): Promise<'going' | 'waits' | false> => {
  const { appeal, citizen } = talk
  if (!isPlain(said) || citizen.forgotten || appeal.ownerId !== operator) return false
  const nudge = silence.next(desk, { appeal, message: talk.message, kind: 'nudge' }, citizen.chat)
  const body = await desk.keys.forCitizen(appeal.citizenId, said.content)
  const lane = `citizen:${appeal.citizenId}`
  const chat = citizen.chat
  const letter = relayOf(desk, talk, { said, lane, priority: PRIORITY.answer, chat, operator })
  const answer = {
    ...letter.posted,
    id: talk.message,
    appeal: appeal.id,
    citizen: appeal.citizenId,
    operator,
    version: appeal.version,
    chat: said.at.chat,
    message: said.at.message,
    body: body.toString('hex'),
    due: nudge?.dueAt?.toISOString() ?? null,
    timer: nudge?.body.toString('hex') ?? null,
    timer_key: nudge?.key ?? null,
    timer_lane: nudge?.lane ?? null,
  }
  try {
    const [row] = await desk.db.together<PostedRow & { first: boolean }>(ANSWER, answer)
    const { first = false, ...sent } = row ?? {}
    sendOff(row && (sent as PostedRow), letter)
    if (row?.state === 'new' && !letter.express) desk.db.ring('outbox')
    if (first) touch(desk.db)
    return row === undefined ? false : row.state === 'sending' ? 'going' : 'waits'
  } catch (error) {
    letter.express?.use('unknown')
    // Another replica handles the same update, or puts something into the same lane.
    if (isUniqueViolation(error)) return false
    throw error
  }
}

const ANSWER = `
  with given as (
    select * from json_to_recordset($1::json) as r(n int, ${POSTED}, id bigint, appeal bigint, citizen bigint, operator bigint,
      version int, chat bigint, message bigint, body text, due timestamptz, timer text, timer_key text, timer_lane text)
  ), mine as (
    select a.id as of, a.owner_id, a.version as now, a.first_answer_at is null as first from appeals a
    where a.id in (select appeal from given) and a.closed_at is null order by a.id for update
  ), fresh as (
    select g.*, m.first from given g join mine m on m.of = g.appeal
    where m.owner_id = g.operator and m.now = g.version
      and (select m.id from messages m where m.origin_chat = g.chat and m.origin_message = g.message limit 1) is null
  ), kept as (
    insert into messages (id, appeal_id, origin_chat, origin_message, author, operator_id, state, body) overriding system value
    select id, appeal, chat, message, 'operator', operator, 'relayed', decode(body, 'hex') from fresh
  ), answered as (
    update appeals a set first_answer_at = coalesce(a.first_answer_at, now()), answer_due = null from fresh f
    where a.id = f.appeal and (a.first_answer_at is null or a.answer_due is not null)
  ), wound as (
    insert into inbox (key, lane, due_at, state, body)
    select timer_key, timer_lane, due, case when due > now() then 'later' else 'new' end, decode(timer, 'hex')
    from fresh where due is not null on conflict (key) do nothing
  ), unread as (
    delete from choices c using fresh f where c.citizen_id = f.citizen
  ), current as (
    update citizens c set current_appeal = f.appeal from fresh f
    where c.id = f.citizen and c.current_appeal is distinct from f.appeal
  ), posted as (${post('fresh')})
  select g.n, g.first, p.* from posted p join fresh g on g.key = p.key`
