import { sql } from 'drizzle-orm'
import { index, integer, pgTable, primaryKey, text, unique } from 'drizzle-orm/pg-core'
import { big, now, oneOf, ownId, sealed } from './columns.ts'
import { appeals } from './schema.ts'
import { operators } from './schema-desk.ts'

/** What was said: every version of every message, by whom, and where it was first written. */
export const messages = pgTable(
  'messages',
  {
    id: ownId(),
    appealId: big('appeal_id')
      .notNull()
      .references(() => appeals.id),
    originChat: big('origin_chat').notNull(),
    originMessage: big('origin_message').notNull(),
    version: integer('version').notNull().default(1),
    author: text('author').notNull(),
    operatorId: big('operator_id').references(() => operators.id),
    state: text('state').notNull(),
    album: text('album'),
    /** A guard kept it back, for the reason this phrase names: a senior decides, not its author. */
    stoppedBy: text('stopped_by'),
    body: sealed('body').notNull(),
    createdAt: now('created_at'),
  },
  (t) => [
    unique('messages_origin').on(t.originChat, t.originMessage, t.version),
    index('messages_of_appeal').on(t.appealId, t.id),
    index('messages_of_operator').on(t.operatorId),
    index('messages_of_album').on(t.originChat, t.album).where(sql`album is not null`),
    oneOf('messages_author', t.author, ['citizen', 'operator']),
    oneOf('messages_state', t.state, ['relayed', 'held', 'note', 'dropped', 'withdrawn']),
  ],
)

/** Where each delivered message landed on the other side; words that went together share a copy. */
export const copies = pgTable(
  'copies',
  {
    messageId: big('message_id')
      .notNull()
      .references(() => messages.id),
    chatId: big('chat_id').notNull(),
    copyId: big('copy_id').notNull(),
  },
  (t) => [primaryKey({ columns: [t.chatId, t.copyId, t.messageId] }), index('copies_of_message').on(t.messageId)],
)

/** An operator pressed «Завершить» or «Отклонить» and was asked for the comment. */
export const asks = pgTable(
  'asks',
  {
    appealId: big('appeal_id')
      .notNull()
      .references(() => appeals.id),
    operatorId: big('operator_id')
      .notNull()
      .references(() => operators.id),
    outcome: text('outcome').notNull(),
    askedAt: now('asked_at'),
  },
  (t) => [
    primaryKey({ columns: [t.appealId, t.operatorId] }),
    oneOf('asks_outcome', t.outcome, ['completed', 'rejected']),
  ],
)
