import type { InlineKeyboardButton } from 'grammy/types'
import type { Ctx } from '../context.ts'
import { topicRow } from '../topic-url.ts'

/** A button that opens the topic of an appeal; none while the topic is not there yet. */
export const linkTo = async (ctx: Ctx, appeal: number): Promise<InlineKeyboardButton[][]> =>
  await topicRow(ctx.house.desk, appeal)
