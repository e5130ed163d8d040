import { sql } from 'drizzle-orm'
import { bigint, index, jsonb, pgTable, text } from 'drizzle-orm/pg-core'
import { big, now, oneOf, ownId, sealed } from './columns.ts'

/**
 * Who did what to whose data. A trigger refuses every change but the seal, and every removal but that of retention. Ids
 * are kept without foreign keys: an entry outlives what it is about, and says nothing about a person by itself.
 */
export const auditEntries = pgTable(
  'audit',
  {
    id: ownId(),
    key: text('key').notNull().unique(),
    at: now('at'),
    actor: text('actor').notNull(),
    actorId: big('actor_id'),
    action: text('action').notNull(),
    appealId: big('appeal_id'),
    citizenId: big('citizen_id'),
    operatorId: big('operator_id'),
    data: jsonb('data').$type<Record<string, string | number | boolean | null>>().notNull().default({}),
    /** Its place in the chain and the hash over everything up to it; empty for the first seconds. */
    position: bigint('position', { mode: 'number' }).unique(),
    hash: sealed('hash'),
  },
  (t) => [
    index('audit_unsealed').on(t.id).where(sql`position is null`),
    index('audit_of_appeal').on(t.appealId, t.id).where(sql`appeal_id is not null`),
    index('audit_of_citizen').on(t.citizenId, t.id).where(sql`citizen_id is not null`),
    index('audit_of_operator').on(t.operatorId, t.id).where(sql`operator_id is not null`),
    index('audit_by_actor').on(t.actorId, t.id).where(sql`actor = 'operator'`),
    index('audit_anchors').on(t.id).where(sql`action = 'retention'`),
    index('audit_at').on(t.at),
    oneOf('audit_actor', t.actor, ['citizen', 'operator', 'system']),
  ],
)
