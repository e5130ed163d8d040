import { liftSilence, silence } from '../mail/silence.ts'
import { audit } from './audit.ts'
import type { Desk } from './desk.ts'

const CENTURY_S = 100 * 366 * 86_400

/**
 * A restored backup holds letters that were sent long ago. It stands in another database than the one that is written down
 * with the keys: until an admin says /resume, nothing goes out of it.
 */
export const isRestored = async (desk: Desk): Promise<boolean> => {
  const here = await thisDatabase(desk)
  const [row] = await desk.db.run<{ database: string }>(
    `with made as (insert into keys.identity (id, database) values (1, $1) on conflict do nothing returning database)
     select database from made union all select database from keys.identity where id = 1`,
    [here],
  )
  const restored = row !== undefined && row.database !== here
  if (restored) await silence(desk.db, { chat: 0, seconds: CENTURY_S })
  return restored
}

/** What waits goes out, marked as a possible repeat, or is dropped; from now on this is the database. */
export const resume = async (
  desk: Desk,
  { by, drop, key }: { by: number; drop: boolean; key: string },
): Promise<{ status: 'resumed'; waiting: number } | { status: 'not-paused' }> => {
  const here = await thisDatabase(desk)
  const waiting = await desk.db.transaction(async (tx) => {
    const moved = await tx.run(
      'update keys.identity set database = $1, since = now() where database <> $1 returning 1',
      [here],
    )
    if (moved.length === 0) return null
    const before = `state in ('new', 'sending', 'ambiguous')`
    const rows = drop
      ? await tx.run(
          `update outbox set state = 'failed', fault = 'restored', payload = null, done_at = now() where ${before} returning 1`,
        )
      : await tx.run(
          `update outbox set repeated = repeated + 1 where ${before} and kind in ('send', 'media', 'album') returning 1`,
        )
    const data = { waiting: rows.length, dropped: drop }
    await audit(tx, { key: `resume:${key}`, actor: { kind: 'operator', id: by }, action: 'resume', data })
    return rows.length
  })
  if (waiting === null) return { status: 'not-paused' }
  await liftSilence(desk.db, 0)
  return { status: 'resumed', waiting }
}

/** The cluster and the database in it; where the cluster may not be asked, the database alone. */
const thisDatabase = async (desk: Desk): Promise<string> => {
  const [database] = await desk.db.run<{ oid: string }>(
    'select oid::text as oid from pg_database where datname = current_database()',
  )
  const cluster = await desk.db
    .run<{ id: string }>('select system_identifier::text as id from pg_control_system()')
    .catch(() => [])
  return `${cluster[0]?.id ?? '-'}:${database?.oid ?? ''}`
}
