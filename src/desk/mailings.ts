import { and, eq, sql } from 'drizzle-orm'
import { mailingPeople, mailings } from '../db/schema-mailings.ts'
import { store } from '../mail/inbox.ts'
import { PRIORITY } from '../mail/outbox.ts'
import type { Desk, Tx } from './desk.ts'
import { record } from './events.ts'
import { toChat, toCitizen } from './letters.ts'
import * as operators from './operators.ts'

/** By language, as somebody at the desk wrote it. */
export type Words = Record<string, string>
export type Mailing = typeof mailings.$inferSelect
/** A few people are told, then the next few: a timer, so that a kill in between costs nothing and tells nobody twice. */
export type Round = { kind: 'mailing'; mailing: number; round: number }

const A_ROUND = 20
const EVERY_MS = 2_000

export const byId = async (tx: Tx | Desk['db'], id: number): Promise<Mailing | null> => {
  const [row] = await tx.query.select().from(mailings).where(eq(mailings.id, id))
  return row ?? null
}

/** Who is on the list, and to how many of them it went out. */
export const counts = async (tx: Tx | Desk['db'], id: number): Promise<{ all: number; put: number }> => {
  const [row] = await tx.run<{ all: number; put: number }>(
    `select count(*)::int as all, count(put_at)::int as put from mailing_people where mailing_id = $1`,
    [id],
  )
  return row ?? { all: 0, put: 0 }
}

/** From `at` on it goes out by itself. */
export const begin = async (tx: Tx, desk: Desk, { id, at }: { id: number; at?: Date }): Promise<void> =>
  await store(tx, [timer(desk, { kind: 'mailing', mailing: id, round: 1 }, at)])

/** One round: those told and their letters are one commit, and so is the next round. */
export const goRound = async (desk: Desk, { mailing: id, round }: Round): Promise<void> => {
  await desk.db.transaction(async (tx) => {
    await tx.run(
      `update mailings set state = 'sending' where id = $1 and state = 'waiting' and approved_by is not null`,
      [id],
    )
    const [row] = await tx.query
      .select()
      .from(mailings)
      .where(and(eq(mailings.id, id), eq(mailings.state, 'sending')))
      .for('update')
    if (!row) return
    const told = await tx.run<{ citizen: number }>(NEXT, [id, A_ROUND])
    for (const { citizen } of told) {
      const letter = { type: 'mailing', mailing: id } as const
      await toCitizen(tx, desk, citizen, { key: `mailing:${id}:${citizen}`, letter, priority: PRIORITY.broadcast })
    }
    if (told.length === 0) return await finish(tx, desk, row)
    const next: Round = { kind: 'mailing', mailing: id, round: round + 1 }
    await store(tx, [timer(desk, next, new Date(Date.now() + EVERY_MS))])
  })
}

const NEXT = `
  update mailing_people set put_at = now() where mailing_id = $1 and citizen_id in
    (select citizen_id from mailing_people where mailing_id = $1 and put_at is null order by citizen_id limit $2)
  returning citizen_id as citizen`

/** Stops in the middle: who was not written to yet is not written to, even if it lay ready to go. */
export const stop = async (tx: Tx, { id, by }: { id: number; by: number }): Promise<boolean> => {
  const stopped = await tx.query
    .update(mailings)
    .set({ state: 'stopped', doneAt: sql`now()` })
    .where(and(eq(mailings.id, id), eq(mailings.state, 'sending')))
    .returning()
  if (stopped.length === 0) return false
  await tx.run(
    `with taken as (
       update outbox o set state = 'failed', fault = 'stopped', payload = null, done_at = now()
       from mailing_people p
       where p.mailing_id = $1 and p.put_at is not null and o.state = 'new'
         and o.key = 'mailing:' || p.mailing_id || ':' || p.citizen_id
       returning p.citizen_id)
     update mailing_people set put_at = null where mailing_id = $1 and citizen_id in (select citizen_id from taken)`,
    [id],
  )
  const { all, put } = await counts(tx, id)
  const key = `mailing_stopped:${id}`
  await record(tx, { key, kind: 'mailing_stopped', operatorId: by, data: { mailing: id, people: all, told: put } })
  return true
}

const finish = async (tx: Tx, desk: Desk, { id, outageId, madeBy }: Mailing): Promise<void> => {
  await tx.query.update(mailings).set({ state: 'done', doneAt: sql`now()` }).where(eq(mailings.id, id))
  const { put } = await counts(tx, id)
  await record(tx, { key: `mailing_done:${id}`, kind: 'mailing_done', data: { mailing: id, told: put } })
  if (outageId !== null) return
  const author = await operators.byId(desk, madeBy)
  if (!author) return
  const letter = { type: 'phrase', phrase: 'broadcast.done', vars: { count: put } } as const
  await toChat(tx, desk, author.externalId, { key: `mailing_done:${id}`, letter })
}

const timer = (desk: Desk, body: Round, dueAt?: Date) => ({
  key: `timer:mailing:${body.mailing}:${body.round}`,
  lane: `timer:mailing:${body.mailing}`,
  dueAt,
  body: desk.keys.own(body),
})

/** Puts somebody on the list, once. */
export const add = async (tx: Tx, mailing: number, citizen: number): Promise<boolean> => {
  const added = await tx.query
    .insert(mailingPeople)
    .values({ mailingId: mailing, citizenId: citizen })
    .onConflictDoNothing()
    .returning()
  return added.length > 0
}
