/** Longest first: what people write with Latin letters for Russian sounds, GOST, chat and passport spellings together. */
const SOUNDS: [string, string][] = [
  ['shch', 'щ'],
  ['tsya', 'тся'],
  ['tsja', 'тся'],
  ['sch', 'щ'],
  ['sh', 'ш'],
  ['ch', 'ч'],
  ['zh', 'ж'],
  ['kh', 'х'],
  ['ts', 'ц'],
  ['tz', 'ц'],
  ['ck', 'к'],
  ['yu', 'ю'],
  ['ju', 'ю'],
  ['iu', 'ю'],
  ['ya', 'я'],
  ['ja', 'я'],
  ['ia', 'ия'],
  ['yo', 'е'],
  ['jo', 'е'],
  ['ye', 'е'],
  ['je', 'е'],
  ['yi', 'ый'],
  ['yy', 'ый'],
  ['yj', 'ый'],
  ['iy', 'ий'],
  ['ij', 'ий'],
  ['ee', 'ее'],
  ['oo', 'у'],
  ['ph', 'ф'],
]
const PAIRS = new Map(SOUNDS)
const SINGLE = new Map(
  [...'abcdefghiklmnopqrstuvwxz'].map((latin, at) => [latin, 'абцдефгхиклмнопкрстуввхз'[at] ?? latin]),
)
const DIGITS = new Map([
  ['4', 'ч'],
  ['6', 'ш'],
])

/** Latin letters read as Russian sounds: `parol zabyl` → `парол забыл`. Soft signs that nobody typed stay lost. */
export function readAsRussian(text: string): string {
  const word = /[a-z]/.test(text) ? text.replace(/[46](?=[a-z])/g, (digit) => DIGITS.get(digit) ?? digit) : text
  let read = ''
  for (let at = 0; at < word.length; ) {
    const taken = longest(word, at)
    if (taken) {
      read += PAIRS.get(taken)
      at += taken.length
      continue
    }
    read += single(word, at)
    at += 1
  }
  return read
}

function longest(word: string, at: number): string | undefined {
  for (let size = 4; size > 1; size -= 1) {
    const piece = word.slice(at, at + size)
    if (PAIRS.has(piece)) return piece
  }
  return undefined
}

function single(word: string, at: number): string {
  const letter = word.charAt(at)
  const before = word.charAt(at - 1)
  if (letter === 'y') return before && 'aeiou'.includes(before) ? 'й' : 'ы'
  if (letter === 'j') return before && 'aeiouy'.includes(before) ? 'й' : 'ж'
  if (letter === "'" || letter === '`') return /[a-z]/.test(before) ? 'ь' : letter
  return SINGLE.get(letter) ?? letter
}
