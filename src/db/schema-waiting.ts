import { boolean, integer, pgTable, text } from 'drizzle-orm/pg-core'
import { big, oneOf } from './columns.ts'
import { appeals } from './schema.ts'

/** The one message that tells who waits how things stand, and what of it was put out last. */
export const waits = pgTable(
  'waits',
  {
    appealId: big('appeal_id')
      .primaryKey()
      .references(() => appeals.id),
    /** `left`: the citizen wants no more news of the queue. */
    mode: text('mode').notNull().default('live'),
    message: big('message'),
    /** A hash of what stands in it: an edit that would change nothing is not sent. */
    drawn: text('drawn').notNull().default(''),
    shown: text('shown').notNull().default(''),
    edits: integer('edits').notNull().default(0),
    /** Another way was offered: once is enough. */
    offered: boolean('offered').notNull().default(false),
  },
  (t) => [oneOf('waits_mode', t.mode, ['live', 'left'])],
)
