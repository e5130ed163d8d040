/** How likely a word is by its letters, from the words of the phrases: a trigram model with back-off to pairs and letters. */
export type Letters = { counts: Map<string, number>; words: Set<string> }

const CYRILLIC = /^[а-я]+$/
const LATIN = /^[a-z]+$/

export function learnLetters(words: Iterable<string>): Letters {
  const letters: Letters = { counts: new Map(), words: new Set() }
  for (const word of words) {
    if (!(CYRILLIC.test(word) || LATIN.test(word))) continue
    letters.words.add(word)
    const framed = `^^${word}$`
    for (let at = 2; at < framed.length; at += 1) {
      for (const size of [0, 1, 2]) {
        raise(letters.counts, framed.slice(at - size, at + 1))
        raise(letters.counts, `${framed.slice(at - size, at)}|${CYRILLIC.test(word) ? 'r' : 'l'}`)
      }
    }
  }
  return letters
}

/** Natural logarithm of the word's likelihood in its own alphabet; a word people used before gets a bonus. */
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
  return letters.words.has(word) ? sum / 2 : sum
}

function raise(counts: Map<string, number>, key: string): void {
  counts.set(key, (counts.get(key) ?? 0) + 1)
}
