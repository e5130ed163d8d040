import type { NextFunction } from 'grammy'
import { toChat, toTopic } from '../../desk/letters.ts'
import type { Ctx } from '../context.ts'
import type { Redacted } from '../redact.ts'

/** A code, a password or a card that somebody of the desk wrote goes nowhere: neither to a citizen nor into a note. */
export const refuseSecrets = async (ctx: Ctx, next: NextFunction): Promise<void> => {
  const { removed = [] } = ctx.update as Redacted
  if (removed.length === 0 || !ctx.msg || !ctx.chat) return await next()
  const { desk } = ctx.house
  const posts = [
    { key: `delete:${ctx.key}`, letter: { type: 'delete', chat: ctx.chat.id, message: ctx.msg.message_id } as const },
    { key: `refused:${ctx.key}`, letter: { type: 'phrase', phrase: 'secrets.at_desk' } as const },
  ]
  await desk.db.transaction(async (tx) => {
    if (ctx.appealId !== null) return await toTopic(tx, desk, ctx.appealId, posts)
    for (const post of posts) await toChat(tx, desk, ctx.chat?.id ?? 0, post)
  })
}
