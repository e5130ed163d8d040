import type { Desk } from './desk.ts'

const DONE_DAYS = 7
const BATCH = 5_000

/** What is done and old goes, in batches: the mail room's rows, and conversations that nobody will go on with. */
export const tidy = async (desk: Desk): Promise<void> => {
  await inBatches(
    desk,
    `delete from inbox where id in
    (select id from inbox where state = 'done' and done_at < now() - make_interval(days => $1) limit $2)`,
  )
  await inBatches(
    desk,
    `delete from outbox where id in
    (select id from outbox where state in ('sent', 'failed') and done_at < now() - make_interval(days => $1) limit $2)`,
  )
  await inBatches(
    desk,
    `delete from conversation_states where key in
    (select key from conversation_states where touched_at < now() - make_interval(days => $1) limit $2)`,
  )
}

const inBatches = async (desk: Desk, statement: string): Promise<void> => {
  for (;;) {
    const gone = await desk.db.run(`${statement} returning 1`, [DONE_DAYS, BATCH])
    if (gone.length < BATCH) return
  }
}
