import { index, pgTable, primaryKey, smallint, text } from 'drizzle-orm/pg-core'
import { big, now, oneOf, ownId, sealed } from './columns.ts'
import { appeals, citizens } from './schema.ts'
import { operators } from './schema-desk.ts'

/** First aid after a fraud: which steps of which case a citizen has ticked. Step 0: it was opened. */
export const aidSteps = pgTable(
  'aid_steps',
  {
    citizenId: big('citizen_id')
      .notNull()
      .references(() => citizens.id),
    mishap: text('mishap').notNull(),
    step: smallint('step').notNull(),
    at: now('at'),
  },
  (t) => [primaryKey({ columns: [t.citizenId, t.mishap, t.step] })],
)

/** «Сейчас звонят так»: what seniors publish, out of reports. Every change of its words is in the audit. */
export const schemes = pgTable(
  'schemes',
  {
    id: ownId(),
    /** The update it came by: published once. */
    key: text('key').notNull().unique(),
    appealId: big('appeal_id').references(() => appeals.id),
    operatorId: big('operator_id')
      .notNull()
      .references(() => operators.id),
    state: text('state').notNull().default('shown'),
    body: sealed('body').notNull(),
    at: now('at'),
  },
  (t) => [
    index('schemes_by_state').on(t.state, t.id.desc()),
    index('schemes_of_appeal').on(t.appealId),
    index('schemes_of_operator').on(t.operatorId),
    oneOf('schemes_state', t.state, ['shown', 'withdrawn']),
  ],
)
