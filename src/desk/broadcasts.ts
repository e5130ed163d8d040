import { and, desc, eq, inArray, isNull } from 'drizzle-orm'
import { mailingPeople, mailings, newsAsks } from '../db/schema-mailings.ts'
import { audit } from './audit.ts'
import type { Desk, Tx } from './desk.ts'
import * as desks from './desks.ts'
import { record } from './events.ts'
import { propose } from './four-eyes.ts'
import { type Letter, toChat } from './letters.ts'
import * as mailing from './mailings.ts'
import type { Operator } from './operators.ts'

export type Sent =
  /** Somebody else has to look at it. */
  | { status: 'asked' }
  /** Nobody else is there: it goes out at that time unless it is taken back. */
  | { status: 'later'; at: Date }
  | { status: 'gone' }

export const ask = async (desk: Desk, citizen: number): Promise<void> => {
  await desk.db.query.insert(newsAsks).values({ citizenId: citizen }).onConflictDoNothing()
}

/** Also out of what is on its way. */
export const leave = async (desk: Desk, citizen: number): Promise<void> => {
  await desk.db.transaction(async (tx) => {
    await tx.query.delete(newsAsks).where(eq(newsAsks.citizenId, citizen))
    const broadcasts = tx.query.select({ id: mailings.id }).from(mailings).where(isNull(mailings.outageId))
    await tx.query
      .delete(mailingPeople)
      .where(
        and(
          eq(mailingPeople.citizenId, citizen),
          isNull(mailingPeople.putAt),
          inArray(mailingPeople.mailingId, broadcasts),
        ),
      )
  })
}

export type Readers = { lang: string; count: number }[]

/** How many would read it, by the language they read. */
export const readers = async (tx: Tx | Desk['db']): Promise<Readers> =>
  await tx.run<{ lang: string; count: number }>(
    `select c.lang, count(*)::int as count from news_asks n join citizens c on c.id = n.citizen_id
     where c.unreachable_since is null group by c.lang order by c.lang`,
  )

const howMany = async (tx: Tx): Promise<number> => (await readers(tx)).reduce((sum, { count }) => sum + count, 0)

export const draft = async (
  desk: Desk,
  { key, by, words }: { key: string; by: number; words: mailing.Words },
): Promise<number> => {
  const values = { origin: key, words: desk.keys.own(words), state: 'draft', madeBy: by }
  await desk.db.query.insert(mailings).values(values).onConflictDoNothing()
  const [row] = await desk.db.query.select({ id: mailings.id }).from(mailings).where(eq(mailings.origin, key))
  return (row as { id: number }).id
}

/** Four eyes where there are two pairs; otherwise it goes out in ten minutes unless an admin takes it back. */
export const send = async (desk: Desk, id: number, by: Operator): Promise<Sent> =>
  await desk.db.transaction(async (tx) => {
    const row = await move(tx, id, { from: ['draft'], to: 'waiting' })
    if (!row) return { status: 'gone' }
    await record(tx, { key: `mailing_asked:${id}`, kind: 'mailing_asked', operatorId: by.id, data: { mailing: id } })
    const what = `${await wordsOf(desk, row)} (${await howMany(tx)})`
    const proposing = { key: `broadcast:${id}`, action: 'broadcast', subject: String(id), what, by } as const
    const { alone, until } = await propose(tx, desk, proposing)
    if (!alone) return { status: 'asked' }
    const people = (await approve(tx, id, by.id)) ?? 0
    await written(tx, { key: `broadcast:${id}`, by, data: { mailing: id, people, alone: true } })
    await mailing.begin(tx, desk, { id, at: until })
    return { status: 'later', at: until }
  })

/** A second person agrees: it begins. */
export const confirmed = async (tx: Tx, desk: Desk, { id, by }: { id: number; by: Operator }): Promise<void> => {
  const people = await approve(tx, id, by.id)
  if (people === null) return
  const data = { mailing: id, people }
  await record(tx, { key: `mailing_approved:${id}`, kind: 'mailing_approved', operatorId: by.id, data })
  await written(tx, { key: `broadcast:${id}`, by, data })
  await mailing.begin(tx, desk, { id })
  const letter: Letter = {
    type: 'phrase',
    phrase: 'broadcast.begun',
    vars: { operator: by.name, count: people },
    buttons: { set: 'mailing', mailing: id },
  }
  for (const chat of await desks.chats(desk))
    await toChat(tx, desk, chat, { key: `mailing_begun:${id}:${chat}`, letter })
}

/** Taken back by whoever was asked; what has begun a moment ago stops. */
export const undone = async (tx: Tx, { id, by }: { id: number; by: Operator }): Promise<void> => {
  if (!(await move(tx, id, { from: ['draft', 'waiting'], to: 'dropped' }))) await mailing.stop(tx, { id, by: by.id })
}

/** Taken back before anybody read it. */
export const drop = async (desk: Desk, id: number, by: Operator): Promise<boolean> =>
  await desk.db.transaction(async (tx) => {
    if (!(await move(tx, id, { from: ['draft'], to: 'dropped' }))) return false
    await record(tx, {
      key: `mailing_dropped:${id}`,
      kind: 'mailing_dropped',
      operatorId: by.id,
      data: { mailing: id },
    })
    return true
  })

export const stop = async (desk: Desk, id: number, by: Operator): Promise<boolean> =>
  await desk.db.transaction(async (tx) => {
    const stopped = await mailing.stop(tx, { id, by: by.id })
    if (stopped) await written(tx, { key: `broadcast_stopped:${id}`, by, data: { mailing: id, stopped: true } })
    return stopped
  })

type Written = { key: string; by: Operator; data: Record<string, number | boolean> }

const written = async (tx: Tx, { key, by, data }: Written): Promise<void> =>
  await audit(tx, { key, actor: { kind: 'operator', id: by.id }, action: 'broadcast', data })

/** The newest few, outages not among them. */
export const latest = async (desk: Desk): Promise<(mailing.Mailing & { all: number; put: number })[]> => {
  const rows = await desk.db.query
    .select()
    .from(mailings)
    .where(isNull(mailings.outageId))
    .orderBy(desc(mailings.id))
    .limit(5)
  return await Promise.all(rows.map(async (row) => ({ ...row, ...(await mailing.counts(desk.db, row.id)) })))
}

export const wordsOf = async (desk: Desk, { words }: Pick<mailing.Mailing, 'words'>): Promise<string> => {
  const all = words ? ((await desk.keys.open<mailing.Words>(words)) ?? {}) : {}
  return Object.values(all).join('\n\n')
}

type Move = { from: string[]; to: string }

const move = async (tx: Tx, id: number, { from, to }: Move): Promise<mailing.Mailing | null> => {
  const [row] = await tx.query
    .update(mailings)
    .set({ state: to })
    .where(and(eq(mailings.id, id), isNull(mailings.outageId), inArray(mailings.state, from)))
    .returning()
  return row ?? null
}

/** Who is on the list is settled now; null: it was taken back meanwhile. */
const approve = async (tx: Tx, id: number, by: number): Promise<number | null> => {
  const approved = await tx.query
    .update(mailings)
    .set({ approvedBy: by })
    .where(and(eq(mailings.id, id), eq(mailings.state, 'waiting'), isNull(mailings.approvedBy)))
    .returning()
  if (approved.length === 0) return null
  const rows = await tx.run(
    `insert into mailing_people (mailing_id, citizen_id)
     select $1, n.citizen_id from news_asks n join citizens c on c.id = n.citizen_id where c.unreachable_since is null
     on conflict do nothing returning 1`,
    [id],
  )
  return rows.length
}
