import { readNumber } from '../../desk/appeal-number.ts'
import * as topics from '../../desk/topics.ts'
import type { Ctx } from '../context.ts'

/**
 * The service message of a topic's birth. If the answer to createForumTopic was lost, this is how its place is learnt; if the
 * topic was made twice, the later one is taken away.
 */
export const topicMade = async (ctx: Ctx): Promise<void> => {
  const made = ctx.msg
  if (!made?.forum_topic_created || made.from?.id !== ctx.me.id || made.message_thread_id === undefined) return
  const number = readNumber(made.forum_topic_created.name.split('·')[0] ?? '')
  if (number === null) return
  const place = { chatId: made.chat.id, threadId: made.message_thread_id }
  if ((await topics.adopt(ctx.house.desk, number, place)) === 'other') {
    await ctx.api.deleteForumTopic(place.chatId, place.threadId).catch(() => {})
  }
}
