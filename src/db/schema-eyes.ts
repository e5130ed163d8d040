import { boolean, index, pgTable, text } from 'drizzle-orm/pg-core'
import { big, moment, now, oneOf, ownId } from './columns.ts'
import { operators } from './schema-desk.ts'

/** A deed that wants a second person: it waits for one, or, where there is no other, may be undone for a while. */
export const proposals = pgTable(
  'proposals',
  {
    id: ownId(),
    key: text('key').notNull().unique(),
    action: text('action').notNull(),
    /** What it is about: the hash of a fact, the id of a broadcast. */
    subject: text('subject').notNull(),
    /** There was nobody else to ask. */
    alone: boolean('alone').notNull(),
    state: text('state').notNull().default('open'),
    proposedBy: big('proposed_by')
      .notNull()
      .references(() => operators.id),
    settledBy: big('settled_by').references(() => operators.id),
    /** Until then it may be undone; nobody confirms it later than a day after it was asked for. */
    until: moment('until').notNull(),
    at: now('at'),
  },
  (t) => [
    index('proposals_by').on(t.proposedBy),
    index('proposals_settled').on(t.settledBy),
    oneOf('proposals_state', t.state, ['open', 'confirmed', 'undone', 'done']),
  ],
)
