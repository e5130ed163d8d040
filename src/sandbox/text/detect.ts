import type { Entity } from './clean.ts'

type Pattern = { type: string; find: RegExp }

const domains =
  'ru|su|рф|com|org|net|info|me|io|gov|edu|dev|app|site|online|top|xyz|club|shop|store|biz|pro|uk|de|kz|by|ua|eu|cc|link|москва|дети|click|live|icu|space|website|tech|cn|tk|ml|ga'

const patterns: Pattern[] = [
  { type: 'email', find: /(?<![\p{L}\p{N}_.+-])[\w.+-]+@[\w-]+(?:\.[\w-]+)*\.[a-zа-я]{2,}/giu },
  {
    type: 'url',
    find: new RegExp(
      `(?:https?|ftp|tg|ton)://[^\\s<>"«»]+|(?<![\\p{L}\\p{N}_@./-])(?:[\\p{L}\\p{N}-]+\\.)+(?:${domains}|xn--[a-z0-9-]+)(?![\\p{L}\\p{N}_-])(?::\\d+)?(?:[/?#][^\\s<>"«»]*)?`,
      'giu',
    ),
  },
  {
    type: 'bot_command',
    find: /(?<![\p{L}\p{N}_/<>])\/[a-zA-Z0-9_]{1,64}(?:@[a-zA-Z0-9_]{3,32})?(?![\p{L}\p{N}_/<>@])/gu,
  },
  { type: 'mention', find: /(?<![\p{L}\p{N}_])@[a-zA-Z0-9_]{2,32}(?![\p{L}\p{N}_])/gu },
  { type: 'hashtag', find: /(?<![\p{L}\p{N}_#])#[\p{L}\p{N}_]*\p{L}[\p{L}\p{N}_]*(?![#])/gu },
  { type: 'phone_number', find: /(?<![\p{L}\p{N}_])\+\d(?:[ ()-]{0,2}\d){9,13}(?!\d)/gu },
]

const hint = /[/@#+.]/

/** Adds what Telegram finds in a text by itself: commands, links, mentions … – not inside code or what is a link already. */
export const detect = (text: string, given: Entity[]): Entity[] => {
  if (!hint.test(text)) return given
  const taken = given.filter((one) => closed.has(one.type))
  for (const { type, find } of patterns) {
    for (const match of text.matchAll(find)) {
      const length = match[0].replace(/[.,:;!?)\]'…]+$/, '').length
      const found = { type, offset: match.index, length }
      if (length > 1 && !taken.some((one) => overlap(one, found))) taken.push(found)
    }
  }
  return inOrder([...given, ...taken.filter((one) => !given.includes(one))])
}

/** Nothing is looked for inside these. */
const closed = new Set(['code', 'pre', 'text_link', 'text_mention', 'custom_emoji', 'date_time'])

const overlap = (one: Entity, other: Entity) =>
  one.offset < other.offset + other.length && other.offset < one.offset + one.length

/** Telegram's order: by place, the longer one first. */
export const inOrder = (entities: Entity[]): Entity[] =>
  [...entities].sort((one, other) => one.offset - other.offset || other.length - one.length)
