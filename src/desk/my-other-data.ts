import type { Desk } from './desk.ts'
import { referencesTo } from './references.ts'

/** Told in words of their own by my-data.ts, or about the desk's work rather than about the person. */
const TOLD: ReadonlySet<string> = new Set(['appeals', 'consents', 'drafts', 'trail', 'faq_votes', 'events'])

/** What else names the citizen, table by table as the database has it: a new table is never left out. Sealed values are opened. */
export const otherData = async (desk: Desk, citizen: number): Promise<Record<string, unknown[]>> => {
  const found: Record<string, unknown[]> = {}
  for (const { table, column } of await referencesTo(desk.db, 'citizens')) {
    if (TOLD.has(table)) continue
    const rows = await desk.db.run<{ row: string }>(
      `select to_jsonb(t)::text as row from ${table} t where ${column} = $1`,
      [citizen],
    )
    if (rows.length > 0) found[table] = await Promise.all(rows.map(({ row }) => opened(desk, JSON.parse(row))))
  }
  return found
}

const opened = async (desk: Desk, row: Record<string, unknown>): Promise<Record<string, unknown>> => {
  const cells = Object.entries(row).map(async ([name, value]) => {
    if (typeof value !== 'string' || !/^\\x0[1-9]4[34]/.test(value)) return [name, value] as const
    const sealed = Buffer.from(value.slice(2), 'hex')
    return [name, await desk.keys.open(sealed).catch(() => null)] as const
  })
  return Object.fromEntries(await Promise.all(cells))
}
