import type { Update } from 'grammy/types'
import { inboxLane } from '../desk/topics.ts'

/**
 * What must stay in order: one private chat, or one topic of a group. A press goes to the lane of the chat it was made in, so
 * that a press and a message of one person never overtake each other.
 */
export const laneOf = (update: Update): string => {
  const message = update.message ?? update.edited_message ?? update.channel_post ?? update.edited_channel_post
  if (message) return lane(message.chat, message.is_topic_message ? message.message_thread_id : undefined)
  const pressed = update.callback_query?.message
  if (pressed) {
    const thread = 'is_topic_message' in pressed && pressed.is_topic_message ? pressed.message_thread_id : undefined
    return lane(pressed.chat, thread)
  }
  const other = update.message_reaction ?? update.my_chat_member ?? update.chat_member ?? update.chat_join_request
  if (other) return lane(other.chat)
  return 'other'
}

const lane = (chat: { id: number; type: string }, thread?: number): string =>
  chat.type === 'private' ? `private:${chat.id}` : inboxLane(chat.id, thread ?? 0)
