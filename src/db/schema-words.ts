import { date, index, pgTable, text } from 'drizzle-orm/pg-core'
import { big, now } from './columns.ts'
import { operators } from './schema-desk.ts'

/** A person's check of one value of a fact with its source; the file owns the value, this owns its check. */
export const factChecks = pgTable(
  'fact_checks',
  {
    hash: text('hash').primaryKey(),
    fact: text('fact').notNull(),
    operatorId: big('operator_id')
      .notNull()
      .references(() => operators.id),
    at: now('at'),
    until: date('until', { mode: 'string' }).notNull(),
  },
  (t) => [index('fact_checks_of_operator').on(t.operatorId)],
)
