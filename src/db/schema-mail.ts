import { sql } from 'drizzle-orm'
import { index, integer, pgSequence, pgTable, smallint, text, uniqueIndex } from 'drizzle-orm/pg-core'
import { big, moment, now, oneOf, ownId, sealed } from './columns.ts'

/** Updates and timers, stored before they are handled. A body is nulled when its row is done; the key stays against repeats. */
export const inbox = pgTable(
  'inbox',
  {
    id: ownId(),
    key: text('key').notNull().unique(),
    lane: text('lane').notNull(),
    /** `later` is a timer that is not due; it blocks nobody. */
    state: text('state').notNull(),
    dueAt: now('due_at'),
    body: sealed('body'),
    attempts: smallint('attempts').notNull().default(0),
    owner: text('owner'),
    leaseUntil: moment('lease_until'),
    fault: text('fault'),
    createdAt: now('created_at'),
    doneAt: moment('done_at'),
  },
  (t) => [
    index('inbox_heads').on(t.lane, t.id).where(sql`state in ('new', 'working')`),
    uniqueIndex('inbox_one_in_hand').on(t.lane).where(sql`state = 'working'`),
    index('inbox_timers').on(t.dueAt).where(sql`state = 'later'`),
    index('inbox_done').on(t.doneAt).where(sql`state = 'done'`),
    index('inbox_quarantined').on(t.id).where(sql`state = 'quarantined'`),
    oneOf('inbox_state', t.state, ['later', 'new', 'working', 'done', 'quarantined']),
  ],
)

/** Steps of 1000, so that a lost topic's new birth finds a place before the row that discovered the loss. */
export const outboxPlace = pgSequence('outbox_place', { startWith: 1000, increment: 1000 })

export const outbox = pgTable(
  'outbox',
  {
    id: ownId(),
    place: big('place').notNull().default(sql`nextval('outbox_place')`),
    key: text('key').notNull().unique(),
    /** `citizen:<id>`, `appeal:<id>` or `chat:<telegram id>`; where that is, is looked up when it is sent. */
    lane: text('lane').notNull(),
    kind: text('kind').notNull(),
    payload: sealed('payload'),
    payloadVersion: smallint('payload_version').notNull().default(1),
    priority: smallint('priority').notNull(),
    /** Whose turn it is in a chat: each further row of a lane is three seconds later, so that no burst keeps others waiting. */
    turn: now('turn'),
    state: text('state').notNull().default('new'),
    attempt: integer('attempt').notNull().default(0),
    /** It may have been delivered before: the next sending says so. */
    repeated: smallint('repeated').notNull().default(0),
    /** How many messages it counts for in the pace of its chat: the parts of an album. */
    weight: smallint('weight').notNull().default(1),
    owner: text('owner'),
    leaseUntil: moment('lease_until'),
    notBefore: now('not_before'),
    /** The inbox row whose handling put it out. */
    cause: text('cause'),
    fault: text('fault'),
    createdAt: now('created_at'),
    doneAt: moment('done_at'),
  },
  (t) => [
    index('outbox_heads').on(t.lane, t.place).where(sql`state in ('new', 'sending', 'ambiguous')`),
    uniqueIndex('outbox_one_in_flight').on(t.lane).where(sql`state = 'sending'`),
    index('outbox_of_cause').on(t.cause),
    index('outbox_done').on(t.doneAt).where(sql`state in ('sent', 'failed')`),
    oneOf('outbox_state', t.state, ['new', 'sending', 'sent', 'failed', 'ambiguous']),
    oneOf('outbox_kind', t.kind, [
      'send',
      'media',
      'album',
      'edit',
      'delete',
      'react',
      'pin',
      'topic_open',
      'topic_close',
      'topic_rename',
    ]),
  ],
)

/** One row a chat and one for all chats (0): when the last messages went, and until when Telegram wants silence. */
export const pace = pgTable('pace', {
  chat: big('chat').primaryKey(),
  notBefore: moment('not_before'),
  /** When Telegram last found it too much. */
  floodedAt: moment('flooded_at'),
  /** Milliseconds since 1970, newest last. */
  sent: text('sent').notNull().default('[]'),
  /** When its window has room again: for everything, and for new topics and cards. */
  opensAt: moment('opens_at'),
  opensForNewAt: moment('opens_for_new_at'),
})

/** Who does what only one may do. Rows, not session locks: they survive poolers and are seen by people. */
export const leases = pgTable('leases', {
  name: text('name').primaryKey(),
  owner: text('owner').notNull(),
  until: moment('until').notNull(),
  data: text('data'),
})
