import { boolean, index, pgTable, primaryKey, smallint, text, unique } from 'drizzle-orm/pg-core'
import { big, moment, now, oneOf, ownId } from './columns.ts'

export const lines = pgTable('lines', { id: text('id').primaryKey(), position: smallint('position').notNull() })

export const operators = pgTable(
  'operators',
  {
    id: ownId(),
    channel: text('channel').notNull().default('telegram'),
    externalId: big('external_id').notNull(),
    name: text('name').notNull(),
    state: text('state').notNull(),
    /** What the operator said last: /online, /break or /offline; null: never said anything. */
    presence: text('presence'),
    presenceAt: moment('presence_at'),
    /** The most appeals in hand; null: as many as locales/desk.yaml says. */
    capacity: smallint('capacity'),
    createdAt: now('created_at'),
  },
  (t) => [
    oneOf('operators_presence', t.presence, ['online', 'break', 'offline']),
    unique('operators_person').on(t.channel, t.externalId),
    oneOf('operators_state', t.state, ['seen', 'active', 'left']),
  ],
)

export const roles = pgTable(
  'roles',
  {
    operatorId: big('operator_id')
      .notNull()
      .references(() => operators.id),
    role: text('role').notNull(),
    grantedBy: big('granted_by').references(() => operators.id),
    grantedAt: now('granted_at'),
  },
  (t) => [
    primaryKey({ columns: [t.operatorId, t.role] }),
    index('roles_granted_by').on(t.grantedBy),
    oneOf('roles_role', t.role, ['operator', 'senior', 'admin']),
  ],
)

/** The lines an operator works; none means all of them. */
export const operatorLines = pgTable(
  'operator_lines',
  {
    operatorId: big('operator_id')
      .notNull()
      .references(() => operators.id),
    line: text('line')
      .notNull()
      .references(() => lines.id),
  },
  (t) => [primaryKey({ columns: [t.operatorId, t.line] }), index('operator_lines_line').on(t.line)],
)

/** A desk group; it takes the lines named in desk_lines, or all when none is named. */
export const desks = pgTable('desks', {
  id: ownId(),
  chatId: big('chat_id').notNull().unique(),
  title: text('title').notNull().default(''),
  active: boolean('active').notNull().default(true),
  /** Set aside: the bot cannot work there; its open appeals live elsewhere until this is null again. */
  brokenSince: moment('broken_since'),
  registeredAt: now('registered_at'),
})

export const deskLines = pgTable(
  'desk_lines',
  {
    deskId: big('desk_id')
      .notNull()
      .references(() => desks.id),
    line: text('line')
      .notNull()
      .references(() => lines.id),
  },
  (t) => [primaryKey({ columns: [t.deskId, t.line] }), index('desk_lines_line').on(t.line)],
)

/** Groups in which an operator was seen at work: an appeal that is given to somebody must be within reach. */
export const deskOperators = pgTable(
  'desk_operators',
  {
    deskId: big('desk_id')
      .notNull()
      .references(() => desks.id),
    operatorId: big('operator_id')
      .notNull()
      .references(() => operators.id),
    seenAt: now('seen_at'),
  },
  (t) => [primaryKey({ columns: [t.deskId, t.operatorId] }), index('desk_operators_operator').on(t.operatorId)],
)
