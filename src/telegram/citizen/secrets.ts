import type { NextFunction } from 'grammy'
import { toCitizen } from '../../desk/letters.ts'
import type { Ctx } from '../context.ts'
import type { Redacted } from '../redact.ts'

/**
 * What was taken out of a message before it was stored still stands in the chat: it is deleted there where Telegram allows,
 * and its author is told once, with first aid at hand. What is left of the message goes on as any other.
 */
export const warnOfSecrets = async (ctx: Ctx, next: NextFunction): Promise<void> => {
  const { removed = [] } = ctx.update as Redacted
  if (removed.length === 0 || !ctx.chat || !ctx.msg) return await next()
  const { desk } = ctx.house
  const letter = { type: 'delete', chat: ctx.chat.id, message: ctx.msg.message_id, tell: true } as const
  await desk.db.transaction((tx) => toCitizen(tx, desk, ctx.citizen.id, { key: `delete:${ctx.key}`, letter }))
  await next()
}
