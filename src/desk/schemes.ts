import { desc, eq } from 'drizzle-orm'
import { schemes } from '../db/schema-fraud.ts'
import { audit } from './audit.ts'
import { shorten } from './content.ts'
import type { Desk } from './desk.ts'
import { linksIn } from './fraud/sentences.ts'
import { findSecrets } from './secrets/find.ts'

/** A scheme of fraudsters that citizens read under «Мошенники». */
export type Scheme = { id: number; text: string; at: Date }

const MOST_LENGTH = 400

/** Nobody's number and no link of theirs goes out with it. */
export const withoutTraces = (text: string, inPlace: string): string => {
  const masked = findSecrets(text.toWellFormed()).text
  const bare = linksIn(masked).reduce((left, link) => left.replace(link, inPlace), masked)
  return shorten(bare.replace(/\s+/g, ' ').trim(), MOST_LENGTH)
}

export const shown = async (desk: Desk, most = 5): Promise<Scheme[]> => {
  const rows = await desk.db.query
    .select()
    .from(schemes)
    .where(eq(schemes.state, 'shown'))
    .orderBy(desc(schemes.id))
    .limit(most)
  return await Promise.all(
    rows.map(async ({ id, body, at }) => ({ id, at, text: (await desk.keys.open<string>(body)) ?? '' })),
  )
}

type Deed = { key: string; by: number; text: string; appeal?: number | undefined }

export const publish = async (desk: Desk, { key, by, text, appeal }: Deed): Promise<number | null> =>
  await desk.db.transaction(async (tx) => {
    const [row] = await tx.query
      .insert(schemes)
      .values({ key, operatorId: by, appealId: appeal, body: desk.keys.own(text) })
      .onConflictDoNothing()
      .returning({ id: schemes.id })
    if (row) await audit(tx, entry(key, by, { scheme: row.id, deed: 'publish' }))
    return row?.id ?? null
  })

/** New words for a scheme, or none: then it is shown no longer. False: there is no such one. */
export const change = async (
  desk: Desk,
  id: number,
  { key, by, text }: { key: string; by: number; text: string | null },
): Promise<boolean> =>
  await desk.db.transaction(async (tx) => {
    const set = text === null ? { state: 'withdrawn' } : { state: 'shown', body: desk.keys.own(text) }
    const rows = await tx.query.update(schemes).set(set).where(eq(schemes.id, id)).returning({ id: schemes.id })
    if (rows.length > 0) await audit(tx, entry(key, by, { scheme: id, deed: text === null ? 'withdraw' : 'edit' }))
    return rows.length > 0
  })

const entry = (key: string, by: number, data: { scheme: number; deed: string }) => ({
  key: `scheme:${key}`,
  actor: { kind: 'operator' as const, id: by },
  action: 'scheme' as const,
  data,
})
