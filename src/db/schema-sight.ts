import { index, integer, pgTable, primaryKey, text } from 'drizzle-orm/pg-core'
import { big, moment, now, oneOf, ownId, sealed } from './columns.ts'
import { citizens } from './schema.ts'
import { desks, operators } from './schema-desk.ts'

/** The one pinned message in General of a desk group. */
export const boards = pgTable('boards', {
  deskId: big('desk_id')
    .primaryKey()
    .references(() => desks.id),
  message: big('message'),
  /** What it showed last, as a hash: an edit that changes nothing is not sent. */
  shown: text('shown'),
  editedAt: moment('edited_at'),
})

/** What somebody looked for and what was found, so that the pages of it need no second search. */
export const searches = pgTable(
  'searches',
  {
    id: ownId(),
    key: text('key').notNull().unique(),
    operatorId: big('operator_id')
      .notNull()
      .references(() => operators.id),
    body: sealed('body').notNull(),
    at: now('at'),
  },
  (t) => [index('searches_of_operator').on(t.operatorId), index('searches_at').on(t.at)],
)

/** The last four digits of a phone that a citizen left, as an HMAC; for /find only. */
export const contactMarks = pgTable(
  'contact_marks',
  {
    citizenId: big('citizen_id')
      .notNull()
      .references(() => citizens.id),
    mark: text('mark').notNull(),
    at: now('at'),
  },
  (t) => [primaryKey({ columns: [t.citizenId, t.mark] }), index('contact_marks_mark').on(t.mark, t.at)],
)

/** Limits that are passed: told once, and once more when it is over. `subject` is a line, or nothing. */
export const alerts = pgTable(
  'alerts',
  {
    kind: text('kind').notNull(),
    subject: text('subject').notNull().default(''),
    state: text('state').notNull(),
    value: integer('value').notNull(),
    since: now('since'),
  },
  (t) => [primaryKey({ columns: [t.kind, t.subject] }), oneOf('alerts_state', t.state, ['passed', 'over'])],
)
