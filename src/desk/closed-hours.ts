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
  if (!opens || (await isTalking(tx, appeal)) || !(await claimed(tx, appeal, opens))) return
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

export const opensLater = (desk: Desk, { line }: Pick<Appeal, 'line'>, now: Date): Date | null => {
  const hours = scheduleOf(desk.texts().schedule, line)
  return hours.isOpen(now) ? null : hours.nextOpening(now)
}

const isTalking = async (tx: Tx, { id, ownerId, citizenId }: Appeal): Promise<boolean> => {
  const [found] = await tx.run<{ talking: boolean }>(TALKING, [id, citizenId, ownerId !== null])
  return found?.talking === true
}

/** SQL: an operator wrote to this citizen within five minutes; or whoever has this appeal in hand was at it within thirty. */
export const talking = ({ appeal, citizen, owned }: { appeal: string; citizen: string; owned: string }): string => `(
  exists (
    select 1 from appeals x cross join lateral (
      select created_at from messages where appeal_id = x.id and author = 'operator' and state = 'relayed'
      order by id desc limit 1) said
    where x.citizen_id = ${citizen} and said.created_at > now() - interval '5 minutes')
  or (${owned} and greatest(
    (select created_at from messages where appeal_id = ${appeal} and author = 'operator' and state = 'relayed'
     order by id desc limit 1),
    (select max(at) from events where appeal_id = ${appeal} and kind = 'taken')) > now() - interval '30 minutes'))`

const TALKING = `select ${talking({ appeal: '$1', citizen: '$2', owned: '$3::boolean' })} as talking`

/** A row of the events, because it outlives the outbox: holidays may be longer than that keeps its keys. */
const claimed = async (tx: Tx, { id }: Appeal, opens: Date): Promise<boolean> => {
  const rows = await tx.query
    .insert(events)
    .values({ key: `closed_hours:${id}:${opens.getTime()}`, kind: 'closed_hours', appealId: id })
    .onConflictDoNothing()
    .returning({ id: events.id })
  return rows.length > 0
}
