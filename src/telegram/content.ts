import type { Message } from 'grammy/types'
import type { Content, Mark, Said } from '../desk/content.ts'
import { refusedIn } from './kinds.ts'

/** A message as the desk keeps it. Strings lose what no database or messenger takes: NUL and lone surrogates. */
export const saidIn = (message: Message): Said => ({
  at: { chat: message.chat.id, message: message.message_id },
  content: { ...contentOf(message), ...replyOf(message) },
  album: message.media_group_id,
})

export const clean = (text: string): string => text.toWellFormed().replaceAll('\0', '\uFFFD')

const contentOf = (message: Message): Content => {
  if (message.text !== undefined) return { kind: 'text', text: clean(message.text), entities: marks(message.entities) }
  const caption =
    message.caption === undefined ? {} : { text: clean(message.caption), entities: marks(message.caption_entities) }
  const medium = mediumOf(message)
  if (medium) return { ...medium, ...caption }
  return { ...wordsOf(message), ...caption }
}

const mediumOf = (message: Message): Content | null => {
  // An animation comes with a document beside it; the more telling kind wins.
  for (const kind of ['animation', 'video', 'video_note', 'voice', 'audio', 'document', 'sticker'] as const) {
    const file = message[kind]
    if (file) {
      const named = file as { file_name?: string; mime_type?: string; file_size?: number }
      return {
        kind,
        file: {
          id: file.file_id,
          unique: file.file_unique_id,
          name: named.file_name === undefined ? undefined : clean(named.file_name),
          mime: named.mime_type,
          size: named.file_size,
        },
      }
    }
  }
  // A live photo is copied as it is; its still picture stands for it where it cannot be.
  const photo = message.photo?.at(-1) ?? message.live_photo?.photo?.at(-1)
  return photo
    ? { kind: 'photo', file: { id: photo.file_id, unique: photo.file_unique_id, size: photo.file_size } }
    : null
}

/** Kinds without text or file, in one plain line. */
const wordsOf = (message: Message): Content => {
  const { location, venue, contact, poll, dice, rich_message } = message
  const at = venue?.location ?? location
  if (at) {
    const named = venue ? [venue.title, venue.address].map((part) => `${clean(part)}, `).join('') : ''
    return { kind: 'location', detail: `${named}${at.latitude}, ${at.longitude}` }
  }
  if (contact) {
    const name = [contact.first_name, contact.last_name].filter(Boolean).join(' ')
    return { kind: 'contact', detail: `${clean(name)}: ${clean(contact.phone_number)}` }
  }
  if (poll)
    return {
      kind: 'poll',
      detail: [poll.question, ...poll.options.map((one) => `– ${one.text}`)].map(clean).join('\n'),
    }
  // A copy would be thrown anew and show another number.
  if (dice) return { kind: 'dice', detail: `${dice.emoji} ${dice.value}` }
  if (rich_message) return { kind: 'text', text: clean(textsIn(rich_message.blocks).join('\n')).trim() || '‹…›' }
  return { kind: 'other', detail: refusedIn(message) }
}

/** The words of a page-like message, block after block; their formatting is not carried over. */
const textsIn = (value: unknown): string[] => {
  if (typeof value === 'string') return [value]
  if (Array.isArray(value))
    return value.every((one) => typeof one === 'string' || isInline(one))
      ? [value.flatMap(textsIn).join('')]
      : value.flatMap(textsIn)
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([field, inner]) => (WORDY.has(field) ? textsIn(inner) : []))
}
const isInline = (value: unknown): boolean =>
  typeof value === 'object' && value !== null && 'text' in value && !('blocks' in value)
const WORDY: ReadonlySet<string> = new Set(['text', 'blocks', 'items', 'cells', 'rows', 'title', 'summary', 'caption'])

const marks = (entities: Message['entities']): Mark[] | undefined =>
  entities?.map(({ type, offset, length, ...rest }) => ({
    type,
    offset,
    length,
    url: 'url' in rest ? rest.url : undefined,
    language: 'language' in rest ? rest.language : undefined,
    custom_emoji_id: 'custom_emoji_id' in rest ? rest.custom_emoji_id : undefined,
  }))

const replyOf = (message: Message): Partial<Content> => {
  const to = message.reply_to_message
  // In a topic every message "replies" to the topic's birth; that is no reply of a person.
  if (!to || to.forum_topic_created) return {}
  return {
    replyTo: { chat: message.chat.id, message: to.message_id },
    ...(message.quote?.is_manual
      ? { quote: clean(message.quote.text), quoteAt: message.quote.position, quoteMarks: marks(message.quote.entities) }
      : {}),
  }
}
