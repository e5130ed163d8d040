import { and, eq, gt, sql } from 'drizzle-orm'
import { aidSteps } from '../db/schema-fraud.ts'
import type { Texts } from '../texts.ts'
import type { Desk } from './desk.ts'

/** What has happened; the steps of each are `aid.<mishap>.step_<n>` in locales. */
export const MISHAPS = ['code', 'password', 'money', 'app', 'forwarded', 'taken'] as const
export type Mishap = (typeof MISHAPS)[number]

const MOST_STEPS = 9
const FRESH_HOURS = 72

export const stepsOf = (texts: Texts, lang: string, mishap: Mishap): string[] => {
  const numbers = Array.from({ length: MOST_STEPS }, (_, n) => n + 1)
  return numbers
    .filter((n) => texts.has(lang, `aid.${mishap}.step_${n}`))
    .map((n) => texts.t(lang, `aid.${mishap}.step_${n}`))
}

/** Opened or ticked; twice is once, so a repeated press changes nothing. */
export const tick = async (desk: Desk, citizen: number, { mishap, step }: { mishap: Mishap; step: number }) => {
  await desk.db.query
    .insert(aidSteps)
    .values({ citizenId: citizen, mishap, step })
    .onConflictDoUpdate({ target: [aidSteps.citizenId, aidSteps.mishap, aidSteps.step], set: { at: sql`now()` } })
}

export const untick = async (desk: Desk, citizen: number, { mishap, step }: { mishap: Mishap; step: number }) => {
  await desk.db.query
    .delete(aidSteps)
    .where(and(eq(aidSteps.citizenId, citizen), eq(aidSteps.mishap, mishap), eq(aidSteps.step, step)))
}

export const ticked = async (desk: Desk, citizen: number, mishap: Mishap): Promise<Set<number>> => {
  const rows = await desk.db.query
    .select({ step: aidSteps.step })
    .from(aidSteps)
    .where(and(eq(aidSteps.citizenId, citizen), eq(aidSteps.mishap, mishap)))
  return new Set(rows.map(({ step }) => step).filter((step) => step > 0))
}

/** What a citizen went through in the last days: a report of theirs cannot wait, and an operator sees how far they came. */
export const lately = async (desk: Desk, citizen: number): Promise<{ mishap: Mishap; done: number }[]> => {
  const rows = await desk.db.query
    .select({
      mishap: aidSteps.mishap,
      done: sql<number>`count(*) filter (where ${aidSteps.step} > 0)`.mapWith(Number),
    })
    .from(aidSteps)
    .where(and(eq(aidSteps.citizenId, citizen), gt(aidSteps.at, sql`now() - make_interval(hours => ${FRESH_HOURS})`)))
    .groupBy(aidSteps.mishap)
  return rows.flatMap(({ mishap, done }) => (isMishap(mishap) ? [{ mishap, done }] : []))
}

export const isMishap = (word: string): word is Mishap => (MISHAPS as readonly string[]).includes(word)
