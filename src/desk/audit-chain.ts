import { createHash } from 'node:crypto'
import type { Db, Tx } from '../db/client.ts'

/** An entry as PostgreSQL writes it in one way only, and what it was sealed with. */
type Link = { id: number; content: string; position: number | null; hash: Buffer | null }
export type Head = { position: number; hash: string }
export type Broken = { position: number; id: number | null; why: 'missing' | 'changed' }

const BATCH = 500
const CHAIN_LOCK = 7_261_534
const START = Buffer.alloc(32)
const CONTENT = `jsonb_build_array(id, key, to_char(at at time zone 'utc', 'YYYY-MM-DD"T"HH24:MI:SS.US'),
  actor, actor_id, action, appeal_id, citizen_id, operator_id, data)::text as content`

/**
 * Puts what is new into the chain, in the order of ids. One at a time by a lock, and the position is unique: two replicas
 * never make two ends of it.
 */
export const seal = async (db: Db): Promise<number> => {
  for (let total = 0; ; ) {
    const sealed = await db.transaction(sealSome)
    total += sealed
    if (sealed < BATCH) return total
  }
}

const sealSome = async (tx: Tx): Promise<number> => {
  await tx.run('select pg_advisory_xact_lock($1)', [CHAIN_LOCK])
  const fresh = await tx.run<Link>(`select id, ${CONTENT} from audit where position is null order by id limit $1`, [
    BATCH,
  ])
  if (fresh.length === 0) return 0
  let { position, hash } = await lastOf(tx)
  const links = fresh.map(({ id, content }) => {
    position += 1
    hash = linkOf(hash, position, content)
    return { id, position, hash: hash.toString('hex') }
  })
  await tx.run(
    `update audit a set position = r.position, hash = decode(r.hash, 'hex')
     from json_to_recordset($1::json) as r(id bigint, position bigint, hash text) where a.id = r.id`,
    [JSON.stringify(links)],
  )
  return links.length
}

export const head = async (db: Db | Tx): Promise<Head> => {
  const { position, hash } = await lastOf(db)
  return { position, hash: hash.toString('hex') }
}

/** Walks the whole chain. Null: every entry is as it was sealed. `known`: an end that was written down earlier. */
export const verify = async (db: Db, known?: Head): Promise<Broken | null> => {
  const [first] = await db.run<{ position: number }>('select min(position) as position from audit')
  let position = (first?.position ?? 1) - 1
  let hash = await anchorOf(db, position)
  if (hash === null) return { position, id: null, why: 'missing' }
  for (;;) {
    const links = await db.run<Link>(
      `select id, position, hash, ${CONTENT} from audit where position > $1 order by position limit $2`,
      [position, BATCH],
    )
    for (const link of links) {
      position += 1
      if (link.position !== position) return { position, id: null, why: 'missing' }
      hash = linkOf(hash, position, link.content)
      const right = link.hash !== null && hash.equals(link.hash)
      if (!right || (known?.position === position && known.hash !== hash.toString('hex')))
        return { position, id: link.id, why: 'changed' }
    }
    if (links.length < BATCH) break
  }
  return known && known.position > position ? { position: known.position, id: null, why: 'missing' } : null
}

const linkOf = (before: Buffer, position: number, content: string): Buffer =>
  createHash('sha256').update(before).update(`${position}\n`).update(content).digest()

const lastOf = async (db: Db | Tx): Promise<{ position: number; hash: Buffer }> => {
  const [last] = await db.run<{ position: number; hash: Buffer }>(
    'select position, hash from audit where position is not null order by position desc limit 1',
  )
  // Retention never removes the end of the chain.
  return last ?? { position: 0, hash: START }
}

/** What the first entry that is left was sealed upon: the start, or the end that retention removed and named in its act. */
const anchorOf = async (db: Db, position: number): Promise<Buffer | null> => {
  if (position === 0) return START
  const [act] = await db.run<{ hash: string }>(
    `select data->>'hash' as hash from audit
     where action = 'retention' and (data->>'through')::bigint = $1 order by id desc limit 1`,
    [position],
  )
  return act ? Buffer.from(act.hash, 'hex') : null
}
