import type { Message } from 'grammy/types'

/** Service messages (topic closed, pinned, joined …) are nobody's words. */
export const isService = (message: Message): boolean => SERVICE.some((field) => field in message)

const SERVICE = [
  'forum_topic_closed',
  'forum_topic_reopened',
  'forum_topic_edited',
  'pinned_message',
  'new_chat_members',
  'left_chat_member',
  'new_chat_title',
  'new_chat_photo',
  'delete_chat_photo',
  'message_auto_delete_timer_changed',
  'video_chat_started',
  'video_chat_ended',
  'video_chat_scheduled',
  'video_chat_participants_invited',
  'general_forum_topic_hidden',
  'general_forum_topic_unhidden',
  'chat_background_set',
  'boost_added',
  'write_access_allowed',
] as const
