import { and, eq, isNotNull } from 'drizzle-orm'
import { messages as table } from '../db/schema-said.ts'
import { PRIORITY } from '../mail/outbox.ts'
import type { Appeal } from './appeals.ts'
import { audit } from './audit.ts'
import * as closing from './closing.ts'
import { type Said, textOf } from './content.ts'
import type { Desk, Tx } from './desk.ts'
import { type Buttons, toTopic, type Vars } from './letters.ts'
import * as messages from './messages.ts'
import type { Operator } from './operators.ts'
import * as operators from './operators.ts'

type Held = messages.Spoken & { stop?: { phrase: string; vars?: Vars } | null }

/** What somebody else than the owner wrote, or what a guard stopped, stays at the desk; its author is asked what to do with it. */
export const hold = async (desk: Desk, appeal: Appeal, { said, operator, stop = null }: Held): Promise<void> => {
  const why = stop ?? (await notTheOwner(desk, appeal))
  await desk.db.transaction(async (tx) => {
    const stoppedBy = stop?.phrase ?? null
    const id = await messages.keep(tx, desk, { appeal, said, author: 'operator', operator, state: 'held', stoppedBy })
    if (id === null) return
    const { chat, message } = said.at
    const buttons: Buttons = stop
      ? { set: 'stopped', message: id }
      : { set: 'held', message: id, send: appeal.closedAt === null }
    await toTopic(tx, desk, appeal.id, [
      {
        // Asked once for a whole album.
        key: said.album ? `held_album:${chat}:${said.album}` : `held:${chat}:${message}`,
        letter: { type: 'phrase', phrase: why.phrase, vars: why.vars, replyTo: said.at, buttons },
        // Whoever wrote believes that it went out.
        priority: PRIORITY.answer,
      },
    ])
  })
}

/** Why an earlier part of the same album was stopped. */
export const stopOf = async (desk: Desk, { at, album = '' }: Said): Promise<{ phrase: string } | null> => {
  const [row] = await desk.db.query
    .select({ phrase: table.stoppedBy })
    .from(table)
    .where(
      and(eq(table.originChat, at.chat), eq(table.album, album), eq(table.state, 'held'), isNotNull(table.stoppedBy)),
    )
    .limit(1)
  return row?.phrase ? { phrase: row.phrase } : null
}

/** Decides on a held message, or on the whole album it is part of. False: somebody decided before. */
export const settle = async (
  tx: Tx,
  message: messages.Message,
  state: 'note' | 'dropped' | 'relayed',
): Promise<boolean> => {
  const { at, album } = message
  const which = album === null ? eq(table.originMessage, at.message) : eq(table.album, album)
  const rows = await tx.query
    .update(table)
    .set({ state })
    .where(and(eq(table.originChat, at.chat), which, eq(table.state, 'held')))
    .returning({ id: table.id })
  return rows.length > 0
}

/** Sends it as it is now: edits made while it was held count. */
export const send = async (tx: Tx, desk: Desk, appeal: Appeal, message: messages.Message): Promise<boolean> => {
  if (!(await settle(tx, message, 'relayed'))) return false
  const now = (await messages.latest(desk, message.at)) ?? message
  const said = { at: now.at, content: now.content, album: now.album ?? undefined }
  await messages.answerGoesOut(tx, desk, { appeal, said, id: now.id })
  return true
}

/** What a guard had stopped goes out after all, in its author's name. False: somebody decided before. */
export const release = async (
  desk: Desk,
  appeal: Appeal,
  { message, by }: { message: messages.Message; by: Operator },
): Promise<boolean> =>
  await desk.db.transaction(async (tx) => {
    const isComment = message.content.closing !== undefined
    if (!(isComment ? await settle(tx, message, 'note') : await send(tx, desk, appeal, message))) return false
    await audit(tx, {
      key: `release_held:${message.id}`,
      actor: { kind: 'operator', id: by.id },
      action: 'release_held',
      appeal: appeal.id,
      operator: message.operatorId ?? by.id,
      data: { message: message.id, why: message.stoppedBy },
    })
    return true
  })

/** A comment that was held for what it says ends the appeal after all, in its author's name. */
export const releaseComment = async (
  desk: Desk,
  appeal: Appeal,
  { message, by }: { message: messages.Message; by: Operator },
): Promise<boolean> => {
  if (!(await release(desk, appeal, { message, by }))) return false
  const author = message.operatorId === null ? by : { ...by, id: message.operatorId }
  const how = { operator: author, outcome: message.content.closing ?? 'completed', comment: textOf(message.content) }
  return (await closing.close(desk, appeal, how)).status === 'closed'
}

/** What its author wanted to take along turns out to be what is never sent: it stays held, and a senior decides. */
export const stop = async (
  desk: Desk,
  appeal: Appeal,
  { message, why }: { message: messages.Message; why: { phrase: string; vars?: Vars } },
): Promise<void> =>
  await desk.db.transaction(async (tx) => {
    const { at, id } = message
    await tx.query
      .update(table)
      .set({ stoppedBy: why.phrase })
      .where(and(eq(table.originChat, at.chat), eq(table.originMessage, at.message), eq(table.state, 'held')))
    const letter = { type: 'phrase', ...why, replyTo: at, buttons: { set: 'stopped', message: id } } as const
    await toTopic(tx, desk, appeal.id, [{ key: `stopped:${id}`, letter }])
  })

const notTheOwner = async (desk: Desk, appeal: Appeal): Promise<{ phrase: string; vars: Vars }> => {
  const owner = appeal.ownerId === null ? null : await operators.byId(desk, appeal.ownerId)
  const phrase = appeal.closedAt ? 'desk.held_closed' : owner ? 'desk.held_back' : 'desk.held_free'
  return { phrase, vars: owner ? { operator: owner.name } : {} }
}
