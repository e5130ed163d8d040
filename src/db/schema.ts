import { sql } from 'drizzle-orm'
import {
  type AnyPgColumn,
  boolean,
  index,
  integer,
  jsonb,
  pgSchema,
  pgTable,
  primaryKey,
  smallint,
  text,
  unique,
  uniqueIndex,
} from 'drizzle-orm/pg-core'
import { big, moment, now, oneOf, ownId, sealed } from './columns.ts'
import { lines, operators } from './schema-desk.ts'

export const citizens = pgTable(
  'citizens',
  {
    id: ownId(),
    channel: text('channel').notNull().default('telegram'),
    externalId: big('external_id').notNull(),
    lang: text('lang').notNull(),
    langChosen: boolean('lang_chosen').notNull().default(false),
    /** No emoji, and choices that can be typed. */
    plain: boolean('plain').notNull().default(false),
    name: sealed('name').notNull(),
    currentAppeal: big('current_appeal').references((): AnyPgColumn => appeals.id),
    unreachableSince: moment('unreachable_since'),
    /** Since then this row is nobody: its key is gone, and its external id means nothing. */
    forgottenAt: moment('forgotten_at'),
    createdAt: now('created_at'),
  },
  (t) => [unique('citizens_person').on(t.channel, t.externalId), index('citizens_current').on(t.currentAppeal)],
)

/** Kept in a schema of its own, because it is dumped apart; so no foreign key leads here or away. */
export const keys = pgSchema('keys')
export const citizenKeys = keys.table('citizen_keys', {
  citizen: big('citizen').primaryKey(),
  wrapped: sealed('wrapped').notNull(),
  kek: text('kek').notNull(),
  createdAt: now('created_at'),
})

export const consents = pgTable(
  'consents',
  {
    id: ownId(),
    citizenId: big('citizen_id')
      .notNull()
      .references(() => citizens.id),
    policy: text('policy').notNull(),
    givenAt: now('given_at'),
    withdrawnAt: moment('withdrawn_at'),
  },
  (t) => [uniqueIndex('consents_one_open').on(t.citizenId, t.policy).where(sql`withdrawn_at is null`)],
)

export const appeals = pgTable(
  'appeals',
  {
    id: ownId(),
    number: text('number').notNull().unique(),
    /** The natural key of its opening: a repeated update opens nothing twice. */
    origin: text('origin').notNull().unique(),
    citizenId: big('citizen_id')
      .notNull()
      .references(() => citizens.id),
    line: text('line')
      .notNull()
      .references(() => lines.id),
    kind: text('kind').notNull(),
    lang: text('lang').notNull(),
    status: text('status').notNull().default('accepted'),
    ownerId: big('owner_id').references(() => operators.id),
    /** Who may not have it in hand: a complaint is about this operator. */
    barredId: big('barred_id').references(() => operators.id),
    /** Somebody has just lost something to fraudsters: it goes to the head of its queue. */
    urgent: boolean('urgent').notNull().default(false),
    version: integer('version').notNull().default(1),
    /** What was asked and answered before: see desk/context.ts. */
    context: sealed('context').notNull(),
    comment: sealed('comment'),
    openedAt: now('opened_at'),
    waitingSince: moment('waiting_since').defaultNow(),
    /** Its place in the queue: kept while it is in hand, so that whoever gives it back does not send it to the end. */
    queuedAt: now('queued_at'),
    /** Until when the owner must answer; null: nobody waits for an answer. `lease` counts these terms. */
    answerDue: moment('answer_due'),
    lease: integer('lease').notNull().default(0),
    firstAnswerAt: moment('first_answer_at'),
    closedAt: moment('closed_at'),
    forgottenAt: moment('forgotten_at'),
  },
  (t) => [
    index('appeals_of_citizen').on(t.citizenId, t.id.desc()),
    index('appeals_queue').on(t.line, t.waitingSince).where(sql`waiting_since is not null`),
    index('appeals_waited').on(t.line, t.openedAt).where(sql`first_answer_at is not null`),
    index('appeals_in_hand').on(t.ownerId).where(sql`closed_at is null`),
    index('appeals_of_line').on(t.line, t.id.desc()),
    index('appeals_opened').on(t.openedAt),
    index('appeals_closed').on(t.closedAt).where(sql`closed_at is not null`),
    index('appeals_answered').on(t.firstAnswerAt).where(sql`first_answer_at is not null`),
    index('appeals_barred').on(t.barredId).where(sql`barred_id is not null`),
    oneOf('appeals_kind', t.kind, ['operator', 'feedback', 'contest', 'fault', 'complaint', 'fraud', 'callback']),
    oneOf('appeals_status', t.status, ['accepted', 'in_progress', 'completed', 'rejected', 'cancelled']),
  ],
)

/** Where an appeal lives in a desk group. A topic that was deleted by hand is made again as the next generation. */
export const topics = pgTable(
  'topics',
  {
    appealId: big('appeal_id')
      .notNull()
      .references(() => appeals.id),
    gen: smallint('gen').notNull(),
    chatId: big('chat_id').notNull(),
    threadId: big('thread_id'),
    cardMessage: big('card_message'),
    /** What the card showed last: an edit that changes nothing is not sent. */
    cardHash: text('card_hash'),
    state: text('state').notNull().default('opening'),
    createdAt: now('created_at'),
  },
  (t) => [
    primaryKey({ columns: [t.appealId, t.gen] }),
    unique('topics_place').on(t.chatId, t.threadId),
    oneOf('topics_state', t.state, ['opening', 'open', 'lost', 'moved']),
  ],
)

/** What happened, append-only; `data` holds nothing personal. */
export const events = pgTable(
  'events',
  {
    id: ownId(),
    key: text('key').notNull().unique(),
    appealId: big('appeal_id').references(() => appeals.id),
    citizenId: big('citizen_id').references(() => citizens.id),
    operatorId: big('operator_id').references(() => operators.id),
    kind: text('kind').notNull(),
    data: jsonb('data').$type<Record<string, string | number | boolean | null>>().notNull().default({}),
    at: now('at'),
  },
  (t) => [
    index('events_of_appeal').on(t.appealId, t.id),
    index('events_of_citizen').on(t.citizenId),
    index('events_of_operator').on(t.operatorId),
  ],
)
