import { auditNow } from './audit.ts'
import type { Desk } from './desk.ts'

const MOST_AN_HOUR = 10

/** A number that is not the citizen's own, typed or pressed, is noted; after ten in an hour it is said that it is too many. */
export const isTooMany = async (desk: Desk, citizen: number, key: string): Promise<boolean> => {
  const data = { by: 'number', found: 0 }
  await auditNow(desk, {
    key: `guess:${key}`,
    actor: { kind: 'citizen', id: citizen },
    action: 'search',
    citizen,
    data,
  })
  const rows = await desk.db.run(
    `select 1 from audit where citizen_id = $1 and actor = 'citizen' and action = 'search'
       and at > now() - interval '1 hour' limit $2`,
    [citizen, MOST_AN_HOUR + 1],
  )
  return rows.length > MOST_AN_HOUR
}
