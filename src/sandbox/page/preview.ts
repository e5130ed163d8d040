import { page, person } from './state.ts'
import type { Message } from './wire.ts'
import { w } from './words.ts'

const kinds = [
  'animation',
  'photo',
  'document',
  'voice',
  'video_note',
  'video',
  'audio',
  'sticker',
  'location',
  'contact',
  'poll',
  'dice',
] as const

/** One line that says what a message is. */
export function preview(message: Message): string {
  const said = message.text ?? message.caption
  if (said) return said.replace(/\s+/g, ' ').slice(0, 160)
  const service = serviceLine(message)
  if (service) return service
  const kind = kinds.find((one) => message[one] !== undefined)
  const name = message.document?.file_name ?? message.sticker?.emoji ?? message.poll?.question ?? message.dice?.emoji
  const label = w.kinds[kind ?? 'other'] ?? ''
  return name ? `${label}: ${name}` : label
}

/** What a service message says, or null for any other message. */
export function serviceLine(message: Message): string | null {
  const who = senderOf(message)
  if (message.forum_topic_created) return w.service.topicCreated(message.forum_topic_created.name)
  if (message.forum_topic_edited) return w.service.topicRenamed(message.forum_topic_edited.name ?? '')
  if (message.forum_topic_closed) return w.service.topicClosed(who)
  if (message.forum_topic_reopened) return w.service.topicReopened(who)
  if (message.pinned_message) return w.service.pinned(who, preview(message.pinned_message).slice(0, 60))
  if (message.new_chat_members) return w.service.joined(message.new_chat_members.map(nameOf).join(', '))
  if (message.left_chat_member) return w.service.left(nameOf(message.left_chat_member))
  return null
}

export function senderOf(message: Message): string {
  const { from } = message
  if (!from) return ''
  if (from.is_bot) return page.state?.bot.first_name ?? from.first_name
  return nameOf(person(from.id) ?? from)
}

export function nameOf(who: { first_name: string; last_name?: string }): string {
  return who.last_name ? `${who.first_name} ${who.last_name}` : who.first_name
}
