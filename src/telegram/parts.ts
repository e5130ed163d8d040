import type { MessageEntity } from 'grammy/types'
import type { Words } from './wire.ts'

/**
 * Words as messages that each fit: cut at a paragraph, a line or a space where there is one in the last third, otherwise
 * between two whole characters. An entity that is cut goes on in the next message.
 */
export const partsOf = (words: Words, first: number, rest = first): Words[] => {
  const parts: Words[] = []
  let from = 0
  do {
    const most = parts.length === 0 ? first : rest
    const end = from + cutOf(words.text.slice(from, from + most + 1), most)
    parts.push(between(words, from, end))
    from = end
  } while (from < words.text.length)
  return parts
}

const cutOf = (text: string, most: number): number => {
  if (text.length <= most) return text.length
  for (const mark of ['\n\n', '\n', ' ']) {
    const at = text.lastIndexOf(mark, most - mark.length)
    if (at > (most * 2) / 3) return at + mark.length
  }
  return wholeCharacters(text, most)
}

/** The longest beginning that ends between two characters as people see them. */
const wholeCharacters = (text: string, most: number): number => {
  // One that began far before is longer than any that people write.
  const near = Math.max(0, most - 100)
  const start = near + (isLowHalf(text, near) ? 1 : 0)
  let end = start
  for (const { segment, index } of new Intl.Segmenter('ru', { granularity: 'grapheme' }).segment(text.slice(start))) {
    if (start + index + segment.length > most) break
    end = start + index + segment.length
  }
  if (end > start) return end
  return isLowHalf(text, most) ? most - 1 : most
}

const isLowHalf = (text: string, at: number): boolean => {
  const unit = text.charCodeAt(at)
  return unit >= 0xdc00 && unit <= 0xdfff
}

const between = ({ text, entities }: Words, from: number, end: number): Words => ({
  text: text.slice(from, end),
  entities: entities.flatMap((one): MessageEntity[] => {
    const start = Math.max(one.offset, from)
    const length = Math.min(one.offset + one.length, end) - start
    return length > 0 ? [{ ...one, offset: start - from, length }] : []
  }),
})
