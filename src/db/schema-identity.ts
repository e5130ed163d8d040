import { smallint, text } from 'drizzle-orm/pg-core'
import { now } from './columns.ts'
import { keys } from './schema.ts'

/** Which database this desk has sent from. Kept apart with the keys: on a restored copy it names another one. */
export const identity = keys.table('identity', {
  id: smallint('id').primaryKey(),
  database: text('database').notNull(),
  since: now('since'),
})
