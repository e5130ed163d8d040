import { and, eq, isNull } from 'drizzle-orm'
import { consents } from '../db/schema.ts'
import type { Desk } from './desk.ts'

/** The version of the text in locales (`consent.text`); a new one is asked for again. */
export const POLICY = '2026-11'

export const isGiven = async (desk: Desk, citizen: number): Promise<boolean> => {
  const rows = await desk.db.query.select({ id: consents.id }).from(consents).where(open(citizen)).limit(1)
  return rows.length > 0
}

export const give = async (desk: Desk, citizen: number): Promise<void> => {
  await desk.db.query.insert(consents).values({ citizenId: citizen, policy: POLICY }).onConflictDoNothing()
}

const open = (citizen: number) =>
  and(eq(consents.citizenId, citizen), eq(consents.policy, POLICY), isNull(consents.withdrawnAt))
