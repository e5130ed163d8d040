import type { Db } from '../db/client.ts'
import type { InboxRow, Stored } from './inbox.ts'
import * as inbox from './inbox.ts'

type Handed = { rows: Stored[]; resolve(): void; reject(error: unknown): void }

/** Updates on their way into the store: what comes while one statement runs goes with the next, all in one commit. */
export const createIntake = (db: Db, owner: string) => {
  let handed: Handed[] = []
  let closed = false
  return {
    waits: () => handed.length > 0,
    /** Resolves after the commit. */
    hand: async (rows: Stored[]): Promise<void> => {
      if (closed) return await inbox.store(db, rows)
      await new Promise<void>((resolve, reject) => handed.push({ rows, resolve, reject }))
    },
    /** Stores what was handed in, and takes up to `room` of it. */
    take: async (room: number): Promise<{ taken: InboxRow[]; waits: boolean }> => {
      const batch = handed
      handed = []
      try {
        const stored = await inbox.storeTaking(
          db,
          batch.flatMap(({ rows }) => rows),
          { owner, room },
        )
        for (const { resolve } of batch) resolve()
        return stored
      } catch (error) {
        for (const { reject } of batch) reject(error)
        throw error
      }
    },
    /** From now on everything is stored by itself, for whoever goes on. */
    close: () => {
      closed = true
    },
  }
}
