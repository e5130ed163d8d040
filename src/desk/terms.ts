import { and, eq, isNotNull, isNull, sql } from 'drizzle-orm'
import { appeals } from '../db/schema.ts'
import { type Stored, store } from '../mail/inbox.ts'
import type { Desk, Line, Tx } from './desk.ts'
import { scheduleOf } from './schedule.ts'

/** An owner has a term for the next answer; `lease` says which term of the appeal it is. */
export type TermTimer = { kind: 'answer'; appeal: number; lease: number; step: 'remind' | 'return'; again: number }

/** A citizen waits for this owner's answer from now on, so many working minutes of the line. */
export const start = async (tx: Tx, desk: Desk, { id, line }: { id: number; line: Line }): Promise<void> => {
  const begins = datesOf(desk, line)
  if (!begins) return
  const { remindAt, due } = begins
  const [row] = await tx.query
    .update(appeals)
    .set({ answerDue: due, lease: sql`${appeals.lease} + 1` })
    .where(eq(appeals.id, id))
    .returning({ lease: appeals.lease })
  if (row) await wind(tx, desk, { kind: 'answer', appeal: id, lease: row.lease, step: 'remind', again: 0 }, remindAt)
}

/** A term that begins now, and its first timer; null: a line that never works asks nobody to answer. */
export const next = (
  desk: Desk,
  { id, line }: { id: number; line: Line },
  lease: number,
): { due: Date; timer: Stored } | null => {
  const begins = datesOf(desk, line)
  if (!begins) return null
  const timer: TermTimer = { kind: 'answer', appeal: id, lease, step: 'remind', again: 0 }
  return { due: begins.due, timer: stored(desk, timer, begins.remindAt) }
}

const datesOf = (desk: Desk, line: Line): { remindAt: Date; due: Date } | null => {
  const term = termOf(desk, line)
  const schedule = scheduleOf(desk.texts().schedule, line)
  const now = new Date()
  const [remindAt, due] = [schedule.addMinutes(now, term.remind), schedule.addMinutes(now, term.return)]
  return remindAt && due ? { remindAt, due } : null
}

/** The citizen wrote: if nobody was waited for, the owner's term begins anew. */
export const citizenWrote = async (tx: Tx, desk: Desk, appeal: number): Promise<void> => {
  const [owned] = await tx.query
    .select({ id: appeals.id, line: appeals.line })
    .from(appeals)
    .where(and(eq(appeals.id, appeal), isNotNull(appeals.ownerId), isNull(appeals.closedAt), isNull(appeals.answerDue)))
    .for('update')
  if (owned) await start(tx, desk, { id: owned.id, line: owned.line as Line })
}

/** Answered: now it is the citizen's turn. */
export const stop = async (tx: Tx, appeal: number): Promise<void> => {
  const waited = and(eq(appeals.id, appeal), isNotNull(appeals.answerDue))
  await tx.query.update(appeals).set({ answerDue: null }).where(waited)
}

export const termOf = (desk: Desk, line: Line) => {
  const { answer } = desk.texts().people
  return answer.lines[line] ?? answer.default
}

export const wind = async (tx: Tx, desk: Desk, timer: TermTimer, dueAt: Date): Promise<void> =>
  await store(tx, [stored(desk, timer, dueAt)])

const stored = (desk: Desk, timer: TermTimer, dueAt: Date): Stored => {
  const { appeal, lease, step, again } = timer
  const key = `timer:answer:${appeal}:${lease}:${step}:${again}`
  return { key, lane: `answer:${appeal}`, dueAt, body: desk.keys.own(timer) }
}
