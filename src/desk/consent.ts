import { and, desc, eq, isNull, ne } from 'drizzle-orm'
import { citizens, consents } from '../db/schema.ts'
import { audit } from './audit.ts'
import { closeOwn } from './close-own.ts'
import type { Desk } from './desk.ts'

/** The version of the text in locales (`consent.text`); a new one is asked for again. */
export const POLICY = '2026-11'

export type Consent = { policy: string; givenAt: Date }

/** The consent that holds for the rules as they are now; null when it has to be asked for. */
export const held = async (desk: Desk, citizen: number): Promise<Consent | null> => {
  const [row] = await desk.db.query
    .select({ policy: consents.policy, givenAt: consents.givenAt })
    .from(consents)
    .where(and(open(citizen), eq(consents.policy, POLICY)))
    .orderBy(desc(consents.id))
    .limit(1)
  return row ?? null
}

export const isGiven = async (desk: Desk, citizen: number): Promise<boolean> => (await held(desk, citizen)) !== null

/** Under which version and when; an older version's consent ends with it. */
export const give = async (desk: Desk, citizen: number): Promise<void> => {
  await desk.db.transaction(async (tx) => {
    await tx.query
      .update(consents)
      .set({ withdrawnAt: new Date() })
      .where(and(open(citizen), ne(consents.policy, POLICY)))
    const [given] = await tx.query
      .insert(consents)
      .values({ citizenId: citizen, policy: POLICY })
      .onConflictDoNothing()
      .returning({ id: consents.id })
    if (!given) return
    const actor = { kind: 'citizen', id: citizen } as const
    await audit(tx, { key: `consent:${given.id}`, actor, action: 'consent', citizen, data: { policy: POLICY } })
  })
}

/** At any time. What is open is closed, or goes on without further words of the citizen – as they chose. */
export const withdraw = async (desk: Desk, citizen: number, { close }: { close: boolean }): Promise<number> => {
  await desk.db.transaction(async (tx) => {
    const rows = await tx.query
      .update(consents)
      .set({ withdrawnAt: new Date() })
      .where(open(citizen))
      .returning({ id: consents.id })
    const actor = { kind: 'citizen', id: citizen } as const
    for (const { id } of rows) {
      await audit(tx, { key: `withdraw:${id}`, actor, action: 'withdraw', citizen, data: { closed: close } })
    }
  })
  if (!close) return 0
  const closed = await closeOwn(desk, citizen, 'withdrawn')
  await desk.db.query.update(citizens).set({ currentAppeal: null }).where(eq(citizens.id, citizen))
  return closed
}

const open = (citizen: number) => and(eq(consents.citizenId, citizen), isNull(consents.withdrawnAt))
