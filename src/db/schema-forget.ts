import { index, pgTable, text, uniqueIndex } from 'drizzle-orm/pg-core'
import { big, moment, now, oneOf, ownId } from './columns.ts'

/** A citizen asked to be forgotten. When it is done, nothing here leads to a person: only the receipt's number stays. */
export const forgettings = pgTable(
  'forgettings',
  {
    id: ownId(),
    receipt: text('receipt').notNull().unique(),
    citizenId: big('citizen_id'),
    state: text('state').notNull().default('asked'),
    askedAt: now('asked_at'),
    doneAt: moment('done_at'),
  },
  (t) => [
    uniqueIndex('forgettings_one').on(t.citizenId),
    index('forgettings_asked').on(t.askedAt),
    oneOf('forgettings_state', t.state, ['asked', 'done']),
  ],
)
