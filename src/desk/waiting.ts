import { and, eq } from 'drizzle-orm'
import { waits } from '../db/schema-waiting.ts'
import { showNumber } from './appeal-number.ts'
import { type Appeal, byId } from './appeals.ts'
import type { Desk, Line } from './desk.ts'
import { expected, type Range } from './expected.ts'
import { toCitizen } from './letters.ts'
import { type Look, lookOf, signature } from './look.ts'
import { scheduleOf } from './schedule.ts'
import { update } from './waits.ts'

type Row = { id: number; place: number; mode: Look['mode']; shown: string; offered: boolean }

/** Everybody who waits, each with the place in the queue of the line. */
const WAITING = `
  select q.id, q.place::int as place, w.mode, w.shown, w.offered
  from (select id, row_number() over (partition by line order by waiting_since, id) as place
        from appeals where waiting_since is not null and closed_at is null) q
  join waits w on w.appeal_id = q.id order by q.id`

/** Once a minute: whose message would read differently now gets it edited; whose limit is passed is offered another way. */
export const goRound = async (desk: Desk): Promise<void> => {
  const now = new Date()
  const ranges = new Map<Line, Range | null>()
  for (const row of await desk.db.run<Row>(WAITING)) {
    const appeal = await byId(desk, row.id)
    if (!appeal || appeal.waitingSince === null || row.mode === 'left') continue
    const known = ranges.get(appeal.line)
    const range = known === undefined ? await expected(desk, appeal.line, now) : known
    ranges.set(appeal.line, range)
    const look = lookOf(desk, appeal, { ...row, range, now })
    await update(desk, appeal, { shown: signature(look), before: row.shown })
    if (!row.offered && look.opens === null) await offerOther(desk, appeal, now)
  }
}

/** Another way, once, when the limit of the line is passed. Nobody is told that it will only be a minute more. */
const offerOther = async (desk: Desk, appeal: Appeal, now: Date): Promise<void> => {
  const { limitMinutes, reserve } = desk.texts().waiting(appeal.line)
  const hours = scheduleOf(desk.texts().schedule, appeal.line)
  if (!appeal.waitingSince || hours.workingMinutes(appeal.waitingSince, now) < limitMinutes) return
  const open = reserve !== null && scheduleOf(desk.texts().schedule, reserve).isOpen(now) ? reserve : null
  await desk.db.transaction(async (tx) => {
    const [ours] = await tx.query
      .update(waits)
      .set({ offered: true })
      .where(and(eq(waits.appealId, appeal.id), eq(waits.offered, false)))
      .returning({ edits: waits.edits })
    if (!ours) return
    await toCitizen(tx, desk, appeal.citizenId, {
      key: `offer:${appeal.id}:${appeal.version}`,
      letter: {
        type: 'phrase',
        phrase: open ? 'wait.limit_reserve' : 'wait.limit',
        vars: { number: showNumber(appeal.number), minutes: limitMinutes },
        buttons: { set: 'other-way', appeal: appeal.id, reserve: open },
      },
    })
  })
}
