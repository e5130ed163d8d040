import type { NextFunction } from 'grammy'
import { button } from '../buttons.ts'
import type { Ctx } from '../context.ts'
import { wayOut } from '../keyboards.ts'
import type { Redacted } from '../redact.ts'
import { say } from '../show.ts'

/**
 * What was taken out of a message before it was stored still stands in the chat: it is deleted there where Telegram allows,
 * and its author is told once. What is left of the message goes on as any other.
 */
export const warnOfSecrets = async (ctx: Ctx, next: NextFunction): Promise<void> => {
  const { removed = [] } = ctx.update as Redacted
  if (removed.length === 0 || !ctx.chat || !ctx.msg) return await next()
  const { desk } = ctx.house
  const deleted = await ctx.api.deleteMessage(ctx.chat.id, ctx.msg.message_id).catch(() => false)
  await say(ctx, {
    html: [ctx.t(deleted ? 'secrets.removed' : 'secrets.still_there'), ctx.t('secrets.told')].join('\n\n'),
    rows: [[button(ctx.t('button.aid'), { verb: 'go', to: 'aid' })], wayOut(desk.texts(), ctx.lang)],
  })
  await next()
}
