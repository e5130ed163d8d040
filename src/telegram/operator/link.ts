import type { InlineKeyboardButton } from 'grammy/types'
import type { Desk } from '../../desk/desk.ts'
import * as topics from '../../desk/topics.ts'
import type { Ctx } from '../context.ts'

/** A button that opens the topic of an appeal; none while the topic is not there yet. */
export const linkTo = async (ctx: Ctx, appeal: number): Promise<InlineKeyboardButton[][]> => {
  const url = (await topicUrls(ctx.house.desk, [appeal])).get(appeal)
  return url ? [[{ text: ctx.t('button.open_topic'), url }]] : []
}

/** Appeal → the address of its topic. */
export const topicUrls = async (desk: Desk, appeals: number[]): Promise<Map<number, string>> => {
  const found = await topics.currentOf(desk, appeals)
  return new Map(
    found.flatMap(({ appealId, chatId, threadId }) =>
      threadId === null ? [] : [[appealId, `https://t.me/c/${String(chatId).replace(/^-100/, '')}/${threadId}`]],
    ),
  )
}
