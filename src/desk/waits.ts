import { and, eq, ne, sql } from 'drizzle-orm'
import { messages } from '../db/schema-said.ts'
import { waits } from '../db/schema-waiting.ts'
import type { Appeal } from './appeals.ts'
import { type Content, textOf } from './content.ts'
import type { Desk, Tx } from './desk.ts'
import { toCitizen } from './letters.ts'

export type Wait = typeof waits.$inferSelect

export const of = async (desk: Desk | Tx, appeal: number): Promise<Wait | null> => {
  const query = 'db' in desk ? desk.db.query : desk.query
  const [row] = await query.select().from(waits).where(eq(waits.appealId, appeal))
  return row ?? null
}

/** The message that gives the number and then tells how things stand. */
export const begin = async (tx: Tx, desk: Desk, appeal: Appeal): Promise<void> => {
  await tx.query.insert(waits).values({ appealId: appeal.id }).onConflictDoNothing()
  await toCitizen(tx, desk, appeal.citizenId, {
    key: `number:${appeal.id}`,
    letter: { type: 'wait', appeal: appeal.id, first: true },
  })
}

/** The appeal changed: so does the message. Who waits again reads it below what was said meanwhile. */
export const changed = async (tx: Tx, desk: Desk, appeal: Changed & { said?: string }): Promise<void> => {
  const wait = await of(tx, appeal.id)
  if (!wait) return
  const again = isAgain(wait, appeal)
  const shown = appeal.waitingSince === null ? 'taken' : ''
  await tx.query
    .update(waits)
    .set({ shown, ...(again ? { message: null, mode: 'live', offered: false } : {}) })
    .where(eq(waits.appealId, appeal.id))
  await toCitizen(tx, desk, appeal.citizenId, {
    key: `wait:${appeal.id}:${appeal.version}`,
    letter: { type: 'wait', appeal: appeal.id, ...(again ? { first: true, said: appeal.said } : {}) },
  })
}

/** Whoever had it in hand gave it back: a new message tells how things stand. */
export const isAgain = (wait: Wait | null, { waitingSince }: Changed): boolean =>
  waitingSince !== null && wait?.shown === 'taken'

type Changed = Pick<Appeal, 'id' | 'citizenId' | 'version' | 'waitingSince'>

/** Puts out an edit if there is anything new to read. `edits` makes its key: a repeated round finds it done. */
export const update = async (desk: Desk, { citizenId, id }: Appeal, { shown, before }: Showing): Promise<void> => {
  if (shown === before) return
  await desk.db.transaction(async (tx) => {
    const [row] = await tx.query
      .update(waits)
      .set({ shown, edits: sql`${waits.edits} + 1` })
      .where(and(eq(waits.appealId, id), eq(waits.shown, before)))
      .returning({ edits: waits.edits })
    if (!row) return
    const letter = { type: 'wait', appeal: id } as const
    await toCitizen(tx, desk, citizenId, { key: `wait:${id}:round${row.edits}`, letter })
  })
}
/** What is to be read, and what was: both as signatures of a look. */
type Showing = { shown: string; before: string }

/** «Оставить вам»: no more news; «Подожду здесь»: news again. */
export const setMode = async (desk: Desk, appeal: number, mode: 'live' | 'left'): Promise<void> => {
  const changes = and(eq(waits.appealId, appeal), ne(waits.mode, mode))
  await desk.db.query.update(waits).set({ mode, shown: '' }).where(changes)
}

/** Where the message stands, and what stands in it, as soon as it is sent or edited. */
export const sent = async (desk: Desk, appeal: number, now: { message: number; drawn: string }): Promise<void> => {
  await desk.db.query.update(waits).set(now).where(eq(waits.appealId, appeal))
}

/** What the matter is, in the citizen's first words. */
export const firstWords = async (desk: Desk, appeal: number): Promise<string> => {
  const rows = await desk.db.query
    .select({ body: messages.body })
    .from(messages)
    .where(and(eq(messages.appealId, appeal), eq(messages.author, 'citizen')))
    .orderBy(messages.id)
    .limit(1)
  const content = rows[0] ? await desk.keys.open<Content>(rows[0].body) : null
  return content ? textOf(content) : ''
}
