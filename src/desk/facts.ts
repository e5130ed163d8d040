import { factChecks } from '../db/schema-words.ts'
import { type Fact, factHash, isVerified } from '../texts/facts.ts'
import { audit } from './audit.ts'
import type { Desk, Tx } from './desk.ts'
import { record } from './events.ts'
import { localDate } from './local-time.ts'

export type Unchecked = Fact & { hash: string }
export type Checked =
  | { status: 'checked'; fact: Fact; until: string }
  /** The value or its source is another one by now, or the fact is gone. */
  | { status: 'changed' }

/** Which checks hold, by the hash of value and source. Expired ones stay: a date is compared where it is used. */
export const checks = async (desk: Pick<Desk, 'db'>): Promise<Map<string, string>> => {
  const rows = await desk.db.query.select({ hash: factChecks.hash, until: factChecks.until }).from(factChecks)
  return new Map(rows.map(({ hash, until }) => [hash, until]))
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

/** Somebody looked the value up at its source: citizens read it from now on, for a year or until the file's own date. */
export const check = async (
  desk: Desk,
  { hash, by, key }: { hash: string; by: number; key: string },
): Promise<Checked> => {
  const texts = desk.texts()
  const fact = texts.facts().find((one) => one.value !== null && factHash(one) === hash)
  if (!fact) return { status: 'changed' }
  const until = lastDay(fact, localDate(new Date(), texts.schedule.timezone))
  await desk.db.transaction(async (tx) => {
    const row = { fact: fact.key, operatorId: by, until, at: new Date() }
    await tx.query
      .insert(factChecks)
      .values({ hash, ...row })
      .onConflictDoUpdate({ target: factChecks.hash, set: row })
    const data = { fact: fact.key, hash, until }
    await record(tx, { key: `fact_checked:${key}`, kind: 'fact_checked', operatorId: by, data })
    await audit(tx, { key: `fact_check:${key}`, actor: { kind: 'operator', id: by }, action: 'fact_check', data })
    await tellReplicas(tx)
  })
  return { status: 'checked', fact, until }
}

const tellReplicas = async (tx: Tx): Promise<void> => {
  await tx.run(`select pg_notify('facts', '')`)
}

const lastDay = (fact: Fact, today: string): string => {
  if (fact.expires !== null && fact.expires > today) return fact.expires
  return `${Number(today.slice(0, 4)) + 1}${today.slice(4)}`.replace('-02-29', '-02-28')
}
