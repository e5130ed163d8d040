import { setTimeout } from 'node:timers/promises'
import { letGo } from '../mail/leases.ts'
import type { Changes } from '../texts/stock.ts'
import { tellAdmins } from './admins.ts'
import type { Desk } from './desk.ts'

/** What a replica says about the words it speaks: which, since when, and what it could not read. */
export type Loaded = { version: string; since: string; changes: Changes | null; trouble: Trouble | null }
/** `state` names what the folder held; the faults are for people. */
export type Trouble = { state: string; faults: string[] }
export type Replica = Loaded & { owner: string }

const ALIVE_S = 90
const RELOAD_MS = 3_000
const MOST_FAULTS = 6
const NAME = 'texts:'

/** Renews this replica's row; rows of replicas that are gone go with it. */
export const report = async (desk: Desk, owner: string, loaded: Loaded): Promise<void> => {
  await desk.db.run(
    `insert into leases (name, owner, until, data) values ($1, $2, clock_timestamp() + make_interval(secs => $3), $4)
     on conflict (name) do update set until = excluded.until, data = excluded.data`,
    [NAME + owner, owner, ALIVE_S, JSON.stringify(loaded)],
  )
  await desk.db.run(`delete from leases where name like 'texts:%' and until < now()`)
}

export const leave = async (desk: Desk, owner: string): Promise<void> => await letGo(desk.db, NAME + owner, owner)

export const replicas = async (desk: Desk): Promise<Replica[]> => {
  const rows = await desk.db.run<{ owner: string; data: string }>(
    `select owner, data from leases where name like 'texts:%' and until > now() order by owner`,
  )
  return rows.map(({ owner, data }) => ({ ...(JSON.parse(data) as Loaded), owner }))
}

/** Asks every replica to read its folder now, and waits shortly until all have said what came of it. */
export const reload = async (desk: Desk): Promise<Replica[]> => {
  const [now] = await desk.db.run<{ at: string }>(`select clock_timestamp()::text as at, pg_notify('texts', '')`)
  const end = Date.now() + RELOAD_MS
  while ((await silent(desk, now?.at ?? '')) && Date.now() < end) await setTimeout(100)
  return await replicas(desk)
}

const silent = async (desk: Desk, since: string): Promise<boolean> => {
  const rows = await desk.db.run(
    `select 1 from leases where name like 'texts:%' and until > now()
       and until <= $1::timestamptz + make_interval(secs => $2)`,
    [since, ALIVE_S],
  )
  return rows.length > 0
}

/** Said once per state of the folder, however many replicas read it. */
export const tellTrouble = async (desk: Desk, { state, faults }: Trouble): Promise<void> => {
  const lines = faults.slice(0, MOST_FAULTS).map((fault) => `– ${fault}`)
  if (faults.length > MOST_FAULTS) lines.push(`… ${faults.length - MOST_FAULTS}`)
  const letter = { type: 'phrase', phrase: 'words.broken', vars: { faults: lines.join('\n') } } as const
  await desk.db.transaction((tx) => tellAdmins(tx, desk, { key: `texts_fault:${state}`, letter }))
}
