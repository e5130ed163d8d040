import type { Db, Tx } from '../db/client.ts'

export const CHANNEL = 'board'

/** What a board shows has changed; whoever listens hears it when the transaction is done, and only then. */
export const touch = (tx: Tx | Db): void => tx.ring(CHANNEL)
