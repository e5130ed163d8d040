import { and, eq } from 'drizzle-orm'
import { messages as table } from '../db/schema-said.ts'
import * as copies from './copies.ts'
import type { Desk } from './desk.ts'
import { record } from './events.ts'
import { toCitizen } from './letters.ts'
import type { Message } from './messages.ts'
import type { Operator } from './operators.ts'

/** Telegram lets a bot delete its messages for two days. */
const DELETABLE_MS = 48 * 3_600_000

export type Withdrawn = { status: 'withdrawn' | 'not-yours' | 'not-sent' | 'already' | 'too-late' }

/** Takes an own answer back on the citizen's side, an album as a whole. The store keeps it, marked. */
export const withdraw = async (
  desk: Desk,
  message: Message,
  { operator, citizen }: { operator: Operator; citizen: number },
): Promise<Withdrawn> => {
  if (message.author !== 'operator' || message.operatorId !== operator.id) return { status: 'not-yours' }
  if (message.state === 'withdrawn') return { status: 'already' }
  if (message.state !== 'relayed') return { status: 'not-sent' }
  if (await isTooOld(desk, message)) return { status: 'too-late' }
  return await desk.db.transaction(async (tx): Promise<Withdrawn> => {
    const rows = await tx.query
      .update(table)
      .set({ state: 'withdrawn' })
      .where(and(allOf(message), eq(table.state, 'relayed')))
      .returning({ id: table.id })
    if (rows.length === 0) return { status: 'already' }
    const { chat, message: id } = message.at
    await record(tx, {
      key: `withdrawn:${chat}:${id}`,
      kind: 'withdrawn',
      appealId: message.appealId,
      operatorId: operator.id,
    })
    await toCitizen(tx, desk, citizen, {
      key: `unsend:${chat}:${id}`,
      letter: { type: 'unsend', message: message.id },
    })
    return { status: 'withdrawn' }
  })
}

/** Telegram refused: it is still there. */
export const keep = async (desk: Desk, message: Message): Promise<void> => {
  await desk.db.query
    .update(table)
    .set({ state: 'relayed' })
    .where(and(allOf(message), eq(table.state, 'withdrawn')))
}

/** All versions of it, and of the whole album it is part of. */
const allOf = ({ at, album }: Message) =>
  and(eq(table.originChat, at.chat), album === null ? eq(table.originMessage, at.message) : eq(table.album, album))

const isTooOld = async (desk: Desk, { at, createdAt }: Message): Promise<boolean> =>
  Date.now() - createdAt.getTime() >= DELETABLE_MS && (await copies.copiesOf(desk, at)).length > 0
