import { type Appeal, ownByNumber } from './appeals.ts'
import { auditNow } from './audit.ts'
import type { Desk } from './desk.ts'

/** So many misses within an hour, and nothing is looked up until the hour is over. */
export const MOST_AN_HOUR = 10

type Asking = { citizen: number; key: string }
type Found = { status: 'own'; appeal: Appeal } | { status: 'unknown' | 'too-many' }

/**
 * A typed number. Somebody else's and one that does not exist take the same statements: none of them ever reads a row of
 * another citizen. What is refused is not noted, so that it ends.
 */
export const lookUp = async (desk: Desk, asking: Asking, number: string): Promise<Found> => {
  if ((await missesOf(desk, asking.citizen)) >= MOST_AN_HOUR) return { status: 'too-many' }
  const appeal = await ownByNumber(desk, asking.citizen, number)
  if (appeal) return { status: 'own', appeal }
  await missed(desk, asking)
  return { status: 'unknown' }
}

/** What is not the citizen's own, typed or pressed, is noted. */
export const missed = async (desk: Desk, { citizen, key }: Asking): Promise<void> => {
  const actor = { kind: 'citizen', id: citizen } as const
  const data = { by: 'number', found: 0 }
  await auditNow(desk, { key: `guess:${key}`, actor, action: 'search', citizen, data })
}

const missesOf = async (desk: Desk, citizen: number): Promise<number> => {
  const rows = await desk.db.run(
    `select 1 from audit where citizen_id = $1 and actor = 'citizen' and action = 'search'
       and at > now() - interval '1 hour' limit $2`,
    [citizen, MOST_AN_HOUR],
  )
  return rows.length
}
