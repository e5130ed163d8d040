import { hold } from '../mail/leases.ts'
import type { Desk, Tx } from './desk.ts'
import { groupsOf } from './desk-groups.ts'
import * as operators from './operators.ts'
import { tellSeniors } from './seniors.ts'

/** What is remembered for when the database is away. `ours`: this replica is the one that tells. */
export type Contact = { ours: boolean; at: number; chats: number[]; beat: number | null }

/** Much shorter than an outage that is told of. */
const LEASE_S = 15
/** How long a desk that ran all the while may be without its minute's look, before somebody should know. */
const BEAT_S = 60

/** Where seniors are told of an outage that begins now, and by whom: of several replicas the one that holds the lease. */
export const contact = async (desk: Desk, owner: string): Promise<Contact> => {
  const ours = await hold(desk.db, { name: 'alarm', owner, seconds: LEASE_S })
  const [groups, beat] = await Promise.all([groupsOf(desk.db, null), beatOf(desk.db)])
  const chats = groups.length > 0 ? groups.map(({ chatId }) => chatId) : await operators.admins(desk)
  return { ours, at: Date.now(), chats, beat }
}

/** Whether it is time to tell. */
export const isAwayLong = (desk: Desk, { at }: Contact): boolean =>
  Date.now() - at >= desk.texts().targets.alerts.database_away.tell * 1_000

export const minutesSince = (ms: number): number => Math.max(1, Math.round((Date.now() - ms) / 60_000))

/** Whoever told that it is away tells that it is back. */
export const sayBack = async (desk: Desk, { beat, at }: Contact): Promise<void> =>
  await desk.db.transaction((tx) => tellBack(tx, desk, { beat: beat ?? at, since: at }))

/**
 * Whoever was to tell may have been away as well; but a desk that is back sees that its last look was too long ago although it was
 * running. One letter then says for how long; it has the key of the one above, so nobody reads both.
 */
export const standstill = async (desk: Desk): Promise<void> => {
  const allowed = BEAT_S + desk.texts().targets.alerts.database_away.tell
  await desk.db.transaction(async (tx) => {
    const last = await beatOf(tx, 'for update')
    await tx.run(
      `insert into alerts (kind, state, value) values ('beat', 'over', 0) on conflict (kind, subject) do update set since = now()`,
    )
    const ranSince = Date.now() - process.uptime() * 1_000
    if (last === null || last < ranSince || Date.now() - last < allowed * 1_000) return
    await tellBack(tx, desk, { beat: last, since: last })
  })
}

const beatOf = async (tx: Tx | Desk['db'], lock = ''): Promise<number | null> => {
  const [last] = await tx.run<{ ms: number }>(
    `select (extract(epoch from since) * 1000)::float8 as ms from alerts where kind = 'beat' ${lock}`,
  )
  return last?.ms ?? null
}

const tellBack = async (tx: Tx, desk: Desk, { beat, since }: { beat: number; since: number }): Promise<void> =>
  await tellSeniors(tx, desk, {
    line: null,
    key: `alert:database_away:${beat}`,
    letter: { type: 'phrase', phrase: 'alert.database_away.over', vars: { value: minutesSince(since) } },
  })
