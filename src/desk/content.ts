/** One thing that was said, as any messenger may carry it. Offsets of entities are UTF-16, as in the Bot API. */
export type Content = {
  kind: ContentKind
  text?: string
  entities?: Mark[]
  /** `own`: a file of ours in locales/, which goes with a canned reply. */
  file?: { id: string; unique: string; name?: string; mime?: string; size?: number; own?: string }
  /** What a kind without text or file consists of, in one plain line; of `other`, what it was. */
  detail?: string
  replyTo?: Place
  quote?: string
  quoteAt?: number
  quoteMarks?: Mark[]
  /** A comment that is to end an appeal. */
  closing?: 'completed' | 'rejected'
}

export type ContentKind =
  | 'text'
  | 'photo'
  | 'document'
  | 'voice'
  | 'video'
  | 'video_note'
  | 'audio'
  | 'animation'
  | 'sticker'
  | 'location'
  | 'contact'
  | 'poll'
  | 'dice'
  | 'other'

export type Mark = {
  type: string
  offset: number
  length: number
  url?: string
  language?: string
  custom_emoji_id?: string
}

export type Place = { chat: number; message: number }

/** Said somewhere: the place is its natural key. */
export type Said = { at: Place; content: Content; album?: string }

/** Kinds that travel as they are. The rest travels as words. */
export const TRAVELS: ReadonlySet<ContentKind> = new Set([
  'text',
  'photo',
  'document',
  'voice',
  'video',
  'video_note',
  'audio',
  'animation',
  'sticker',
  'location',
])

export const textOf = (content: Content): string => content.text ?? content.detail ?? ''

/** Cuts at a whole character, never inside one that takes two units or several code points. */
export const shorten = (text: string, most: number): string => {
  if (text.length <= most) return text
  let cut = ''
  for (const { segment } of new Intl.Segmenter('ru', { granularity: 'grapheme' }).segment(text.slice(0, most + 16))) {
    if (cut.length + segment.length > most - 1) break
    cut += segment
  }
  return `${cut}…`
}
