import { and, eq } from 'drizzle-orm'
import { messages as table } from '../db/schema-said.ts'
import type { Appeal } from './appeals.ts'
import type { Desk, Tx } from './desk.ts'
import { toTopic } from './letters.ts'
import * as messages from './messages.ts'
import * as operators from './operators.ts'

/** What somebody else than the owner wrote stays at the desk, and its author is asked what to do with it. */
export const hold = async (desk: Desk, appeal: Appeal, { said, operator }: messages.Spoken): Promise<void> => {
  const owner = appeal.ownerId === null ? null : await operators.byId(desk, appeal.ownerId)
  const phrase = appeal.closedAt ? 'desk.held_closed' : owner ? 'desk.held_back' : 'desk.held_free'
  await desk.db.transaction(async (tx) => {
    const id = await messages.keep(tx, desk, { appeal, said, author: 'operator', operator, state: 'held' })
    if (id === null) return
    const { chat, message } = said.at
    await toTopic(tx, desk, appeal.id, [
      {
        // Asked once for a whole album.
        key: said.album ? `held_album:${chat}:${said.album}` : `held:${chat}:${message}`,
        letter: {
          type: 'phrase',
          phrase,
          vars: owner ? { operator: owner.name } : {},
          replyTo: said.at,
          buttons: { set: 'held', message: id, send: appeal.closedAt === null },
        },
      },
    ])
  })
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
