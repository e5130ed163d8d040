import { shorten, textOf } from '../../desk/content.ts'
import * as copies from '../../desk/copies.ts'
import * as messages from '../../desk/messages.ts'
import { masked } from '../../desk/secrets/hidden.ts'
import type { Ctx } from '../context.ts'
import { escapeHtml } from '../rich.ts'
import { say } from '../show.ts'
import { clock } from '../words.ts'
import { allowed, appealHere, tell } from './actor.ts'
import { repliedTo } from './unsend.ts'

const MOST = 3_600

/** /was as a reply: everything a message said before it was changed, newest first. */
export const was = async (ctx: Ctx): Promise<void> => {
  const { desk } = ctx.house
  const appeal = await appealHere(ctx)
  if (!appeal || !(await allowed(ctx, 'note', appeal))) return
  const to = ctx.msg?.reply_to_message
  const at = to && ctx.chat ? { chat: ctx.chat.id, message: to.message_id } : null
  const message = (await repliedTo(ctx)) ?? (at && (await copies.byCopy(desk, at)))
  if (message?.appealId !== appeal.id) return await tell(ctx, 'talk.was_how')
  const versions = await messages.versions(desk, message.at)
  if (versions.length < 2) return await tell(ctx, 'talk.was_nothing')
  const shown = (text: string) => (message.author === 'citizen' ? masked(text) : text)
  const room = Math.floor(MOST / versions.length)
  const lines = versions.map(
    ({ content, createdAt }) =>
      `<b>${clock(createdAt, ctx.lang)}</b>\n${escapeHtml(shorten(shown(textOf(content)), Math.max(room, 40)))}`,
  )
  await say(ctx, { html: [ctx.t('talk.was'), ...lines].join('\n\n') })
}
