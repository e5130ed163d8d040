import { showNumber } from './appeal-number.ts'
import type { Appeal } from './appeals.ts'
import type { Desk, Tx } from './desk.ts'
import { toCitizen } from './letters.ts'

/** The composed complaint as a message and as a file, and what to do with it. */
export const sendComplaint = async (tx: Tx, desk: Desk, { appeal, draft }: { appeal: Appeal; draft: number }) => {
  const composed = { draft, number: showNumber(appeal.number), at: appeal.openedAt.getTime() }
  const { citizenId, id } = appeal
  await toCitizen(tx, desk, citizenId, { key: `composed:${id}`, letter: { type: 'composed', ...composed } })
  await toCitizen(tx, desk, citizenId, { key: `file:${id}`, letter: { type: 'file', ...composed } })
  await toCitizen(tx, desk, citizenId, {
    key: `contest_next:${id}`,
    letter: { type: 'phrase', phrase: 'contest.next', buttons: { set: 'remind', appeal: id } },
  })
}
