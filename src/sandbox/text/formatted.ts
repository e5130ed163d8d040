import { badRequest } from '../refusal.ts'
import { clean, type Entity, type Formatted, isBlank, trim } from './clean.ts'
import { detect, inOrder } from './detect.ts'
import { parseHtml } from './html.ts'
import { parseMarkdown } from './markdown.ts'

export type Source = { text: string; parseMode?: string | undefined; entities?: Entity[] | undefined }

/** A message's text as it will be shown. @throws {Refusal} when it is empty, longer than 4096, or its formatting is broken. */
export const messageText = (source: Source): Formatted => {
  if (source.text === '') throw badRequest('message text is empty')
  const formatted = read(source)
  if (isBlank(formatted.text)) throw badRequest('text must be non-empty')
  if (characters(formatted.text) > 4096) throw badRequest('message is too long')
  return formatted
}

/** A caption, which may be empty and has 1024 characters. */
export const caption = (source: Source): Formatted => {
  const formatted = read(source)
  if (isBlank(formatted.text)) return { text: '', entities: [] }
  if (characters(formatted.text) > 1024) throw badRequest('message caption is too long')
  return formatted
}

/** What a person types is cleaned and searched for commands and links like what a bot sends. */
export const typedText = (text: string, entities: Entity[] = []): Formatted => read({ text, entities })

/** Refuses what is no UTF-8: half a character pair cannot be written in it. */
export const wellFormed = (text: string): string => {
  if (!text.isWellFormed()) throw badRequest('strings must be encoded in UTF-8')
  return text
}

// TDLib counts code points for lengths, UTF-16 units for the offsets of entities.
const characters = (text: string): number => (text.length <= 1024 ? text.length : [...text].length)

const read = ({ text, parseMode, entities }: Source): Formatted => {
  wellFormed(text)
  const given = parseMode ? parse(text, parseMode) : { text, entities: (entities ?? []).filter(isOwn) }
  checkBounds(given)
  const tidy = trim(clean({ ...given, entities: inOrder(given.entities.filter((one) => one.length > 0)) }))
  return { text: tidy.text, entities: detect(tidy.text, tidy.entities.filter(isAllowed)) }
}

const parse = (text: string, mode: string): Formatted => {
  switch (mode.toLowerCase()) {
    case 'html':
      return parseHtml(text)
    case 'markdownv2':
      return parseMarkdown(text)
    default:
      throw badRequest('unsupported parse_mode')
  }
}

/** Links, mentions, commands and the like are found by Telegram itself, whatever the sender says. */
const isOwn = (entity: Entity) => !found.has(entity.type)
const found = new Set(['mention', 'hashtag', 'cashtag', 'bot_command', 'url', 'email', 'phone_number'])

/** Custom emoji are for bots that have bought a name; for others they become plain text. */
const isAllowed = (entity: Entity) => entity.type !== 'custom_emoji'

const checkBounds = ({ text, entities }: Formatted): void => {
  for (const { offset, length } of entities) {
    if (offset < 0 || offset > 1_000_000) throw badRequest(`receive an entity with incorrect offset ${offset}`)
    if (length < 0 || length > 1_000_000) throw badRequest(`receive an entity with incorrect length ${length}`)
    if (offset > text.length) {
      throw badRequest(
        `entity begins after the end of the text at UTF-16 offset ${offset}, the text ends at UTF-16 offset ${text.length}`,
      )
    }
    if (offset + length > text.length) {
      throw badRequest(
        `entity beginning at UTF-16 offset ${offset} ends after the end of the text at UTF-16 offset ${text.length}`,
      )
    }
    if (length > 0 && (splitsPair(text, offset) || splitsPair(text, offset + length))) {
      throw badRequest(`entity beginning at UTF-16 offset ${offset} ends in a middle of a UTF-16 symbol`)
    }
  }
}

const splitsPair = (text: string, at: number) => {
  const unit = text.charCodeAt(at)
  return at > 0 && at < text.length && unit >= 0xdc00 && unit <= 0xdfff
}
