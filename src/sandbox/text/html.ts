import { badRequest } from '../refusal.ts'
import type { Entity, Formatted } from './clean.ts'
import { inOrder } from './detect.ts'
import { linkEntity } from './link.ts'

const kinds: Record<string, string> = {
  b: 'bold',
  strong: 'bold',
  i: 'italic',
  em: 'italic',
  u: 'underline',
  ins: 'underline',
  s: 'strikethrough',
  strike: 'strikethrough',
  del: 'strikethrough',
  'tg-spoiler': 'spoiler',
  span: 'spoiler',
  code: 'code',
  pre: 'pre',
  blockquote: 'blockquote',
  a: 'text_link',
  'tg-emoji': 'custom_emoji',
  'tg-time': 'date_time',
}

type Open = { tag: string; attributes: Record<string, string>; offset: number }
type Reading = { source: string; at: number; text: string; open: Open[]; entities: Entity[] }

/** Telegram's HTML: a text and its entities. @throws {Refusal} in Telegram's words, with the byte offset. */
export const parseHtml = (source: string): Formatted => {
  const reading: Reading = { source, at: 0, text: '', open: [], entities: [] }
  while (reading.at < source.length) {
    const next = source.slice(reading.at).search(/[<&]/)
    const end = next < 0 ? source.length : reading.at + next
    reading.text += source.slice(reading.at, end)
    reading.at = end
    if (source[end] === '&') reading.text += readReference(reading)
    else if (source[end] === '<' && source[end + 1] === '/') closeTag(reading)
    else if (source[end] === '<') openTag(reading)
  }
  const last = reading.open.at(-1)
  if (last) throw broken(`Can't find end tag corresponding to start tag "${last.tag}"`)
  if (!reading.text.isWellFormed()) {
    throw broken(
      'Text contains invalid Unicode characters after decoding HTML entities, check for unmatched surrogate code units',
    )
  }
  return { text: reading.text, entities: inOrder(reading.entities) }
}

const broken = (text: string) => badRequest(`can't parse entities: ${text}`)

const byteOffset = (source: string, at: number) => Buffer.byteLength(source.slice(0, at))

const named: Record<string, string> = { lt: '<', gt: '>', amp: '&', quot: '"' }

/** A reference that is none stays as it was typed. The semicolon may be missing. */
const readReference = (reading: Reading): string => {
  const match = /^&(?:#(\d{1,8})|#[xX]([\da-fA-F]{1,8})|([a-zA-Z]+));?/.exec(reading.source.slice(reading.at))
  const [whole, decimal, hex, name] = match ?? []
  const code = decimal === undefined ? Number.parseInt(hex ?? '', 16) : Number(decimal)
  const decoded = name === undefined ? codePoint(code) : named[name]
  if (whole === undefined || decoded === undefined) {
    reading.at += 1
    return '&'
  }
  reading.at += whole.length
  return decoded
}

const codePoint = (code: number) => (code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : undefined)

const openTag = (reading: Reading): void => {
  const { source, at: begin } = reading
  const name = /^<[^\s>]*/.exec(source.slice(begin))?.[0] ?? '<'
  if (begin + name.length >= source.length) {
    throw broken(`Unclosed start tag at byte offset ${byteOffset(source, begin)}`)
  }
  const tag = name.slice(1).toLowerCase()
  if (kinds[tag] === undefined) {
    throw broken(`Unsupported start tag "${tag}" at byte offset ${byteOffset(source, begin)}`)
  }
  reading.at = begin + name.length
  const attributes = readAttributes(reading, tag, begin)
  if (tag === 'span' && attributes.class !== 'tg-spoiler') {
    throw broken(`Tag "span" must have class "tg-spoiler" at byte offset ${byteOffset(source, begin)}`)
  }
  reading.open.push({ tag, attributes, offset: reading.text.length })
}

const readAttributes = (reading: Reading, tag: string, begin: number): Record<string, string> => {
  const { source } = reading
  const where = byteOffset(source, begin)
  const attributes: Record<string, string> = {}
  const skip = (pattern: RegExp) => {
    const found = pattern.exec(source.slice(reading.at))?.[0] ?? ''
    reading.at += found.length
    return found
  }
  for (;;) {
    skip(/^\s+/)
    if (reading.at >= source.length) throw broken(`Unclosed start tag "${tag}" at byte offset ${where}`)
    if (source[reading.at] === '>') break
    const name = skip(/^[^\s=>]*/)
    if (name === '') throw broken(`Empty attribute name in the tag "${tag}" at byte offset ${where}`)
    attributes[name.toLowerCase()] = ''
    if (!/^\s*=/.test(source.slice(reading.at))) continue
    skip(/^\s*=\s*/)
    if (reading.at >= source.length) throw broken(`Unclosed start tag "${tag}" at byte offset ${where}`)
    attributes[name.toLowerCase()] = readValue(reading, where)
  }
  reading.at += 1
  return attributes
}

const readValue = (reading: Reading, where: number): string => {
  const { source, at: begin } = reading
  const quote = source[begin]
  if (quote !== '"' && quote !== "'") {
    const token = /^[\da-zA-Z.-]*/.exec(source.slice(begin))?.[0] ?? ''
    reading.at += token.length
    if (!/^[\s>]/.test(source.slice(reading.at))) {
      throw broken(`Unexpected end of name token at byte offset ${byteOffset(source, begin)}`)
    }
    return token.toLowerCase()
  }
  const end = source.indexOf(quote, begin + 1)
  if (end < 0 || end + 1 >= source.length) throw broken(`Unclosed start tag at byte offset ${where}`)
  const value: Reading = { source: source.slice(begin + 1, end), at: 0, text: '', open: [], entities: [] }
  while (value.at < value.source.length) {
    const unit = value.source[value.at] ?? ''
    value.text += unit === '&' ? readReference(value) : unit
    if (unit !== '&') value.at += 1
  }
  reading.at = end + 1
  return value.text
}

const closeTag = (reading: Reading): void => {
  const { source, at: begin } = reading
  const where = byteOffset(source, begin)
  const open = reading.open.pop()
  if (!open) throw broken(`Unexpected end tag at byte offset ${where}`)
  const match = /^<\/([^\s>]*)\s*>/.exec(source.slice(begin))
  if (!match) throw broken(`Unclosed end tag at byte offset ${where}`)
  const found = (match[1] ?? '').toLowerCase()
  if (found !== '' && found !== open.tag) {
    throw broken(`Unmatched end tag at byte offset ${where}, expected "</${open.tag}>", found "</${found}>"`)
  }
  reading.at = begin + match[0].length
  const length = reading.text.length - open.offset
  if (length > 0) addEntity(reading, open, length)
}

const addEntity = ({ text, entities }: Reading, open: Open, length: number): void => {
  const place = { offset: open.offset, length }
  const last = entities.at(-1)
  const inner = last && last.offset === place.offset && last.length === length ? last : null
  const language = /^language-(.+)$/.exec(open.attributes.class ?? '')?.[1]
  if (open.tag === 'a') {
    const entity = linkEntity(open.attributes.href || text.slice(open.offset), place)
    if (entity) entities.push(entity)
  } else if (open.tag === 'tg-emoji') {
    if (!/^[1-9]\d*$/.test(open.attributes['emoji-id'] ?? '')) throw broken('Invalid custom emoji identifier specified')
    entities.push({ type: 'custom_emoji', ...place, custom_emoji_id: open.attributes['emoji-id'] ?? '' })
  } else if (open.tag === 'tg-time') {
    entities.push({ type: 'date_time', ...place, unix_time: Number(open.attributes.unix ?? 0) })
  } else if (open.tag === 'pre' && inner?.type === 'code' && inner.language !== undefined) {
    inner.type = 'pre'
  } else if (open.tag === 'code' && inner?.type === 'pre' && language !== undefined) {
    inner.language = language
  } else if (open.tag === 'blockquote' && 'expandable' in open.attributes) {
    entities.push({ type: 'expandable_blockquote', ...place })
  } else {
    entities.push({
      type: kinds[open.tag] ?? open.tag,
      ...place,
      ...(open.tag === 'code' && language ? { language } : {}),
    })
  }
}
