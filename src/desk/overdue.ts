import { and, eq, isNotNull, isNull } from 'drizzle-orm'
import { appeals } from '../db/schema.ts'
import { showNumber } from './appeal-number.ts'
import type { Desk, Line, Tx } from './desk.ts'
import { toTopic } from './letters.ts'
import * as moves from './moves.ts'
import * as operators from './operators.ts'
import { tellSeniors } from './seniors.ts'
import { type TermTimer, termOf, wind } from './terms.ts'
import { current, inboxLane } from './topics.ts'

const AGAIN_MS = 2_000

/** The owner has not answered: a reminder first, then the appeal goes back to its place in the queue, and the seniors learn it once. */
export const ring = async (desk: Desk, timer: TermTimer): Promise<void> => {
  // What the owner wrote in time and nobody has handled yet goes first.
  if (await isUnheard(desk, timer.appeal)) {
    const later = { ...timer, again: timer.again + 1 }
    return await desk.db.transaction((tx) => wind(tx, desk, later, new Date(Date.now() + AGAIN_MS)))
  }
  await desk.db.transaction(async (tx) => {
    const late = await waited(tx, timer)
    if (!late) return
    if (timer.step === 'return' && late.due <= new Date()) return await giveBack(tx, desk, late)
    if (timer.step === 'remind') await remind(tx, desk, late, timer)
    await wind(tx, desk, { ...timer, step: 'return', again: 0 }, late.due)
  })
}

type Late = { id: number; number: string; line: Line; version: number; owner: number; due: Date }

/** The appeal as it is now, held until the deed is done; null when its owner answered, or has it no more. */
const waited = async (tx: Tx, { appeal, lease }: TermTimer): Promise<Late | null> => {
  const [row] = await tx.query
    .select()
    .from(appeals)
    .where(
      and(
        eq(appeals.id, appeal),
        eq(appeals.lease, lease),
        isNotNull(appeals.ownerId),
        isNotNull(appeals.answerDue),
        isNull(appeals.closedAt),
      ),
    )
    .for('update')
  if (!row?.ownerId || !row.answerDue) return null
  const { id, number, version, ownerId, answerDue } = row
  return { id, number, line: row.line as Line, version, owner: ownerId, due: answerDue }
}

const isUnheard = async (desk: Desk, appeal: number): Promise<boolean> => {
  const topic = await current(desk, appeal)
  if (!topic || topic.threadId === null) return false
  const rows = await desk.db.run(`select 1 from inbox where lane = $1 and state in ('new', 'working') limit 1`, [
    inboxLane(topic.chatId, topic.threadId),
  ])
  return rows.length > 0
}

const remind = async (tx: Tx, desk: Desk, late: Late, { lease }: TermTimer) => {
  const term = termOf(desk, late.line)
  const owner = await operators.byId(desk, late.owner)
  const vars = {
    operator: owner?.name ?? '',
    who: owner?.externalId ?? 0,
    waited: term.remind,
    left: term.return - term.remind,
  }
  await toTopic(tx, desk, late.id, [
    { key: `answer_remind:${late.id}:${lease}`, letter: { type: 'phrase', phrase: 'topic.answer_remind', vars } },
  ])
}

const giveBack = async (tx: Tx, desk: Desk, late: Late) => {
  const owner = await operators.byId(desk, late.owner)
  const appeal = await moves.backToQueue(tx, desk, { ...late, kind: 'overdue', by: null })
  if (!appeal) return
  const vars = { operator: owner?.name ?? '', who: owner?.externalId ?? 0, number: showNumber(late.number) }
  const key = `overdue:${late.id}:${appeal.version}`
  await toTopic(tx, desk, late.id, [{ key, letter: { type: 'phrase', phrase: 'topic.overdue', vars } }])
  const letter = {
    type: 'phrase',
    phrase: 'seniors.overdue',
    vars,
    buttons: { set: 'topic', appeal: late.id },
  } as const
  await tellSeniors(tx, desk, { line: late.line, key: `seniors_${key}`, letter })
}
