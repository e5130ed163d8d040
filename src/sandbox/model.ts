import type { Message, Person, ReplyKeyboard, Topic } from './page/wire.ts'
import type { Entity } from './text/clean.ts'

export type PersonRow = Person & { deactivated?: boolean; is_bot?: boolean }

export type ChatRow = {
  id: number
  type: 'private' | 'supergroup'
  title: string
  is_forum: boolean
  /** A private chat in which the person has written. */
  started: boolean
  bot: 'administrator' | 'member' | 'left' | 'kicked'
  rights: string[]
  /** What the bot may not send here, by the word Telegram's refusal uses: "text messages", "photos" … */
  forbidden: string[]
  keyboard: ReplyKeyboard | null
  pinned: number[]
  migrated_to?: number
}

export type TopicRow = Topic & { icon_color: number; icon_custom_emoji_id?: string }

export type ApiUser = {
  id: number
  is_bot: boolean
  first_name: string
  last_name?: string
  username?: string
  language_code?: string
}

export type ApiChat = {
  id: number
  type: ChatRow['type']
  title?: string
  is_forum?: true
  first_name?: string
  last_name?: string
  username?: string
}

/** A message in the Bot API's shape. */
export type ApiMessage = Omit<Message, 'chat' | 'from' | 'entities' | 'caption_entities'> & {
  chat: ApiChat
  from: ApiUser
  entities?: Entity[]
  caption_entities?: Entity[]
  has_protected_content?: true
  reply_to_message?: ApiMessage
  sender_chat?: ApiChat
}

/** Where messages lie beside texts: what makes a message one of these kinds. */
export const mediaKinds = [
  'photo',
  'document',
  'voice',
  'video',
  'video_note',
  'audio',
  'animation',
  'sticker',
] as const
export type MediaKind = (typeof mediaKinds)[number]

export const serviceKinds = [
  'forum_topic_created',
  'forum_topic_edited',
  'forum_topic_closed',
  'forum_topic_reopened',
  'pinned_message',
  'new_chat_members',
  'left_chat_member',
] as const

export const isService = (message: ApiMessage) => serviceKinds.some((kind) => message[kind] !== undefined)

export const adminRights = [
  'can_manage_chat',
  'can_delete_messages',
  'can_manage_video_chats',
  'can_restrict_members',
  'can_promote_members',
  'can_change_info',
  'can_invite_users',
  'can_pin_messages',
  'can_manage_topics',
]
