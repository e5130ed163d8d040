import { and, desc, eq, inArray, isNull } from 'drizzle-orm'
import { mailingPeople, mailings, newsAsks } from '../db/schema-mailings.ts'
import { tellAdmins } from './admins.ts'
import * as complaints from './complaints.ts'
import type { Desk, Tx } from './desk.ts'
import * as desks from './desks.ts'
import { record } from './events.ts'
import { type Letter, toChat, type Vars } from './letters.ts'
import * as mailing from './mailings.ts'
import type { Operator } from './operators.ts'

/** How long whoever is alone may think better of it. */
const UNDO_MS = 10 * 60_000

export type Sent =
  /** Somebody else has to look at it. */
  | { status: 'asked' }
  /** Nobody else is there: it goes out at that time unless it is taken back. */
  | { status: 'later'; at: Date }
  | { status: 'gone' }
export type Approved = { status: 'begun'; people: number } | { status: 'own' } | { status: 'gone' }

export const isAsked = async (desk: Desk, citizen: number): Promise<boolean> => {
  const rows = await desk.db.query.select().from(newsAsks).where(eq(newsAsks.citizenId, citizen))
  return rows.length > 0
}

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

/** How many would read it, by the language they read. */
export const readers = async (tx: Tx | Desk['db']): Promise<{ lang: string; count: number }[]> =>
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

/** Four eyes where there are two pairs; otherwise every admin hears of it ten minutes before it goes out. */
export const send = async (desk: Desk, id: number, by: Operator): Promise<Sent> => {
  const author = (await mailing.byId(desk.db, id))?.madeBy
  const alone = (await complaints.seniors(desk)).every((one) => one === author)
  const at = new Date(Date.now() + UNDO_MS)
  const done = await desk.db.transaction(async (tx) => {
    const row = await move(tx, id, { from: ['draft'], to: 'waiting', by: alone ? by.id : null })
    if (!row) return false
    const count = alone ? await gather(tx, id) : await howMany(tx)
    await record(tx, { key: `mailing_asked:${id}`, kind: 'mailing_asked', operatorId: by.id, data: { mailing: id } })
    const vars = { operator: by.name, text: await wordsOf(desk, row), count }
    if (alone) await announce(tx, desk, { id, at, vars })
    else await askSecond(tx, desk, { id, vars })
    return true
  })
  if (!done) return { status: 'gone' }
  return alone ? { status: 'later', at } : { status: 'asked' }
}

type Asking = { id: number; vars: Vars }

const askSecond = async (tx: Tx, desk: Desk, { id, vars }: Asking): Promise<void> => {
  const letter: Letter = {
    type: 'phrase',
    phrase: 'broadcast.second',
    vars,
    buttons: { set: 'mailing', mailing: id, deeds: ['approve', 'drop'] },
  }
  for (const chat of await desks.chats(desk))
    await toChat(tx, desk, chat, { key: `mailing_second:${id}:${chat}`, letter })
}

const announce = async (tx: Tx, desk: Desk, { id, vars, at }: Asking & { at: Date }): Promise<void> => {
  const letter: Letter = {
    type: 'phrase',
    phrase: 'broadcast.alone',
    vars,
    buttons: { set: 'mailing', mailing: id, deeds: ['drop'] },
  }
  await tellAdmins(tx, desk, { key: `mailing_alone:${id}`, letter })
  await mailing.begin(tx, desk, { id, at })
}

/** The second pair of eyes: never the author's own. */
export const approve = async (desk: Desk, id: number, by: Operator): Promise<Approved> =>
  await desk.db.transaction(async (tx) => {
    const row = await mailing.byId(tx, id)
    if (row?.state !== 'waiting' || row.approvedBy !== null) return { status: 'gone' }
    if (row.madeBy === by.id) return { status: 'own' }
    if (!(await move(tx, id, { from: ['waiting'], to: 'waiting', by: by.id }))) return { status: 'gone' }
    const people = await gather(tx, id)
    const data = { mailing: id, people }
    await record(tx, { key: `mailing_approved:${id}`, kind: 'mailing_approved', operatorId: by.id, data })
    await mailing.begin(tx, desk, { id })
    return { status: 'begun', people }
  })

/** Taken back before anybody read it. */
export const drop = async (desk: Desk, id: number, by: Operator): Promise<boolean> =>
  await desk.db.transaction(async (tx) => {
    const row = await move(tx, id, { from: ['draft', 'waiting'], to: 'dropped', by: null })
    if (!row) return false
    await record(tx, {
      key: `mailing_dropped:${id}`,
      kind: 'mailing_dropped',
      operatorId: by.id,
      data: { mailing: id },
    })
    return true
  })

export const stop = async (desk: Desk, id: number, by: Operator): Promise<boolean> =>
  await desk.db.transaction((tx) => mailing.stop(tx, { id, by: by.id }))

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

type Move = { from: string[]; to: string; by: number | null }

const move = async (tx: Tx, id: number, { from, to, by }: Move): Promise<mailing.Mailing | null> => {
  const [row] = await tx.query
    .update(mailings)
    .set({ state: to, ...(by === null ? {} : { approvedBy: by }) })
    .where(and(eq(mailings.id, id), isNull(mailings.outageId), inArray(mailings.state, from)))
    .returning()
  return row ?? null
}

const gather = async (tx: Tx, id: number): Promise<number> => {
  const rows = await tx.run(
    `insert into mailing_people (mailing_id, citizen_id)
     select $1, n.citizen_id from news_asks n join citizens c on c.id = n.citizen_id where c.unreachable_since is null
     on conflict do nothing returning 1`,
    [id],
  )
  return rows.length
}
