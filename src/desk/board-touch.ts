import type { Db, Tx } from '../db/client.ts'

export const CHANNEL = 'board'

/** What a board shows has changed; whoever listens hears it when the transaction is done, and only then. */
export const touch = async (tx: Tx | Db): Promise<void> => {
  await tx.run(`select pg_notify('${CHANNEL}', '')`)
}
