import { badRequest } from '../refusal.ts'
import type { Entity, Formatted } from './clean.ts'
import { inOrder } from './detect.ts'
import { linkEntity } from './link.ts'

type Kind = 'Bold' | 'Italic' | 'Underline' | 'Strikethrough' | 'Spoiler' | 'Code' | 'Pre' | 'TextUrl' | 'BlockQuote'
type Open = { kind: Kind; at: number; offset: number; language?: string }
type Reading = { source: string; at: number; text: string; open: Open[]; entities: Entity[]; quoting: boolean }

const types: Record<Kind, string> = {
  Bold: 'bold',
  Italic: 'italic',
  Underline: 'underline',
  Strikethrough: 'strikethrough',
  Spoiler: 'spoiler',
  Code: 'code',
  Pre: 'pre',
  TextUrl: 'text_link',
  BlockQuote: 'blockquote',
}
/** How each kind begins and ends; the longer sign is looked for first. */
const signs: [sign: string, kind: Kind][] = [
  ['```', 'Pre'],
  ['__', 'Underline'],
  ['||', 'Spoiler'],
  ['`', 'Code'],
  ['_', 'Italic'],
  ['*', 'Bold'],
  ['~', 'Strikethrough'],
  ['[', 'TextUrl'],
]
const reserved = new Set('_*[]()~`>#+-=|{}.!\n')

/** Telegram's MarkdownV2 without custom emoji. @throws {Refusal} in Telegram's words, with the byte offset. */
export const parseMarkdown = (source: string): Formatted => {
  const reading: Reading = { source, at: 0, text: '', open: [], entities: [], quoting: false }
  while (reading.at < source.length) step(reading)
  if (reading.quoting && reading.open.at(-1)?.kind === 'BlockQuote') close(reading)
  const last = reading.open.at(-1)
  if (last) throw endless(reading, last)
  return { text: reading.text, entities: inOrder(reading.entities) }
}

const step = (reading: Reading): void => {
  const { source, at } = reading
  const unit = source[at] ?? ''
  const inside = reading.open.at(-1)
  const raw = inside?.kind === 'Code' || inside?.kind === 'Pre'
  if (unit === '\\' && /^\p{ASCII}/u.test(source.slice(at + 1))) {
    reading.text += source[at + 1]
    reading.at += 2
  } else if (raw ? unit !== '`' : !reserved.has(unit)) {
    reading.text += unit
    reading.at += 1
  } else if (unit === '\n' && !raw) lineBreak(reading)
  else if (inside && source.startsWith(endOf(inside.kind), at) && !isLonger(reading, inside)) close(reading)
  else begin(reading, unit)
}

const endOf = (kind: Kind): string => (kind === 'TextUrl' ? ']' : (signs.find((one) => one[1] === kind)?.[0] ?? '\n'))

/** `__` is read as underline first, even where an italic could end. */
const isLonger = ({ source, at }: Reading, inside: Open) => inside.kind === 'Italic' && source[at + 1] === '_'

const lineBreak = (reading: Reading): void => {
  const more = reading.source[reading.at + 1] === '>'
  const inside = reading.open.at(-1)
  if (reading.quoting && !more) {
    if (inside && inside.kind !== 'BlockQuote') throw endless(reading, inside)
    reading.text += '\n'
    close(reading)
    return
  }
  reading.text += '\n'
  reading.at += more ? 2 : 1
  if (more && !reading.quoting) openQuote(reading, reading.at - 1)
}

const openQuote = (reading: Reading, at: number): void => {
  reading.quoting = true
  reading.open.push({ kind: 'BlockQuote', at, offset: reading.text.length })
}

const begin = (reading: Reading, unit: string): void => {
  const { source, at } = reading
  if (unit === '>' && at === 0) {
    reading.at += 1
    openQuote(reading, at)
    return
  }
  const [sign, kind] = signs.find(([text]) => source.startsWith(text, at)) ?? []
  if (sign === undefined || kind === undefined) {
    throw broken(`Character '${unit}' is reserved and must be escaped with the preceding '\\'`)
  }
  reading.at += sign.length
  const open: Open = { kind, at, offset: reading.text.length }
  if (kind === 'Pre') {
    const language = /^[^\s`]+(?=\s)/.exec(source.slice(reading.at))?.[0]
    if (language !== undefined) open.language = language
    reading.at += language?.length ?? 0
    reading.at += /^(?:\r\n|\n\r|\n|\r)?/.exec(source.slice(reading.at))?.[0].length ?? 0
  }
  reading.open.push(open)
}

const close = (reading: Reading): void => {
  const open = reading.open.pop()
  if (!open) return
  const place = { offset: open.offset, length: reading.text.length - open.offset }
  reading.at += endOf(open.kind).length
  if (open.kind === 'BlockQuote') reading.quoting = false
  const address = open.kind === 'TextUrl' ? readAddress(reading, open) : ''
  if (place.length === 0) return
  const entity = open.kind === 'TextUrl' ? linkEntity(address, place) : { type: types[open.kind], ...place }
  if (entity) reading.entities.push(open.language ? { ...entity, language: open.language } : entity)
}

const readAddress = (reading: Reading, open: Open): string => {
  const { source } = reading
  if (source[reading.at] !== '(') return reading.text.slice(open.offset)
  const begin = reading.at + 1
  const match = /^(?:\\\p{ASCII}|[^)\\]|\\(?!\p{ASCII}))*\)/u.exec(source.slice(begin))
  if (!match) throw broken(`Can't find end of a URL at byte offset ${Buffer.byteLength(source.slice(0, begin))}`)
  reading.at = begin + match[0].length
  return match[0].slice(0, -1).replace(/\\(\p{ASCII})/gu, '$1')
}

const endless = ({ source }: Reading, { kind, at, language }: Open) =>
  broken(
    `Can't find end of ${kind === 'Pre' && language ? 'PreCode' : kind} entity at byte offset ${Buffer.byteLength(source.slice(0, at))}`,
  )

const broken = (text: string) => badRequest(`can't parse entities: ${text}`)
