import { soundsOf } from './sounds.ts'

/** How likely a word is by its letters, from the words of the phrases: a trigram model with back-off to pairs and letters. */
export type Letters = { counts: Map<string, number>; words: Set<string>; sounds: Set<string> }

const CYRILLIC = /^[а-я]+$/
const LATIN = /^[a-z]+$/

export function learnLetters(words: Iterable<string>): Letters {
  const times = new Map<string, number>()
  for (const word of words) if (CYRILLIC.test(word) || LATIN.test(word)) times.set(word, (times.get(word) ?? 0) + 1)
  const letters: Letters = { counts: new Map(), words: new Set(times.keys()), sounds: new Set() }
  for (const [word, count] of times) {
    learnWord(letters.counts, word, count)
    if (word.length > 3) letters.sounds.add(soundsOf(word))
  }
  return letters
}

function learnWord(counts: Map<string, number>, word: string, count: number): void {
  const alphabet = CYRILLIC.test(word) ? 'r' : 'l'
  const framed = `^^${word}$`
  for (let at = 2; at < framed.length; at += 1) {
    for (const size of [0, 1, 2]) {
      const before = framed.slice(at - size, at)
      for (const key of [before + framed.charAt(at), `${before}|${alphabet}`])
        counts.set(key, (counts.get(key) ?? 0) + count)
    }
  }
}

/** Natural logarithm of the word's likelihood in its own alphabet; a word people used before gets a bonus, one that
 * sounds like it a smaller one. */
export function likelihood(letters: Letters, word: string): number {
  const alphabet = CYRILLIC.test(word) ? 'r' : 'l'
  const framed = `^^${word}$`
  let sum = 0
  for (let at = 2; at < framed.length; at += 1) {
    let chance = 1 / 34
    for (const size of [0, 1, 2]) {
      const seen = letters.counts.get(`${framed.slice(at - size, at)}|${alphabet}`) ?? 0
      const hit = letters.counts.get(framed.slice(at - size, at + 1)) ?? 0
      chance = (hit + 4 * chance) / (seen + 4)
    }
    sum += Math.log(chance)
  }
  if (letters.words.has(word)) return sum / 2
  return alphabet === 'r' && letters.sounds.has(soundsOf(word)) ? sum / 1.5 : sum
}
