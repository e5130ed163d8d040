import { and, desc, eq, exists, gt, inArray, ne, or, sql } from 'drizzle-orm'
import { draftAnswers, drafts } from '../db/schema-citizen.ts'
import { at } from '../mail/failpoints.ts'
import { type Said, textOf } from './content.ts'
import type { Desk, Tx } from './desk.ts'
import { type Answer, type Draft, lastStep } from './draft-steps.ts'
import { FLOWS, type FlowName, isFlow, refusal } from './flows.ts'

/** A step back is kept as a row of this name, so that the same press does not go back twice. */
const BACK = 'back'
const ASKED_FOR_MS = 24 * 60 * 60_000
const unsent = inArray(drafts.state, ['open', 'left'])

type Beginning = { flow: FlowName; appealId?: number }

/** The citizen's unsent draft of a flow, made if there is none. `left` ones come back as they are: ask before going on. */
export const begin = async (desk: Desk, citizen: number, { flow, appealId }: Beginning): Promise<Draft> => {
  // What was begun about another appeal is not gone on with about this one.
  if (appealId !== undefined) {
    const other = and(eq(drafts.citizenId, citizen), eq(drafts.flow, flow), unsent, ne(drafts.appealId, appealId))
    await desk.db.query.update(drafts).set({ state: 'dropped' }).where(other)
  }
  const state = FLOWS[flow].asked ? 'open' : 'left'
  await desk.db.query.insert(drafts).values({ citizenId: citizen, flow, appealId, state }).onConflictDoNothing()
  const [row] = await desk.db.query
    .select()
    .from(drafts)
    .where(and(eq(drafts.citizenId, citizen), eq(drafts.flow, flow), unsent))
  return await fill(desk, row)
}

/** The one that is being asked right now, if any. A question nobody answered for a day is not being asked any more. */
export const asking = async (desk: Desk, citizen: number): Promise<Draft | null> => {
  const [row] = await desk.db.query
    .select()
    .from(drafts)
    .where(and(eq(drafts.citizenId, citizen), eq(drafts.state, 'open'), gt(drafts.touchedAt, lately())))
    .orderBy(desc(drafts.touchedAt))
    .limit(1)
  return row ? await fill(desk, row) : null
}

/**
 * The draft an update is about: the one that is being asked, or a sent one that this very update was an answer in – then it
 * was handled before, up to a crash.
 */
export const concerned = async (desk: Desk, citizen: number, key: string): Promise<Draft | null> => {
  const tookIt = desk.db.query
    .select({ one: sql`1` })
    .from(draftAnswers)
    .where(and(eq(draftAnswers.draftId, drafts.id), eq(draftAnswers.key, key)))
  const [row] = await desk.db.query
    .select()
    .from(drafts)
    .where(
      and(
        eq(drafts.citizenId, citizen),
        gt(drafts.touchedAt, lately()),
        or(eq(drafts.state, 'open'), and(eq(drafts.state, 'sent'), exists(tookIt))),
      ),
    )
    .orderBy(drafts.state, desc(drafts.touchedAt))
    .limit(1)
  return row ? await fill(desk, row) : null
}

/** The unsent draft of a flow, if there is one. */
export const kept = async (desk: Desk, citizen: number, flow: FlowName): Promise<Draft | null> => {
  const [row] = await desk.db.query
    .select()
    .from(drafts)
    .where(and(eq(drafts.citizenId, citizen), eq(drafts.flow, flow), unsent))
  return row ? await fill(desk, row) : null
}

export const load = async (desk: Desk, id: number): Promise<Draft> => {
  const [row] = await desk.db.query.select().from(drafts).where(eq(drafts.id, id))
  return await fill(desk, row)
}

/** Of this citizen only: anybody may send any number. */
export const own = async (desk: Desk, citizen: number, id: number): Promise<Draft | null> => {
  const [row] = await desk.db.query
    .select()
    .from(drafts)
    .where(and(eq(drafts.id, id), eq(drafts.citizenId, citizen)))
  return row ? await fill(desk, row) : null
}

/** Left for something else, or gone on with. A sent draft stays sent. */
export const setState = async (desk: Desk, id: number, state: 'open' | 'left' | 'dropped'): Promise<void> => {
  await desk.db.query
    .update(drafts)
    .set({ state, touchedAt: sql`now()` })
    .where(and(eq(drafts.id, id), unsent))
}

/** The citizen turned to something else: whatever was being asked is kept for later. */
export const leaveAll = async (desk: Desk, citizen: number): Promise<void> => {
  await desk.db.query
    .update(drafts)
    .set({ state: 'left' })
    .where(and(eq(drafts.citizenId, citizen), eq(drafts.state, 'open')))
}

/**
 * Saves one accepted answer at once, with the update it came by. An update that already filled a step fills no second one.
 * `null` as what was said means the step was skipped.
 */
export const answer = async (desk: Desk, draft: Draft, { step, key, said }: Answer): Promise<Draft> => {
  const value = await desk.keys.forCitizen(draft.citizenId, { said })
  await at('draft:answer')
  await desk.db.transaction(async (tx) => {
    await tx.query.insert(draftAnswers).values({ draftId: draft.id, key, step, value }).onConflictDoNothing()
    await tx.query.update(drafts).set({ touchedAt: sql`now()` }).where(eq(drafts.id, draft.id))
  })
  await at('draft:answered')
  return await fill(desk, draft)
}

/** One step back: the last answered step is asked again. */
export const stepBack = async (desk: Desk, draft: Draft, key: string): Promise<Draft> => {
  const undone = lastStep(draft).map((answer) => answer.key)
  if (undone.length === 0) return draft
  await desk.db.transaction(async (tx) => {
    const marked = await tx.query
      .insert(draftAnswers)
      .values({ draftId: draft.id, key, step: BACK })
      .onConflictDoNothing()
      .returning()
    if (marked.length === 0) return
    await tx.query
      .delete(draftAnswers)
      .where(and(eq(draftAnswers.draftId, draft.id), inArray(draftAnswers.key, undone)))
    await tx.query.update(drafts).set({ touchedAt: sql`now()` }).where(eq(drafts.id, draft.id))
  })
  return await fill(desk, draft)
}

/** An answer that was corrected before it was sent. False: it is no answer of an unsent draft, or no longer would be. */
export const amend = async (desk: Desk, citizen: number, said: Said): Promise<boolean> => {
  const rows = await desk.db.query
    .select()
    .from(drafts)
    .where(and(eq(drafts.citizenId, citizen), unsent))
  for (const draft of await Promise.all(rows.map((row) => fill(desk, row)))) {
    const answer = draft.answers.find((one) => one.said?.at.message === said.at.message)
    const step = FLOWS[draft.flow].steps.find(({ name }) => name === answer?.step)
    if (!answer || !step || refusal(step, said.content)) continue
    const value = await desk.keys.forCitizen(citizen, { said })
    await desk.db.query
      .update(draftAnswers)
      .set({ value })
      .where(and(eq(draftAnswers.draftId, draft.id), eq(draftAnswers.key, answer.key)))
    return true
  }
  return false
}

/** What was answered to this question in the last draft of this kind that was sent. */
export const saidBefore = async (desk: Desk, { citizenId, flow }: Draft, step: string): Promise<string | null> => {
  const [last] = await desk.db.query
    .select({ value: draftAnswers.value })
    .from(draftAnswers)
    .innerJoin(drafts, eq(drafts.id, draftAnswers.draftId))
    .where(
      and(
        eq(drafts.citizenId, citizenId),
        eq(drafts.flow, flow),
        eq(drafts.state, 'sent'),
        eq(draftAnswers.step, step),
      ),
    )
    .orderBy(desc(drafts.id))
    .limit(1)
  const opened = last?.value ? await desk.keys.open<{ said: Said | null }>(last.value) : null
  return opened?.said ? textOf(opened.said.content) || null : null
}

/** Closes the draft in the transaction of the deed it led to. */
export const markSent = async (tx: Tx, draft: number, appeal: number | null): Promise<void> => {
  await at('draft:send')
  await tx.query.update(drafts).set({ state: 'sent', appealId: appeal }).where(eq(drafts.id, draft))
  await at('draft:sent')
}

const fill = async (desk: Desk, row: typeof drafts.$inferSelect | Draft | undefined): Promise<Draft> => {
  if (!row || !isFlow(row.flow)) throw new Error('the draft is not there')
  const rows = await desk.db.query
    .select()
    .from(draftAnswers)
    .where(eq(draftAnswers.draftId, row.id))
    .orderBy(draftAnswers.seq)
  const given = rows.filter(({ step }) => step !== BACK)
  const answers = given.map(async ({ step, key, value }) => {
    const opened = value ? await desk.keys.open<{ said: Said | null }>(value) : null
    return { step, key, said: opened?.said ?? null }
  })
  const { id, citizenId, flow, appealId, touchedAt } = row
  const keys = rows.map(({ key }) => key)
  const state = row.state as Draft['state']
  return { id, citizenId, flow, appealId, touchedAt, state, keys, answers: await Promise.all(answers) }
}

const lately = (): Date => new Date(Date.now() - ASKED_FOR_MS)
