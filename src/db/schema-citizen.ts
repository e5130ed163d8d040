import { sql } from 'drizzle-orm'
import { bigserial, boolean, index, pgTable, primaryKey, smallint, text, uniqueIndex } from 'drizzle-orm/pg-core'
import { big, moment, now, oneOf, ownId, sealed } from './columns.ts'
import { appeals, citizens } from './schema.ts'

/** The answers given so far in a conversation. `open`: being asked; `left`: kept for «продолжить?». One of both a flow. */
export const drafts = pgTable(
  'drafts',
  {
    id: ownId(),
    citizenId: big('citizen_id')
      .notNull()
      .references(() => citizens.id),
    flow: text('flow').notNull(),
    state: text('state').notNull().default('open'),
    appealId: big('appeal_id').references(() => appeals.id),
    createdAt: now('created_at'),
    touchedAt: now('touched_at'),
  },
  (t) => [
    uniqueIndex('drafts_one_open').on(t.citizenId, t.flow).where(sql`state in ('open', 'left')`),
    index('drafts_of_citizen').on(t.citizenId, t.touchedAt),
    index('drafts_of_appeal').on(t.appealId),
    oneOf('drafts_state', t.state, ['open', 'left', 'sent', 'dropped']),
  ],
)

/** One accepted answer; the key is the update it came by, so that no update fills two steps. */
export const draftAnswers = pgTable(
  'draft_answers',
  {
    draftId: big('draft_id')
      .notNull()
      .references(() => drafts.id, { onDelete: 'cascade' }),
    key: text('key').notNull(),
    seq: bigserial('seq', { mode: 'number' }).notNull(),
    step: text('step').notNull(),
    value: sealed('value'),
  },
  (t) => [primaryKey({ columns: [t.draftId, t.key] })],
)

export const conversationStates = pgTable('conversation_states', {
  key: text('key').primaryKey(),
  body: sealed('body').notNull(),
  touchedAt: now('touched_at'),
})

/** The numbered choices of the last screen, in plain mode: what a typed digit presses. */
export const choices = pgTable('choices', {
  citizenId: big('citizen_id')
    .primaryKey()
    .references(() => citizens.id),
  body: sealed('body').notNull(),
  at: now('at'),
})

/** The way through the FAQ: what was asked, which entries were opened. An operator sees it on the card. */
export const trail = pgTable(
  'trail',
  {
    id: ownId(),
    key: text('key').notNull().unique(),
    citizenId: big('citizen_id')
      .notNull()
      .references(() => citizens.id),
    kind: text('kind').notNull(),
    entry: text('entry'),
    body: sealed('body'),
    verdict: text('verdict'),
    at: now('at'),
  },
  (t) => [
    index('trail_of_citizen').on(t.citizenId, t.id.desc()),
    index('trail_at').on(t.at),
    oneOf('trail_kind', t.kind, ['asked', 'seen']),
  ],
)

export const faqVotes = pgTable(
  'faq_votes',
  {
    citizenId: big('citizen_id')
      .notNull()
      .references(() => citizens.id),
    entry: text('entry').notNull(),
    helped: boolean('helped').notNull(),
    at: now('at'),
  },
  (t) => [primaryKey({ columns: [t.citizenId, t.entry] }), index('faq_votes_at').on(t.at)],
)

export const ratings = pgTable(
  'ratings',
  {
    appealId: big('appeal_id')
      .notNull()
      .references(() => appeals.id),
    closing: smallint('closing').notNull(),
    score: smallint('score').notNull(),
    word: sealed('word'),
    at: moment('at').notNull().defaultNow(),
  },
  (t) => [primaryKey({ columns: [t.appealId, t.closing] }), index('ratings_at').on(t.at)],
)
