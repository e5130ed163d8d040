import { and, eq, gt, sql } from 'drizzle-orm'
import { proposals } from '../db/schema-eyes.ts'
import { tellAdmins } from './admins.ts'
import { type AuditAction, audit } from './audit.ts'
import type { Desk, Tx } from './desk.ts'
import type { Operator, Role } from './operators.ts'

/** Deeds that reach everybody, and who may be the second person. */
export const SECONDS = { fact: ['admin'], broadcast: ['senior', 'admin'] } as const satisfies Record<string, Role[]>
export type Seen = keyof typeof SECONDS
export type Proposal = { id: number; action: Seen; subject: string; proposedBy: number; alone: boolean; until: Date }

export type Proposing = {
  /** The natural key: proposed twice it is one. */
  key: string
  action: Seen
  subject: string
  /** What it is, as the second person reads it. */
  what: string
  by: Operator
}

const UNDO_MS = 10 * 60_000
const CONFIRM_MS = 24 * 60 * 60_000

/**
 * Asks a second person before something reaches everybody. `second`: nothing happens until another one confirms. `alone`:
 * there is no other; the admins are told, and until `until` each of them may undo it.
 */
export const propose = async (tx: Tx, desk: Desk, proposing: Proposing): Promise<Proposal> => {
  const { key, action, subject, what, by } = proposing
  const alone = !(await hasSecond(tx, action, by.id))
  const until = new Date(Date.now() + (alone ? UNDO_MS : CONFIRM_MS))
  await tx.query
    .insert(proposals)
    .values({ key, action, subject, alone, proposedBy: by.id, until })
    .onConflictDoNothing()
  const [row] = await tx.query.select().from(proposals).where(eq(proposals.key, key))
  const proposal = asProposal(row)
  await tellAdmins(tx, desk, {
    key: `eyes:${proposal.id}`,
    letter: {
      type: 'phrase',
      phrase: proposal.alone ? `eyes.alone.${action}` : 'eyes.second',
      vars: { who: by.name, what },
      buttons: { set: 'eyes', proposal: proposal.id, alone: proposal.alone },
    },
  })
  return proposal
}

export type Settled =
  | { status: 'settled'; proposal: Proposal }
  /** Whoever proposed it is not the second person; nor is somebody without that role. */
  | { status: 'same-person' | 'not-second' | 'too-late' }

/** The second person agrees. The caller does the deed in the same transaction. */
export const confirm = async (tx: Tx, id: number, by: Operator): Promise<Settled> => {
  const proposal = await openOne(tx, id, false)
  if (!proposal) return { status: 'too-late' }
  if (proposal.proposedBy === by.id) return { status: 'same-person' }
  if (!by.roles.some((role) => (SECONDS[proposal.action] as readonly Role[]).includes(role)))
    return { status: 'not-second' }
  return await settle(tx, proposal, { state: 'confirmed', by: by.id })
}

/** Takes it back: a deed without a second person within its ten minutes, or a proposal that nobody confirmed yet. */
export const undo = async (tx: Tx, id: number, by: Operator): Promise<Settled> => {
  const proposal = await openOne(tx, id)
  if (!proposal) return { status: 'too-late' }
  const settled = await settle(tx, proposal, { state: 'undone', by: by.id })
  const { action, subject } = proposal
  const undone: AuditAction = 'undo'
  await audit(tx, {
    key: `undo:${id}`,
    actor: { kind: 'operator', id: by.id },
    action: undone,
    operator: proposal.proposedBy,
    data: { of: action, subject },
  })
  return settled
}

/** The ten minutes are over and nobody undid it: true once. For deeds that wait for them. */
export const stands = async (tx: Tx, id: number): Promise<boolean> => {
  const rows = await tx.query
    .update(proposals)
    .set({ state: 'done' })
    .where(and(eq(proposals.id, id), eq(proposals.state, 'open'), eq(proposals.alone, true)))
    .returning({ id: proposals.id })
  return rows.length > 0
}

const hasSecond = async (tx: Tx, action: Seen, by: number): Promise<boolean> => {
  const rows = await tx.run(
    `select 1 from operators o join roles r on r.operator_id = o.id
     where o.state = 'active' and o.id <> $1 and r.role in (select json_array_elements_text($2::json)) limit 1`,
    [by, JSON.stringify(SECONDS[action])],
  )
  return rows.length > 0
}

const openOne = async (tx: Tx, id: number, alone?: boolean): Promise<Proposal | null> => {
  const which = alone === undefined ? undefined : eq(proposals.alone, alone)
  const [row] = await tx.query
    .select()
    .from(proposals)
    .where(and(eq(proposals.id, id), eq(proposals.state, 'open'), gt(proposals.until, sql`now()`), which))
    .for('update')
  return row ? asProposal(row) : null
}

const settle = async (tx: Tx, proposal: Proposal, { state, by }: { state: string; by: number }): Promise<Settled> => {
  await tx.query.update(proposals).set({ state, settledBy: by }).where(eq(proposals.id, proposal.id))
  return { status: 'settled', proposal }
}

const asProposal = (row: typeof proposals.$inferSelect | undefined): Proposal => {
  if (!row) throw new Error('the proposal is not there')
  const { id, action, subject, proposedBy, alone, until } = row
  return { id, action: action as Seen, subject, proposedBy, alone, until }
}
