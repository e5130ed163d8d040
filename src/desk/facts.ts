import { eq } from 'drizzle-orm'
import { factChecks } from '../db/schema-words.ts'
import { type Fact, factHash, isVerified } from '../texts/facts.ts'
import { audit } from './audit.ts'
import type { Desk, Tx } from './desk.ts'
import { record } from './events.ts'
import { propose } from './four-eyes.ts'
import { localDate } from './local-time.ts'
import type { Operator } from './operators.ts'

export type Unchecked = Fact & { hash: string }
export type Checked =
  | { status: 'checked'; fact: Fact; until: string }
  /** Another admin has to confirm it. */
  | { status: 'waits'; fact: Fact }
  /** The value or its source is another one by now, or the fact is gone. */
  | { status: 'changed' }

/** Which checks hold, by the hash of value and source. Expired ones stay: a date is compared where it is used. */
export const checks = async (desk: Pick<Desk, 'db'>): Promise<Map<string, string>> => {
  const rows = await desk.db.query.select({ hash: factChecks.hash, until: factChecks.until }).from(factChecks)
  return new Map(rows.map(({ hash, until }) => [hash, until]))
}

/** Fact → the day on which a person last compared it with its source, where that check holds today. */
export const checkedOn = async (desk: Desk): Promise<Map<string, Date>> => {
  const rows = await desk.db.query.select().from(factChecks)
  const held = new Map(rows.map((row) => [row.hash, row]))
  const today = localDate(new Date(), desk.texts().schedule.timezone)
  return new Map(
    desk
      .texts()
      .facts()
      .filter((fact) => isVerified(fact, today, (hash) => held.get(hash)?.until ?? null))
      .map((fact) => [fact.key, held.get(factHash(fact))?.at ?? new Date(`${fact.checked}T09:00:00Z`)]),
  )
}

/** What a person has to check, in the order of the file. */
export const unchecked = async (desk: Desk): Promise<Unchecked[]> => {
  const held = await checks(desk)
  const today = localDate(new Date(), desk.texts().schedule.timezone)
  return desk
    .texts()
    .facts()
    .filter((fact) => !isVerified(fact, today, (hash) => held.get(hash) ?? null))
    .map((fact) => ({ ...fact, hash: factHash(fact) }))
}

/**
 * Somebody looked the value up at its source. Where there is a second admin, it waits for that one; otherwise citizens read
 * it at once, and the admins may undo it for ten minutes. A check holds for a year or until the file's own date.
 */
export const check = async (
  desk: Desk,
  { hash, by, key }: { hash: string; by: Operator; key: string },
): Promise<Checked> => {
  const texts = desk.texts()
  const fact = named(desk, hash)
  if (!fact) return { status: 'changed' }
  const until = lastDay(fact, localDate(new Date(), texts.schedule.timezone))
  return await desk.db.transaction(async (tx) => {
    const what = `${fact.key}: ${[...new Set(Object.values(fact.value ?? {}))].join(' · ')}`
    const proposal = await propose(tx, desk, { key: `fact:${key}`, action: 'fact', subject: hash, what, by })
    if (!proposal.alone) return { status: 'waits', fact }
    await confirmed(tx, desk, { hash, by: by.id, key })
    return { status: 'checked', fact, until }
  })
}

/** The check counts from now on. */
export const confirmed = async (tx: Tx, desk: Desk, { hash, by, key }: { hash: string; by: number; key: string }) => {
  const fact = named(desk, hash)
  if (!fact) return
  const until = lastDay(fact, localDate(new Date(), desk.texts().schedule.timezone))
  const row = { fact: fact.key, operatorId: by, until, at: new Date() }
  await tx.query
    .insert(factChecks)
    .values({ hash, ...row })
    .onConflictDoUpdate({ target: factChecks.hash, set: row })
  const data = { fact: fact.key, hash, until }
  await record(tx, { key: `fact_checked:${key}`, kind: 'fact_checked', operatorId: by, data })
  await audit(tx, { key: `fact_check:${key}`, actor: { kind: 'operator', id: by }, action: 'fact_check', data })
  await tellReplicas(tx)
}

/** Citizens read the pointer again. */
export const undone = async (tx: Tx, { alone, subject }: { alone: boolean; subject: string }): Promise<void> => {
  if (!alone) return
  await tx.query.delete(factChecks).where(eq(factChecks.hash, subject))
  await tellReplicas(tx)
}

const named = (desk: Desk, hash: string): Fact | undefined =>
  desk
    .texts()
    .facts()
    .find((one) => one.value !== null && factHash(one) === hash)

const tellReplicas = async (tx: Tx): Promise<void> => {
  await tx.run(`select pg_notify('facts', '')`)
}

const lastDay = (fact: Fact, today: string): string => {
  if (fact.expires !== null && fact.expires > today) return fact.expires
  return `${Number(today.slice(0, 4)) + 1}${today.slice(4)}`.replace('-02-29', '-02-28')
}
