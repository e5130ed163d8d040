import { eq } from 'drizzle-orm'
import { events } from '../db/schema.ts'
import { store } from '../mail/inbox.ts'
import { showNumber } from './appeal-number.ts'
import { type Appeal, byId } from './appeals.ts'
import type { Desk } from './desk.ts'
import { record } from './events.ts'
import { toCitizen } from './letters.ts'
import { instantOf, localDate } from './local-time.ts'

/** Asks about the answer to a complaint on a day the citizen chose. */
export type Reminder = { kind: 'remind'; appeal: number; date: string }

const TEN_O_CLOCK = 10 * 60
const WEEK_MS = 7 * 24 * 60 * 60_000

/** One a day and appeal, in the lane of the citizen's chat; the day it will come. */
export const set = async (
  desk: Desk,
  appeal: Appeal,
  { chat, weeks }: { chat: number; weeks: number },
): Promise<Date> => {
  const { timezone } = desk.texts().schedule
  const date = localDate(new Date(Date.now() + weeks * WEEK_MS), timezone)
  const dueAt = instantOf(date, TEN_O_CLOCK, timezone)
  const reminder: Reminder = { kind: 'remind', appeal: appeal.id, date }
  const key = `timer:remind:${appeal.id}:${date}`
  await store(desk.db, [{ key, lane: `private:${chat}`, dueAt, body: desk.keys.own(reminder) }])
  return dueAt
}

export const remind = async (desk: Desk, { appeal: id, date }: Reminder): Promise<void> => {
  const appeal = await byId(desk, id)
  if (!appeal || (await hasCome(desk, id))) return
  await toCitizen(desk.db, desk, appeal.citizenId, {
    key: `remind:${id}:${date}`,
    letter: {
      type: 'phrase',
      phrase: 'contest.remind',
      vars: { number: showNumber(appeal.number) },
      buttons: { set: 'came', appeal: id },
    },
  })
}

/** The answer came: nobody is reminded of it any more. */
export const came = async (desk: Desk, { id, citizenId }: Appeal): Promise<void> => {
  await desk.db.transaction((tx) =>
    record(tx, { key: cameKey(id), kind: 'complaint_answered', appealId: id, citizenId }),
  )
}

const hasCome = async (desk: Desk, appeal: number): Promise<boolean> => {
  const rows = await desk.db.query
    .select({ id: events.id })
    .from(events)
    .where(eq(events.key, cameKey(appeal)))
  return rows.length > 0
}

const cameKey = (appeal: number): string => `complaint_answered:${appeal}`
