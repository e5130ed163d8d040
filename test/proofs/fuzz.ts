import type { MessageEntity } from 'grammy/types'

export type Fuzzed = { text: string; entities: MessageEntity[]; name: string }

/** Repeatable: the same seed gives the same texts. */
export const dice = (seed: number): (() => number) => {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let t = Math.imul(state ^ (state >>> 15), state | 1)
    t = (t + Math.imul(t ^ (t >>> 7), t | 61)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296
  }
}

/** What people, phones and ill will put into a text. */
const PIECES = [
  'Здравствуйте, ',
  'не приходит ',
  'заявление 4821903377 ',
  'hello ',
  ' ',
  '\n',
  '\n\n',
  '\t',
  '👨‍👩‍👧‍👦',
  '🇷🇺🇰🇿',
  '👍🏽',
  '1️⃣',
  'e\u0301\u0323',
  'Z̡̢̧̰͓͔͚̈́͛',
  'שלום ',
  'مرحبا ',
  '\u202Eабв\u202C',
  '\u200B',
  '\uFEFF',
  '\0',
  '\uD83D',
  '\uDC69',
  '<b>жирно</b>',
  '<a href="https://evil.example">тут</a>',
  '<script>alert(1)</script>',
  '&amp;&lt;&#60;',
  '*_`[x](tg://user?id=1)~||',
  '{{fact.hotline}}',
  '$t(start.hello)',
  "'; drop table messages; --",
  '%s%n%00',
  '@all /close готово ',
  'ﷺ',
  '漢字かな',
  '𝕳𝖊𝖑𝖑𝖔',
  '\u2028',
  '..//\\\\',
]
const MARKS = ['bold', 'italic', 'underline', 'strikethrough', 'spoiler', 'code', 'blockquote'] as const

export const fuzzed = (random: () => number, most = 24): Fuzzed => {
  const pick = <T>(from: readonly T[]): T => from[Math.floor(random() * from.length)] as T
  const pieces = Array.from({ length: 1 + Math.floor(random() * most) }, () => pick(PIECES))
  // Now and then as long as a text can get.
  const long = random() < 0.002 ? Math.ceil(20_000 / Math.max(1, pieces.join('').length)) : 1
  const text = pieces.join('').repeat(long).slice(0, 20_000)
  const entities = Array.from({ length: Math.floor(random() * 6) }, (): MessageEntity => {
    const offset = Math.floor(random() * text.length)
    const length = 1 + Math.floor(random() * (text.length - offset))
    return random() < 0.2
      ? { type: 'text_link', offset, length, url: 'https://www.gosuslugi.ru/' }
      : { type: pick(MARKS), offset, length }
  })
  return { text, entities, name: `${pick(PIECES)}${pick(PIECES)}`.slice(0, 64) }
}
