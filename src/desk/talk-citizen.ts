import { isUniqueViolation } from '../db/faults.ts'
import { POSTED, type PostedRow, post, sendOff } from '../mail/express.ts'
import { PRIORITY } from '../mail/outbox.ts'
import { isBusy, joinsOthers } from './bursts.ts'
import { opensLater, talking } from './closed-hours.ts'
import type { Said } from './content.ts'
import type { Desk } from './desk.ts'
import { isPlain, relayOf, type Talk } from './talk.ts'
import * as terms from './terms.ts'

/**
 * A citizen's plain word in a running talk, kept and put out by one statement together with those of other citizens. It holds only
 * for the appeal as it was seen; false: nothing was done, and the longer way (messages.relayFromCitizen) is to be taken.
 */
export const relayPlainly = async (desk: Desk, talk: Talk, said: Said): Promise<boolean> => {
  const { appeal, topic } = talk
  if (!isPlain(said)) return false
  const term = talk.quiet ? terms.next(desk, appeal, talk.lease + 1) : null
  const body = await desk.keys.forCitizen(appeal.citizenId, said.content)
  const lane = `appeal:${appeal.id}`
  const chat = topic?.threadId != null ? topic.chatId : null
  const letter = relayOf(desk, talk, { said, lane, priority: PRIORITY.message, chat, operator: null })
  const word = {
    ...letter.posted,
    id: talk.message,
    appeal: appeal.id,
    citizen: appeal.citizenId,
    chat: said.at.chat,
    message: said.at.message,
    body: body.toString('hex'),
    lease: talk.lease,
    quiet: talk.quiet,
    closed: opensLater(desk, appeal, new Date()) !== null,
    joins: joinsOthers(said.content),
    due: term?.due.toISOString() ?? null,
    remind: term?.timer.dueAt?.toISOString() ?? null,
    timer: term?.timer.body.toString('hex') ?? null,
    timer_key: term?.timer.key ?? null,
    timer_lane: term?.timer.lane ?? null,
  }
  try {
    const [row] = await desk.db.together<PostedRow>(RELAY, word)
    sendOff(row, letter)
    if (row?.state === 'new' && !letter.express) desk.db.ring('outbox')
    return row !== undefined
  } catch (error) {
    letter.express?.use('unknown')
    // Another replica handles the same update, or puts something into the same lane.
    if (isUniqueViolation(error)) return false
    throw error
  }
}

const RELAY = `
  with given as (
    select * from json_to_recordset($1::json) as r(n int, ${POSTED}, id bigint, appeal bigint, citizen bigint, chat bigint,
      message bigint, body text, lease int, quiet boolean, closed boolean, joins boolean, due timestamptz, remind timestamptz,
      timer text, timer_key text, timer_lane text)
  ), seen as (
    select g.* from given g join appeals a on a.id = g.appeal
    where a.closed_at is null and a.lease = g.lease and (a.owner_id is not null and a.answer_due is null) = g.quiet
      and (select m.id from messages m where m.origin_chat = g.chat and m.origin_message = g.message limit 1) is null
      and not (g.joins and ${isBusy('g.appeal')})
      and (not g.closed or ${talking({ appeal: 'g.appeal', citizen: 'g.citizen', owned: 'a.owner_id is not null' })})
  ), begun as (
    update appeals a set answer_due = s.due, lease = a.lease + 1 from seen s
    where s.due is not null and a.id = s.appeal and a.lease = s.lease and a.answer_due is null and a.owner_id is not null
      and a.closed_at is null
    returning a.id
  ), fresh as (
    select s.* from seen s where s.due is null or s.appeal in (select id from begun)
  ), kept as (
    insert into messages (id, appeal_id, origin_chat, origin_message, author, state, body) overriding system value
    select id, appeal, chat, message, 'citizen', 'relayed', decode(body, 'hex') from fresh
  ), wound as (
    insert into inbox (key, lane, due_at, state, body)
    select timer_key, timer_lane, remind, case when remind > now() then 'later' else 'new' end, decode(timer, 'hex')
    from fresh where due is not null on conflict (key) do nothing
  ), posted as (${post('fresh')})
  select g.n, p.* from posted p join given g on g.key = p.key`
