import { auditEntries } from '../db/schema-audit.ts'
import type { Desk, Tx } from './desk.ts'

export type AuditAction =
  /** Somebody of the desk saw an appeal, its card or what was said in it. */
  | 'look'
  | 'take'
  | 'search'
  | 'reveal'
  | 'hide'
  | 'export'
  | 'role'
  | 'lines'
  | 'release_held'
  | 'reload'
  | 'fact_check'
  | 'undo'
  | 'broadcast'
  | 'outage'
  | 'scheme'
  | 'ban'
  | 'unban'
  | 'register_desk'
  | 'retry'
  | 'resume'
  | 'audit'
  | 'consent'
  | 'withdraw'
  | 'mydata'
  | 'forget'
  | 'retention'
  | 'rotate_keys'

export type AuditActor = { kind: 'citizen' | 'operator'; id: number } | { kind: 'system' }

export type AuditEntry = {
  /** The natural key: a deed that runs twice leaves one entry. */
  key: string
  actor: AuditActor
  action: AuditAction
  /** Whom or what it was about, by our own ids. */
  appeal?: number
  citizen?: number
  operator?: number
  /** Nothing personal: counts, lines, keys of facts. */
  data?: Record<string, string | number | boolean | null>
}

/** Written in the deed's own transaction. It waits for nobody: the chain is made by a timer afterwards. */
export const audit = async (tx: Tx, { key, actor, action, appeal, citizen, operator, data }: AuditEntry) => {
  await tx.query
    .insert(auditEntries)
    .values({
      key,
      actor: actor.kind,
      actorId: actor.kind === 'system' ? null : actor.id,
      action,
      appealId: appeal,
      citizenId: citizen,
      operatorId: operator,
      data,
    })
    .onConflictDoNothing()
}

/** For what is only looked at and changes nothing. */
export const auditNow = async (desk: Desk, entry: AuditEntry): Promise<void> => await audit(desk.db, entry)
