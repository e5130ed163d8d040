import { and, asc, eq, ne } from 'drizzle-orm'
import { appeals, citizens, consents } from '../db/schema.ts'
import { draftAnswers, drafts, faqVotes, ratings, trail } from '../db/schema-citizen.ts'
import { operators } from '../db/schema-desk.ts'
import { messages } from '../db/schema-said.ts'
import { showNumber } from './appeal-number.ts'
import { type AuditAction, audit } from './audit.ts'
import { type Content, type Said, textOf } from './content.ts'
import { openContext } from './context.ts'
import type { Desk } from './desk.ts'
import { toCitizen } from './letters.ts'
import { otherData } from './my-other-data.ts'

type OwnMessage = { at: Date; from: string | null; note: boolean; kind: string; text: string }
export type OwnAppeal = {
  number: string
  kind: string
  line: string
  status: string
  opened: Date
  closed: Date | null
  answers: { step: string; text: string }[]
  comment: string | null
  ratings: { score: number; word: string | null }[]
  said: OwnMessage[]
}
/** Everything that is held about one citizen, opened. It is never stored: the file is made when it is sent. */
export type OwnData = {
  name: string | null
  language: string
  plain: boolean
  since: Date
  consents: { policy: string; given: Date; withdrawn: Date | null }[]
  appeals: OwnAppeal[]
  drafts: { flow: string; state: string; changed: Date; answers: { step: string; text: string }[] }[]
  asked: { at: Date; text: string | null; entry: string | null }[]
  votes: { at: Date; entry: string; helped: boolean }[]
  /** Who of the desk opened it, and when. */
  opened: { at: Date; who: string | null; what: AuditAction; number: string | null }[]
  /** Whatever else names them, by table. */
  other: Record<string, unknown[]>
}

const SAME_FILE_S = 60

/** Both files go out by the outbox, whose rows hold nothing but the citizen's id. Asked for again within a minute: the same. */
export const request = async (desk: Desk, citizen: number, key: string): Promise<'coming' | 'already'> =>
  await desk.db.transaction(async (tx) => {
    const recent = await tx.run(
      `select 1 from audit where citizen_id = $1 and action = 'mydata' and key <> $3
         and at > now() - make_interval(secs => $2) limit 1`,
      [citizen, SAME_FILE_S, `mydata:${key}`],
    )
    if (recent.length > 0) return 'already'
    await audit(tx, { key: `mydata:${key}`, actor: { kind: 'citizen', id: citizen }, action: 'mydata', citizen })
    for (const format of ['html', 'json'] as const) {
      await toCitizen(tx, desk, citizen, {
        key: `mydata:${key}:${format}`,
        letter: { type: 'mydata', citizen, format },
      })
    }
    return 'coming'
  })

export const gather = async (desk: Desk, citizen: number): Promise<OwnData | null> => {
  const { query } = desk.db
  const [person] = await query.select().from(citizens).where(eq(citizens.id, citizen))
  const name = person && (await desk.keys.open<string>(person.name))
  if (!person || person.forgottenAt) return null
  const given = await query.select().from(consents).where(eq(consents.citizenId, citizen)).orderBy(asc(consents.id))
  const own = await query.select().from(appeals).where(eq(appeals.citizenId, citizen)).orderBy(asc(appeals.id))
  const votes = await query.select().from(faqVotes).where(eq(faqVotes.citizenId, citizen)).orderBy(asc(faqVotes.at))
  return {
    name: name ?? null,
    language: person.lang,
    plain: person.plain,
    since: person.createdAt,
    consents: given.map((one) => ({ policy: one.policy, given: one.givenAt, withdrawn: one.withdrawnAt })),
    appeals: await Promise.all(own.map((row) => ownAppeal(desk, row))),
    drafts: await draftsOf(desk, citizen),
    asked: await askedBy(desk, citizen),
    votes: votes.map(({ at, entry, helped }) => ({ at, entry, helped })),
    opened: await openedBy(desk, citizen),
    other: await otherData(desk, citizen),
  }
}

const ownAppeal = async (desk: Desk, row: typeof appeals.$inferSelect): Promise<OwnAppeal> => {
  const scores = await desk.db.query.select().from(ratings).where(eq(ratings.appealId, row.id))
  const context = await openContext(desk, row.context)
  return {
    number: showNumber(row.number),
    kind: row.kind,
    line: row.line,
    status: row.status,
    opened: row.openedAt,
    closed: row.closedAt,
    answers: context?.answers ?? [],
    comment: row.comment && (await desk.keys.open<string>(row.comment)),
    ratings: await Promise.all(
      scores.map(async ({ score, word }) => ({ score, word: word && (await desk.keys.open<string>(word)) })),
    ),
    said: await saidIn(desk, row.id),
  }
}

const saidIn = async (desk: Desk, appeal: number): Promise<OwnMessage[]> => {
  const rows = await desk.db.query
    .select({ message: messages, operator: operators.name })
    .from(messages)
    .leftJoin(operators, eq(operators.id, messages.operatorId))
    .where(and(eq(messages.appealId, appeal), ne(messages.state, 'dropped')))
    .orderBy(asc(messages.id))
  return await Promise.all(
    rows.map(async ({ message, operator }) => {
      const content = (await desk.keys.open<Content>(message.body)) ?? { kind: 'other' as const }
      const { createdAt: at, author, state } = message
      const from = author === 'citizen' ? null : (operator ?? '')
      return { at, from, note: state === 'note' || state === 'held', kind: content.kind, text: textOf(content) }
    }),
  )
}

const draftsOf = async (desk: Desk, citizen: number): Promise<OwnData['drafts']> => {
  const rows = await desk.db.query.select().from(drafts).where(eq(drafts.citizenId, citizen)).orderBy(asc(drafts.id))
  return await Promise.all(
    rows.map(async ({ id, flow, state, touchedAt }) => {
      const given = await desk.db.query.select().from(draftAnswers).where(eq(draftAnswers.draftId, id))
      const answers = given.map(async ({ step, value }) => {
        const kept = value && (await desk.keys.open<{ said: Said | null }>(value))
        return { step, text: kept?.said ? textOf(kept.said.content) : '' }
      })
      return { flow, state, changed: touchedAt, answers: await Promise.all(answers) }
    }),
  )
}

const askedBy = async (desk: Desk, citizen: number): Promise<OwnData['asked']> => {
  const rows = await desk.db.query.select().from(trail).where(eq(trail.citizenId, citizen)).orderBy(asc(trail.id))
  return await Promise.all(
    rows.map(async ({ at, body, entry }) => ({ at, entry, text: body && (await desk.keys.open<string>(body)) })),
  )
}

const openedBy = async (desk: Desk, citizen: number): Promise<OwnData['opened']> => {
  const rows = await desk.db.run<{ at: string; who: string | null; what: AuditAction; number: string | null }>(
    `select a.at::text as at, o.name as who, a.action as what, p.number
     from audit a left join operators o on o.id = a.actor_id left join appeals p on p.id = a.appeal_id
     where a.citizen_id = $1 and a.actor = 'operator' order by a.id`,
    [citizen],
  )
  return rows.map(({ at, who, what, number }) => ({
    at: new Date(at),
    who,
    what,
    number: number && showNumber(number),
  }))
}
