import { type Placed, placed } from '../mail/express.ts'
import type { Priority } from '../mail/outbox.ts'
import type { Appeal } from './appeals.ts'
import type { Outcome } from './closing.ts'
import { ONLY_A_PHONE } from './contacts.ts'
import { type Content, type Said, textOf } from './content.ts'
import type { Desk } from './desk.ts'
import type { Message } from './messages.ts'
import { type Topic, topicSql } from './topics.ts'

/** A running talk as one look shows it: all that a word in it needs, for either side. */
export type Talk = {
  appeal: Appeal
  lease: number
  /** It has an owner, and nobody waits for an answer yet. */
  quiet: boolean
  topic: Topic | null
  citizen: { chat: number; lang: string; forgotten: boolean }
  /** The id that its next message may take. */
  message: number
  seniors: number[]
  /** The comment that this operator was asked for. */
  asked: Outcome | null
}

/** What its deed knew of a letter that goes out at once; at any further attempt it is looked up. */
export type Known = { talk: Talk; message?: Message }

/** `operator`: whoever speaks, if it is not the citizen. */
export const talkOf = async (desk: Desk, appeal: number, operator: number | null = null): Promise<Talk | null> => {
  const [row] = await desk.db.together<TalkRow>(TALK, { appeal, operator })
  return row ? talkIn(row) : null
}

export const talkIn = (row: TalkRow): Talk => {
  const { lease, quiet, topic, chat, lang_now, forgotten, message, seniors, asked, ...raw } = row
  return {
    appeal: withDates<Appeal>({ ...raw, context: bytes(raw.context), comment: bytes(raw.comment) }, DATES),
    lease,
    quiet,
    topic: topic && withDates<Topic>(topic, ['createdAt']),
    citizen: { chat, lang: lang_now, forgotten },
    message,
    seniors,
    asked,
  }
}

/** Words and files that need nothing but to be kept and sent on. */
export const isPlain = ({ album, content }: Said): boolean =>
  album === undefined &&
  content.kind !== 'other' &&
  content.kind !== 'contact' &&
  !(content.kind === 'text' && ONLY_A_PHONE.test(textOf(content)))

type Relayed = { said: Said; lane: string; priority: Priority; chat: number | null; operator: number | null }

/** The relay of a message as a letter that may go at once. */
export const relayOf = (desk: Desk, talk: Talk, { said, lane, priority, chat, operator }: Relayed): Placed =>
  placed(
    {
      key: `relay:${said.at.chat}:${said.at.message}`,
      lane,
      kind: 'media',
      payload: desk.keys.own({ type: 'relay', message: talk.message }),
      priority,
      cause: desk.db.cause,
      ...(chat === null ? {} : { known: { talk, message: keptAs(talk, said, operator) } satisfies Known, chat }),
    },
    desk.express,
  )

/** What a message is right after it was kept. */
const keptAs = ({ appeal, message: id }: Talk, said: Said, operator: number | null): Message => ({
  id,
  appealId: appeal.id,
  at: said.at,
  version: 1,
  author: operator === null ? 'citizen' : 'operator',
  operatorId: operator,
  state: 'relayed',
  album: null,
  stoppedBy: null,
  createdAt: new Date(),
  content: said.content satisfies Content,
})

export type TalkRow = Record<string, unknown> & {
  lease: number
  quiet: boolean
  topic: Record<string, unknown> | null
  chat: number
  lang_now: string
  forgotten: boolean
  message: number
  seniors: number[]
  asked: Outcome | null
}
const DATES = ['openedAt', 'waitingSince', 'queuedAt', 'closedAt', 'forgottenAt'] as const

const bytes = (hex: unknown): Buffer | null => (typeof hex === 'string' ? Buffer.from(hex, 'hex') : null)

const withDates = <T extends object>(raw: Record<string, unknown>, names: readonly (keyof T & string)[]): T => {
  const whole = { ...raw }
  for (const name of names) if (typeof whole[name] === 'string') whole[name] = new Date(whole[name])
  return whole as T
}

/** SQL: one appeal as its talk stands, for whoever speaks; `appeal` and `operator` are its own words for them. */
export const talkSql = (appeal: string, operator: string): string => `
  select a.id, a.number, a.citizen_id as "citizenId", a.line, a.kind, a.lang, a.status, a.owner_id as "ownerId",
    a.barred_id as "barredId", a.version, encode(a.context, 'hex') as context, encode(a.comment, 'hex') as comment, a.urgent,
    a.opened_at as "openedAt", a.waiting_since as "waitingSince", a.queued_at as "queuedAt", a.closed_at as "closedAt",
    a.forgotten_at as "forgottenAt", a.lease, a.owner_id is not null and a.answer_due is null as quiet,
    ${topicSql('a.id')} as topic,
    w.external_id as chat, w.lang as lang_now, w.forgotten_at is not null as forgotten,
    nextval('messages_id_seq') as message,
    case when ${operator} is null then '[]' else coalesce((
      select json_agg(distinct o.id) from operators o join roles r on r.operator_id = o.id
      where r.role in ('senior', 'admin') and o.state = 'active'), '[]') end as seniors,
    (select k.outcome from asks k where k.appeal_id = a.id and k.operator_id = ${operator}
       and k.asked_at > now() - interval '10 minutes') as asked
  from appeals a join citizens w on w.id = a.citizen_id where a.id = ${appeal}`

const TALK = `
  select q.n, t.* from json_to_recordset($1::json) as q(n int, appeal bigint, operator bigint)
  cross join lateral (${talkSql('q.appeal', 'q.operator')}) t`
