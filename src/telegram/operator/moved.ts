import type { NextFunction } from 'grammy'
import * as topics from '../../desk/topics.ts'
import type { Ctx } from '../context.ts'
import { isService } from '../kinds.ts'
import { answerPress, say } from '../show.ts'
import { linkTo } from './link.ts'

/** Words in a topic that was left behind go nowhere, and whoever wrote them learns where the appeal is. */
export const movedAway = async (ctx: Ctx, next: NextFunction): Promise<void> => {
  const at = ctx.msg
  if (ctx.appealId !== null || !at?.is_topic_message || at.message_thread_id === undefined || isService(at))
    return await next()
  const appeal = await topics.movedFrom(ctx.house.desk, at.chat.id, at.message_thread_id)
  if (appeal === null || ctx.operator?.state !== 'active') return await next()
  await answerPress(ctx, ctx.t('groups.moved'))
  if (!ctx.callbackQuery) await say(ctx, { html: ctx.t('groups.moved'), rows: await linkTo(ctx, appeal) })
}
