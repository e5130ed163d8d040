import * as appeals from '../../desk/appeals.ts'
import { authorize } from '../../desk/authorize.ts'
import * as copies from '../../desk/copies.ts'
import { toCitizen } from '../../desk/letters.ts'
import type { Ctx } from '../context.ts'
import { actorOf } from './actor.ts'

/** The owner's reaction to what a citizen wrote stands at the citizen's own message. Anybody else's stays at the desk. */
export const mirrorReaction = async (ctx: Ctx): Promise<void> => {
  const { desk } = ctx.house
  const change = ctx.messageReaction
  if (!change) return
  const message = await copies.byCopy(desk, { chat: change.chat.id, message: change.message_id })
  const appeal = message?.author === 'citizen' ? await appeals.byId(desk, message.appealId) : null
  if (!message || !appeal || !authorize(await actorOf(ctx), 'answer', appeal).allowed) return
  // A bot has one reaction: the newest of several.
  const shown = change.new_reaction.findLast((one) => one.type === 'emoji')
  const letter = { type: 'mark', ...message.at, emoji: shown?.type === 'emoji' ? shown.emoji : null } as const
  await toCitizen(desk.db, desk, appeal.citizenId, { key: `reaction:${ctx.key}`, letter })
}
