import * as reach from '../../desk/reach.ts'
import type { Ctx } from '../context.ts'

/** The citizen blocked the bot, or came back. */
export const reached = async (ctx: Ctx): Promise<void> => {
  const status = ctx.myChatMember?.new_chat_member.status
  if (status === 'kicked') await reach.unreachable(ctx.house.desk, ctx.citizen.id)
  if (status === 'member') await reach.reachable(ctx.house.desk, ctx.citizen.id)
}
