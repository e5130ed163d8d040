import * as messages from '../../desk/messages.ts'
import { withdraw } from '../../desk/withdraw.ts'
import type { Ctx } from '../context.ts'
import { allowed, appealHere, tell } from './actor.ts'

/** /unsend as a reply to an own answer: it goes from the citizen's chat. What came of it is said at the answer. */
export const unsend = async (ctx: Ctx): Promise<void> => {
  const appeal = await appealHere(ctx)
  const operator = appeal && (await allowed(ctx, 'withdraw', appeal))
  const message = appeal && (await repliedTo(ctx))
  if (!appeal || !operator) return
  if (message?.appealId !== appeal.id) return await tell(ctx, 'talk.unsend_how')
  const { status } = await withdraw(ctx.house.desk, message, { operator, citizen: appeal.citizenId })
  if (status !== 'withdrawn') await tell(ctx, `talk.unsend.${status}`)
}

/** The message of the desk that a command replies to. */
export const repliedTo = async (ctx: Ctx): Promise<messages.Message | null> => {
  const to = ctx.msg?.reply_to_message
  if (!to || !ctx.chat || to.forum_topic_created) return null
  return await messages.latest(ctx.house.desk, { chat: ctx.chat.id, message: to.message_id })
}
