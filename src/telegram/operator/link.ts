import type { InlineKeyboardButton } from 'grammy/types'
import * as topics from '../../desk/topics.ts'
import type { Ctx } from '../context.ts'

/** A button that opens the topic of an appeal; none while the topic is not there yet. */
export const linkTo = async (ctx: Ctx, appeal: number): Promise<InlineKeyboardButton[][]> => {
  const topic = await topics.current(ctx.house.desk, appeal)
  if (!topic?.threadId) return []
  const url = `https://t.me/c/${String(topic.chatId).replace(/^-100/, '')}/${topic.threadId}`
  return [[{ text: ctx.t('button.open_topic'), url }]]
}
