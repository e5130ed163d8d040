import { eq } from 'drizzle-orm'
import { choices } from '../db/schema-citizen.ts'
import type { Desk, Tx } from './desk.ts'

/** What a typed digit stands for on the last screen: a button's data, or a word of the menu. */
export type Choice = { data: string } | { text: string }
export type Choices = Record<string, Choice>

/** The newest screen counts; it is kept over a restart. */
export const keep = async (desk: Desk, citizen: number, shown: Choices): Promise<void> => {
  const body = await desk.keys.forCitizen(citizen, shown)
  await desk.db.query
    .insert(choices)
    .values({ citizenId: citizen, body })
    .onConflictDoUpdate({ target: choices.citizenId, set: { body, at: new Date() } })
}

export const chosen = async (desk: Desk, citizen: number, digit: string): Promise<Choice | null> => {
  const [row] = await desk.db.query.select({ body: choices.body }).from(choices).where(eq(choices.citizenId, citizen))
  const shown = row ? await desk.keys.open<Choices>(row.body) : null
  return shown && Object.hasOwn(shown, digit) ? (shown[digit] ?? null) : null
}

/** A person's words are the last thing on the screen now: a digit is an answer to them. */
export const forget = async (tx: Tx, citizen: number): Promise<void> => {
  await tx.query.delete(choices).where(eq(choices.citizenId, citizen))
}
