import { events } from '../db/schema.ts'
import { showNumber } from './appeal-number.ts'
import type { Appeal } from './appeals.ts'
import type { Desk, Tx } from './desk.ts'
import { toCitizen } from './letters.ts'
import { scheduleOf } from './schedule.ts'

/**
 * Whoever writes while the line is closed reads once a closed period when it opens. Not on top of a running talk, and not
 * right after an operator's message: then somebody is there, whatever the schedule says.
 */
export const notice = async (tx: Tx, desk: Desk, appeal: Appeal): Promise<void> => {
  const now = new Date()
  const opens = opensLater(desk, appeal, now)
  if (!opens || (await isTalking(tx, appeal, now)) || !(await claimed(tx, appeal, opens))) return
  await toCitizen(tx, desk, appeal.citizenId, {
    key: `closed_hours:${appeal.id}:${opens.getTime()}`,
    letter: {
      type: 'phrase',
      phrase: 'hours.closed_notice',
      vars: { number: showNumber(appeal.number) },
      moment: { name: 'opens', at: opens.getTime() },
    },
  })
}

/** The message with the number says it already. */
export const isSaid = async (tx: Tx, desk: Desk, appeal: Appeal): Promise<void> => {
  const opens = opensLater(desk, appeal, new Date())
  if (opens) await claimed(tx, appeal, opens)
}

const opensLater = (desk: Desk, { line }: Appeal, now: Date): Date | null => {
  const hours = scheduleOf(desk.texts().schedule, line)
  return hours.isOpen(now) ? null : hours.nextOpening(now)
}

const isTalking = async (tx: Tx, { id, ownerId, citizenId }: Appeal, now: Date): Promise<boolean> => {
  const [found] = await tx.run<{ just_now: boolean | null; running: boolean | null }>(TALK, [
    id,
    citizenId,
    now.toISOString(),
  ])
  return found?.just_now === true || (ownerId !== null && found?.running === true)
}

/** An operator wrote to this citizen within five minutes; or whoever has this appeal in hand was at it within thirty. */
const TALK = `select
  (select max(m.created_at) from messages m join appeals a on a.id = m.appeal_id
   where a.citizen_id = $2 and m.author = 'operator' and m.state = 'relayed') > $3::timestamptz - interval '5 minutes' as just_now,
  greatest(
    (select max(created_at) from messages where appeal_id = $1 and author = 'operator' and state = 'relayed'),
    (select max(at) from events where appeal_id = $1 and kind = 'taken')) > $3::timestamptz - interval '30 minutes' as running`

/** A row of the events, because it outlives the outbox: holidays may be longer than that keeps its keys. */
const claimed = async (tx: Tx, { id }: Appeal, opens: Date): Promise<boolean> => {
  const rows = await tx.query
    .insert(events)
    .values({ key: `closed_hours:${id}:${opens.getTime()}`, kind: 'closed_hours', appealId: id })
    .onConflictDoNothing()
    .returning({ id: events.id })
  return rows.length > 0
}
