import { sql } from 'drizzle-orm'
import { index, jsonb, pgTable, primaryKey, text, uniqueIndex } from 'drizzle-orm/pg-core'
import { big, moment, now, oneOf, ownId, sealed } from './columns.ts'
import { citizens } from './schema.ts'
import { lines, operators } from './schema-desk.ts'

/** What does not work right now, and above which answers citizens read it. */
export const outages = pgTable(
  'outages',
  {
    id: ownId(),
    /** The update that marked it: a repeated one marks nothing twice. */
    origin: text('origin').notNull().unique(),
    state: text('state').notNull().default('draft'),
    /** By language, as an operator wrote it. */
    words: sealed('words').notNull(),
    since: moment('since').notNull(),
    entries: jsonb('entries').$type<string[]>().notNull(),
    /** With all answers of this line of work. */
    line: text('line').references(() => lines.id),
    markedBy: big('marked_by')
      .notNull()
      .references(() => operators.id),
    endedBy: big('ended_by').references(() => operators.id),
    endedAt: moment('ended_at'),
    at: now('at'),
  },
  (t) => [
    index('outages_open').on(t.id).where(sql`state = 'open'`),
    index('outages_line').on(t.line).where(sql`line is not null`),
    index('outages_marked_by').on(t.markedBy),
    index('outages_ended_by').on(t.endedBy).where(sql`ended_by is not null`),
    oneOf('outages_state', t.state, ['draft', 'open', 'over', 'dropped']),
  ],
)

/** One message to many, told slowly: that an outage is over, or what a senior wrote to those who asked to be told. */
export const mailings = pgTable(
  'mailings',
  {
    id: ownId(),
    origin: text('origin').notNull().unique(),
    outageId: big('outage_id').references(() => outages.id),
    /** By language; none when the outage has the words. */
    words: sealed('words'),
    state: text('state').notNull(),
    madeBy: big('made_by')
      .notNull()
      .references(() => operators.id),
    approvedBy: big('approved_by').references(() => operators.id),
    at: now('at'),
    doneAt: moment('done_at'),
  },
  (t) => [
    uniqueIndex('mailings_of_outage').on(t.outageId).where(sql`outage_id is not null`),
    index('mailings_made_by').on(t.madeBy),
    index('mailings_approved_by').on(t.approvedBy).where(sql`approved_by is not null`),
    oneOf('mailings_state', t.state, ['gathering', 'draft', 'waiting', 'sending', 'stopped', 'done', 'dropped']),
  ],
)

/** Whom it is told, each once. */
export const mailingPeople = pgTable(
  'mailing_people',
  {
    mailingId: big('mailing_id')
      .notNull()
      .references(() => mailings.id),
    citizenId: big('citizen_id')
      .notNull()
      .references(() => citizens.id),
    putAt: moment('put_at'),
  },
  (t) => [
    primaryKey({ columns: [t.mailingId, t.citizenId] }),
    index('mailing_people_citizen').on(t.citizenId),
    index('mailing_people_waiting').on(t.mailingId, t.citizenId).where(sql`put_at is null`),
  ],
)

/** Who asked to be told what is new. */
export const newsAsks = pgTable('news_asks', {
  citizenId: big('citizen_id')
    .primaryKey()
    .references(() => citizens.id),
  at: now('at'),
})
