import type { Db } from '../db/client.ts'

export type Lease = { name: string; owner: string; seconds: number }

/** Takes or renews what only one may do. True: it is ours until `seconds` from now. */
export const hold = async (db: Db, { name, owner, seconds }: Lease): Promise<boolean> => {
  const rows = await db.run(
    `insert into leases (name, owner, until) values ($1, $2, now() + make_interval(secs => $3))
     on conflict (name) do update set owner = excluded.owner, until = excluded.until
       where leases.owner = excluded.owner or leases.until < now()
     returning name`,
    [name, owner, seconds],
  )
  return rows.length > 0
}

export const letGo = async (db: Db, name: string, owner: string): Promise<void> => {
  await db.run('delete from leases where name = $1 and owner = $2', [name, owner])
}

/** Nobody else works on this database: whatever a killed process held is free at once, and need not be waited for. */
export const freeAll = async (db: Db): Promise<void> => {
  await db.run('delete from leases')
  await db.run(`update inbox set lease_until = now() where state = 'working'`)
  await db.run(`update outbox set lease_until = now() where state = 'sending'`)
}
