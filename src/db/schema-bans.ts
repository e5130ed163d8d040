import { sql } from 'drizzle-orm'
import { boolean, index, pgTable, uniqueIndex } from 'drizzle-orm/pg-core'
import { big, moment, now, ownId, sealed } from './columns.ts'
import { appeals, citizens } from './schema.ts'
import { operators } from './schema-desk.ts'

/** Who may not write to the desk, why, and until when (null: for good). Lifted, run out or replaced it is over and stays. */
export const bans = pgTable(
  'bans',
  {
    id: ownId(),
    citizenId: big('citizen_id')
      .notNull()
      .references(() => citizens.id),
    /** In the topic of this appeal it was said. */
    appealId: big('appeal_id')
      .notNull()
      .references(() => appeals.id),
    operatorId: big('operator_id')
      .notNull()
      .references(() => operators.id),
    reason: sealed('reason').notNull(),
    /** The citizen is not told. */
    shadow: boolean('shadow').notNull().default(false),
    at: now('at'),
    until: moment('until'),
    overAt: moment('over_at'),
    liftedBy: big('lifted_by').references(() => operators.id),
  },
  (t) => [
    uniqueIndex('bans_one').on(t.citizenId).where(sql`over_at is null`),
    index('bans_of_citizen').on(t.citizenId),
    index('bans_of_appeal').on(t.appealId),
    index('bans_of_operator').on(t.operatorId),
    index('bans_lifted_by').on(t.liftedBy).where(sql`lifted_by is not null`),
  ],
)
