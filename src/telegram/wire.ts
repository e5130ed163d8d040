import type { Api } from 'grammy'
import type { MessageEntity } from 'grammy/types'
import { type Content, type Mark, shorten, textOf } from '../desk/content.ts'
import { Misplaced } from './errors.ts'

/** A place to send to; the thread only in a desk group. */
export type Target = { chat: number; thread?: number }
/** What is left out after Telegram refused it: each of these is certainly not sent yet, so the next try is the first. */
export type Without = {
  reply?: boolean
  quote?: boolean
  marks?: boolean
  buttons?: boolean
  copy?: boolean
  length?: boolean
  edit?: boolean
}
export type Words = { text: string; entities: MessageEntity[] }

export const MOST_TEXT = 4096
export const MOST_CAPTION = 1024

/** Kinds that carry words beside their file. */
export const CAPTIONED: ReadonlySet<string> = new Set(['photo', 'document', 'video', 'audio', 'voice', 'animation'])

export const wordsOf = (content: Content): Words => ({
  text: textOf(content),
  entities: (content.entities ?? []).flatMap(entity),
})

/** Puts our own words above somebody's; offsets move along. */
export const above = (head: Words, words: Words): Words => {
  const join = words.text === '' ? '' : '\n'
  const by = head.text.length + join.length
  return {
    text: `${head.text}${join}${words.text}`,
    entities: [...head.entities, ...words.entities.map((one) => ({ ...one, offset: one.offset + by }))],
  }
}

export const within = (words: Words, without: Without, most: number): Words => {
  const text = without.length || words.text.length > most ? shorten(words.text, most - 16) : words.text
  const entities = without.marks ? [] : words.entities.filter((one) => one.offset + one.length <= text.length)
  return { text: text.trim() === '' ? '‹…›' : text, entities }
}

export const fitText = (words: Words, without: Without) => within(words, without, MOST_TEXT)
export const fitCaption = (words: Words, without: Without) =>
  words.text === '' ? null : within(words, without, MOST_CAPTION)

/** Sends a medium by the file id that was stored, where the message itself can no longer be copied. */
export const sendFile = async (
  api: Api,
  to: Target,
  { content, options }: { content: Content; options: object },
): Promise<number> => {
  const file = content.file?.id ?? ''
  const send = {
    photo: () => api.sendPhoto(to.chat, file, options),
    document: () => api.sendDocument(to.chat, file, options),
    video: () => api.sendVideo(to.chat, file, options),
    audio: () => api.sendAudio(to.chat, file, options),
    voice: () => api.sendVoice(to.chat, file, options),
    animation: () => api.sendAnimation(to.chat, file, options),
    video_note: () => api.sendVideoNote(to.chat, file, options),
    sticker: () => api.sendSticker(to.chat, file, options),
  }
  const kind = content.kind as keyof typeof send
  return (await send[kind]()).message_id
}

/** Real servers have put a message into General although its topic was named: only the desk of that topic may read it. */
export const inItsTopic = async (
  api: Api,
  to: Target,
  sent: { message_id: number; message_thread_id?: number },
): Promise<number> => {
  if (to.thread === undefined || sent.message_thread_id === to.thread) return sent.message_id
  await api.deleteMessage(to.chat, sent.message_id)
  throw new Misplaced('a message landed outside its topic')
}

/** Entities that only the author's own client may send are left out; their text stays. */
export const entity = (mark: Mark): MessageEntity[] => {
  const base = { offset: mark.offset, length: mark.length }
  if (mark.type === 'text_link') return [{ ...base, type: 'text_link', url: mark.url ?? '' }]
  if (mark.type === 'pre')
    return [mark.language ? { ...base, type: 'pre', language: mark.language } : { ...base, type: 'pre' }]
  if (FORMS.has(mark.type)) return [{ ...base, type: mark.type as 'bold' }]
  return []
}
const FORMS = new Set([
  'bold',
  'italic',
  'underline',
  'strikethrough',
  'spoiler',
  'code',
  'blockquote',
  'expandable_blockquote',
  'url',
  'email',
  'phone_number',
  'hashtag',
  'cashtag',
  'mention',
  'bot_command',
])
