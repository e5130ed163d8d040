import { and, desc, eq, inArray, sql } from 'drizzle-orm'
import { draftAnswers, drafts } from '../db/schema-citizen.ts'
import type { Content, Said } from './content.ts'
import type { Desk, Tx } from './desk.ts'
import { FLOWS, type Flow, type FlowName, isFlow, MOST_ATTACHMENTS, type Step } from './flows.ts'

export type Answer = { step: string; key: string; said: Said | null }
export type Draft = {
  id: number
  citizenId: number
  flow: FlowName
  state: 'open' | 'left' | 'sent' | 'dropped'
  appealId: number | null
  answers: Answer[]
}

const unsent = inArray(drafts.state, ['open', 'left'])

/** The citizen's unsent draft of a flow, made if there is none. `left` ones come back as they are: ask before going on. */
export const begin = async (desk: Desk, citizen: number, flow: FlowName, appealId?: number): Promise<Draft> => {
  await desk.db.query.insert(drafts).values({ citizenId: citizen, flow, appealId }).onConflictDoNothing()
  const [row] = await desk.db.query
    .select()
    .from(drafts)
    .where(and(eq(drafts.citizenId, citizen), eq(drafts.flow, flow), unsent))
  return await fill(desk, row)
}

/** The one that is being asked right now, if any. */
export const asking = async (desk: Desk, citizen: number): Promise<Draft | null> => {
  const [row] = await desk.db.query
    .select()
    .from(drafts)
    .where(and(eq(drafts.citizenId, citizen), eq(drafts.state, 'open')))
    .orderBy(desc(drafts.touchedAt))
    .limit(1)
  return row ? await fill(desk, row) : null
}

export const load = async (desk: Desk, id: number): Promise<Draft> => {
  const [row] = await desk.db.query.select().from(drafts).where(eq(drafts.id, id))
  return await fill(desk, row)
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
  await desk.db.transaction(async (tx) => {
    await tx.query.insert(draftAnswers).values({ draftId: draft.id, key, step, value }).onConflictDoNothing()
    await tx.query.update(drafts).set({ touchedAt: sql`now()` }).where(eq(drafts.id, draft.id))
  })
  return await fill(desk, draft)
}

/** One step back: the last answered step is asked again. */
export const stepBack = async (desk: Desk, draft: Draft): Promise<Draft> => {
  const last = draft.answers.at(-1)
  if (!last) return draft
  await desk.db.query
    .delete(draftAnswers)
    .where(and(eq(draftAnswers.draftId, draft.id), eq(draftAnswers.step, last.step)))
  return await fill(desk, draft)
}

/** Closes the draft in the transaction of the deed it led to. */
export const markSent = async (tx: Tx, draft: number, appeal: number | null): Promise<void> => {
  await tx.query.update(drafts).set({ state: 'sent', appealId: appeal }).where(eq(drafts.id, draft))
}

/** The first step without an answer; attachments go on until «Готово» or their most. */
export const nextStep = (draft: Draft): Step | null =>
  FLOWS[draft.flow].steps.find((step) => !isFilled(draft, step)) ?? null

export const answersTo = (draft: Draft, step: string): Answer[] =>
  draft.answers.filter((answer) => answer.step === step)

export const contentsOf = (draft: Draft, step: string): Content[] =>
  answersTo(draft, step).flatMap(({ said }) => (said ? [said.content] : []))

export const flowOf = (draft: Draft): Flow => FLOWS[draft.flow]

const isFilled = (draft: Draft, step: Step): boolean => {
  const given = answersTo(draft, step.name)
  if (step.takes !== 'attachments') return given.length > 0
  return given.some(({ said }) => said === null) || given.length >= MOST_ATTACHMENTS
}

const fill = async (desk: Desk, row: typeof drafts.$inferSelect | Draft | undefined): Promise<Draft> => {
  if (!row || !isFlow(row.flow)) throw new Error('the draft is not there')
  const rows = await desk.db.query
    .select()
    .from(draftAnswers)
    .where(eq(draftAnswers.draftId, row.id))
    .orderBy(draftAnswers.seq)
  const answers = rows.map(async ({ step, key, value }) => {
    const opened = value ? await desk.keys.open<{ said: Said | null }>(value) : null
    return { step, key, said: opened?.said ?? null }
  })
  const { id, citizenId, flow, appealId } = row
  return { id, citizenId, flow, appealId, state: row.state as Draft['state'], answers: await Promise.all(answers) }
}
