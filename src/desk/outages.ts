import { and, asc, eq, inArray, sql } from 'drizzle-orm'
import { mailings, outages } from '../db/schema-mailings.ts'
import { outage as away } from '../log.ts'
import { audit } from './audit.ts'
import type { Desk, Line, Tx } from './desk.ts'
import { record } from './events.ts'
import * as mailing from './mailings.ts'

export type Outage = {
  id: number
  state: 'draft' | 'open' | 'over' | 'dropped'
  words: mailing.Words
  since: Date
  entries: string[]
  line: Line | null
}
type Marking = { key: string; by: number; words: mailing.Words; since: Date; entries: string[] }

/** Written down but shown to nobody yet: who marks it looks at it first. */
export const draft = async (desk: Desk, { key, by, words, since, entries }: Marking): Promise<Outage> => {
  const values = { origin: key, markedBy: by, words: desk.keys.own(words), since, entries }
  await desk.db.query.insert(outages).values(values).onConflictDoNothing()
  const [row] = await desk.db.query.select().from(outages).where(eq(outages.origin, key))
  return await opened(desk, row as Row)
}

export const byId = async (desk: Desk, id: number): Promise<Outage | null> => {
  const [row] = await desk.db.query.select().from(outages).where(eq(outages.id, id))
  return row ? await opened(desk, row) : null
}

export const open = async (desk: Desk): Promise<Outage[]> => {
  const rows = await desk.db.query.select().from(outages).where(eq(outages.state, 'open')).orderBy(asc(outages.id))
  return await Promise.all(rows.map((row) => opened(desk, row)))
}

/** From now on every replica shows it, and citizens may ask to be told when it is over. */
export const announce = async (desk: Desk, id: number, by: number): Promise<boolean> =>
  await changed(desk, async (tx) => {
    const rows = await tx.query
      .update(outages)
      .set({ state: 'open' })
      .where(and(eq(outages.id, id), eq(outages.state, 'draft')))
      .returning()
    if (rows.length === 0) return false
    const row = { origin: `outage:${id}`, outageId: id, state: 'gathering', madeBy: by }
    await tx.query.insert(mailings).values(row).onConflictDoNothing()
    await written(tx, { key: `outage_opened:${id}`, by, data: { outage: id } })
    return true
  })

export const drop = async (desk: Desk, id: number): Promise<boolean> => {
  const rows = await desk.db.query
    .update(outages)
    .set({ state: 'dropped' })
    .where(and(eq(outages.id, id), eq(outages.state, 'draft')))
    .returning()
  return rows.length > 0
}

type Change = { by: number; key: string; words?: mailing.Words; since?: Date; entries?: string[]; line?: Line | null }

/** Its words, its beginning, or where it is shown. */
export const change = async (desk: Desk, id: number, { by, key, words, ...rest }: Change): Promise<boolean> =>
  await changed(desk, async (tx) => {
    const rows = await tx.query
      .update(outages)
      .set({ ...rest, ...(words ? { words: desk.keys.own(words) } : {}) })
      .where(and(eq(outages.id, id), inArray(outages.state, ['draft', 'open'])))
      .returning()
    if (rows.length === 0) return false
    const data = { outage: id, what: [...(words ? ['words'] : []), ...Object.keys(rest)].join(' ') }
    await written(tx, { key: `outage_changed:${key}`, by, data })
    return true
  })

/** It works again: the banner goes, and whoever asked is told, once. How many that are; null: it was over before. */
export const end = async (desk: Desk, id: number, by: number): Promise<number | null> => {
  let told: number | null = null
  await changed(desk, async (tx) => {
    const rows = await tx.query
      .update(outages)
      .set({ state: 'over', endedBy: by, endedAt: sql`now()` })
      .where(and(eq(outages.id, id), eq(outages.state, 'open')))
      .returning()
    const [list] = await tx.query
      .update(mailings)
      .set({ state: 'sending' })
      .where(and(eq(mailings.outageId, id), eq(mailings.state, 'gathering')))
      .returning()
    if (rows.length === 0 || !list) return false
    told = (await mailing.counts(tx, list.id)).all
    await written(tx, { key: `outage_over:${id}`, by, data: { outage: id, told } })
    await mailing.begin(tx, desk, { id: list.id })
    return true
  })
  return told
}

/** «Сообщите, когда заработает». `over`: there is nothing to wait for any more. */
export const tellWhenOver = async (desk: Desk, id: number, citizen: number): Promise<'noted' | 'over'> =>
  await desk.db.transaction(async (tx) => {
    // Locked, so that nobody is added behind the last round.
    const [list] = await tx.query
      .select({ id: mailings.id })
      .from(mailings)
      .where(and(eq(mailings.outageId, id), eq(mailings.state, 'gathering')))
      .for('update')
    if (!list) return 'over'
    await mailing.add(tx, list.id, citizen)
    return 'noted'
  })

/**
 * The open outages in memory, so that no press has to ask for them: read again when any replica says that something changed,
 * and when the line on which that is said was lost in between.
 */
export const follow = async (desk: Desk): Promise<() => readonly Outage[]> => {
  let known = await open(desk)
  const again = async () => {
    known = await open(desk)
  }
  await desk.db.listen('outages', () => void again().catch((error) => desk.log.warn('outages.not_read', away(error))))
  return () => known
}

/** Which of them stand above an answer. */
export const over = (all: readonly Outage[], entry: { id: string; line: string }): Outage[] =>
  all.filter(({ entries, line }) => entries.includes(entry.id) || line === entry.line)

type Written = { key: string; by: number; data: Record<string, string | number> }

const written = async (tx: Tx, { key, by, data }: Written): Promise<void> => {
  await record(tx, { key, kind: key.slice(0, key.indexOf(':')), operatorId: by, data })
  await audit(tx, {
    key,
    actor: { kind: 'operator', id: by },
    action: 'outage',
    data: { ...data, deed: key.split(':')[0] ?? '' },
  })
}

type Row = typeof outages.$inferSelect

const opened = async (desk: Desk, { id, state, words, since, entries, line }: Row): Promise<Outage> => ({
  id,
  state: state as Outage['state'],
  words: (await desk.keys.open<mailing.Words>(words)) ?? {},
  since,
  entries,
  line: line as Line | null,
})

const changed = async (desk: Desk, deed: (tx: Tx) => Promise<boolean>): Promise<boolean> =>
  await desk.db.transaction(async (tx) => {
    const done = await deed(tx)
    if (done) await tx.run(`select pg_notify('outages', '')`)
    return done
  })

/** How many wait to be told. */
export const waiting = async (desk: Desk, id: number): Promise<number> => {
  const [list] = await desk.db.query.select({ id: mailings.id }).from(mailings).where(eq(mailings.outageId, id))
  return list ? (await mailing.counts(desk.db, list.id)).all : 0
}
