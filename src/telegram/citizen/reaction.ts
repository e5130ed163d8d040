import * as copies from '../../desk/copies.ts'
import { toTopic } from '../../desk/letters.ts'
import type { Ctx } from '../context.ts'

const DELIVERED = '👌'

/** The citizen's reaction to an answer stands at the operator's own message, in place of the mark that it was delivered. */
export const mirrorReaction = async (ctx: Ctx): Promise<void> => {
  const { desk } = ctx.house
  const change = ctx.messageReaction
  if (!change) return
  const message = await copies.byCopy(desk, { chat: change.chat.id, message: change.message_id })
  if (message?.author !== 'operator') return
  const shown = change.new_reaction.find((one) => one.type === 'emoji')
  const emoji = shown?.type === 'emoji' ? shown.emoji : DELIVERED
  const letter = { type: 'mark', chat: message.at.chat, message: message.at.message, emoji } as const
  await toTopic(desk.db, desk, message.appealId, [{ key: `reaction:${ctx.key}`, letter }])
}
