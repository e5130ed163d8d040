import { events } from '../db/schema.ts'
import { touch } from './board-touch.ts'
import type { Tx } from './desk.ts'

export type Event = {
  key: string
  kind: string
  appealId?: number
  citizenId?: number
  operatorId?: number | null
  data?: Record<string, string | number | boolean | null>
}

/** Written in the deed's own transaction; the key makes a repeated deed leave one trace. */
export const record = async (tx: Tx, event: Event): Promise<void> => {
  await tx.query.insert(events).values(event).onConflictDoNothing()
  if (event.appealId !== undefined) touch(tx)
}
