import { showNumber } from './appeal-number.ts'
import { type Appeal, byId } from './appeals.ts'
import { isBanned } from './bans.ts'
import { closeIn } from './closing.ts'
import type { Desk, Tx } from './desk.ts'
import { record } from './events.ts'
import { toCitizen, toTopic } from './letters.ts'
import { expectWord, laneOf, type Silence, set } from './silence.ts'

const AGAIN_MS = 60_000

/** A timer of silence rings. What the citizen has written and we have not read yet counts as a word: it is looked at first. */
export const ring = async (desk: Desk, timer: Silence): Promise<void> => {
  await desk.db.transaction(async (tx) => {
    const chat = await lockQuiet(tx, timer)
    const appeal = chat === null ? null : await byId(tx, timer.appeal)
    if (chat === null || !appeal) return
    if (await hasUnread(tx, chat)) {
      const dueAt = new Date(Date.now() + AGAIN_MS)
      return await set(tx, desk, { timer, chat, dueAt, again: Math.floor(dueAt.getTime() / AGAIN_MS) })
    }
    // Who may not answer is not asked, and is not closed for saying nothing.
    if (await isBanned(tx, appeal.citizenId)) return
    if (timer.kind === 'nudge') await nudge(tx, desk, appeal, timer.message)
    else await closeIn(tx, desk, appeal, { operator: null, outcome: 'completed', why: 'silence' })
  })
}

/** The answer helped: closed by whom it was for. */
export const solved = async (desk: Desk, appeal: Appeal): Promise<'closed' | 'not-open'> => {
  const { status } = await desk.db.transaction((tx) =>
    closeIn(tx, desk, appeal, { operator: null, outcome: 'completed', why: 'solved' }),
  )
  return status
}

/** It did not: the silence is over, and the desk knows. */
export const stillNeeded = async (desk: Desk, appeal: Appeal, key: string): Promise<void> => {
  const { id, citizenId } = appeal
  await desk.db.transaction(async (tx) => {
    await record(tx, { key: `still_needed:${key}`, kind: 'still_needed', appealId: id, citizenId })
    await toTopic(tx, desk, id, [
      { key: `still_needed:${key}`, letter: { type: 'phrase', phrase: 'topic.still_needed' } },
    ])
  })
}

const nudge = async (tx: Tx, desk: Desk, appeal: Appeal, message: number): Promise<void> => {
  const { id, citizenId, line } = appeal
  await toCitizen(tx, desk, citizenId, {
    key: `nudge:${id}:${appeal.version}:${message}`,
    letter: {
      type: 'phrase',
      phrase: 'silence.nudge',
      vars: { number: showNumber(appeal.number), hours: desk.texts().waiting(line).graceHours },
      buttons: { set: 'silence', appeal: id },
    },
  })
  await record(tx, { key: `nudged:${id}:${appeal.version}:${message}`, kind: 'nudged', appealId: id, citizenId })
  await expectWord(tx, desk, { appeal: id, message, kind: 'lapse' })
}

/** The chat of the citizen, the appeal locked – if nothing was said or done since the answer; an answer waits for this. */
const lockQuiet = async (tx: Tx, { appeal, version, message }: Silence): Promise<number | null> => {
  const [found] = await tx.run<{ chat: number }>(QUIET, [appeal, version, message])
  return found?.chat ?? null
}

const QUIET = `
  select c.external_id as chat from appeals a join citizens c on c.id = a.citizen_id
  where a.id = $1 and a.version = $2 and a.closed_at is null
    and not exists (select 1 from messages m where m.appeal_id = a.id and m.id > $3
      and (m.author = 'citizen' or (m.state = 'relayed' and m.version = 1)))
    and not exists (select 1 from events e, messages m where m.id = $3
      and e.appeal_id = a.id and e.kind = 'still_needed' and e.at > m.created_at)
  for update of a`

const hasUnread = async (tx: Tx, chat: number): Promise<boolean> => {
  const rows = await tx.run(`select 1 from inbox where lane = $1 and state = 'new' and key like 'tg:%' limit 1`, [
    laneOf(chat),
  ])
  return rows.length > 0
}
