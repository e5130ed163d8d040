import { onEnglishKeys, onRussianKeys } from './layout.ts'
import { type Letters, likelihood } from './letters.ts'
import { wordsOf } from './normalise.ts'
import { readAsRussian } from './transliterate.ts'

type Reading = (chunk: string) => string
type Way = { score: number; words: string[]; before: Way | null }

/** A change of reading in the middle of a message must earn this much likelihood. */
const CHANGE = 4
const IMPOSSIBLE = -1e6

const READINGS: { of: RegExp; read: Reading; cost: number }[] = [
  { of: /[а-я]/, read: (chunk) => chunk, cost: 0 },
  { of: /[a-z]/, read: (chunk) => chunk, cost: 0 },
  { of: /[a-z]/, read: readAsRussian, cost: 0.5 },
  { of: /[a-z]/, read: onRussianKeys, cost: 0.5 },
  { of: /[а-я]/, read: onEnglishKeys, cost: 3 },
]

/**
 * Undoes the wrong keyboard layout and transliteration: each piece between spaces is read as it stands, as Russian typed
 * with Latin letters, as the other layout – whichever makes the likeliest words, with few changes within one message.
 */
export function decode(letters: Letters, normalised: string): string[] {
  const known = new Map<string, number>()
  let ways: Way[] = READINGS.map(() => ({ score: 0, words: [], before: null }))
  for (const chunk of normalised.split(' ')) {
    if (!/[a-zа-я]/.test(chunk)) {
      const words = wordsOf(chunk)
      if (words.length > 0) ways = ways.map((way) => ({ score: way.score, words, before: way }))
      continue
    }
    ways = READINGS.map(({ of, read, cost }, at) => {
      const before = bestBefore(ways, at)
      const words = of.test(chunk) ? wordsOf(read(chunk)) : wordsOf(chunk)
      return {
        score: before.score + (of.test(chunk) ? worth(letters, words, known) - cost : -40),
        words,
        before: before.way,
      }
    })
  }
  return unroll(ways.reduce((best, way) => (way.score > best.score ? way : best)))
}

function bestBefore(ways: Way[], at: number): { score: number; way: Way | null } {
  let best: { score: number; way: Way | null } = { score: IMPOSSIBLE * 1e6, way: null }
  ways.forEach((way, from) => {
    const score = from === at ? way.score : way.score - CHANGE
    if (score > best.score) best = { score, way }
  })
  return best
}

function worth(letters: Letters, words: string[], known: Map<string, number>): number {
  let sum = 0
  for (const word of words) {
    const found = known.get(word) ?? (/^[a-zа-я]+$/.test(word) ? likelihood(letters, word) : -2 * word.length)
    known.set(word, found)
    sum += found
  }
  return words.length === 0 ? -20 : sum
}

function unroll(last: Way): string[] {
  const parts: string[][] = []
  for (let way: Way | null = last; way; way = way.before) parts.push(way.words)
  return parts.reverse().flat()
}
