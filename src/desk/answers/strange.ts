import { hashOf } from './hash.ts'
import { soundsOf } from './sounds.ts'
import { stemOf } from './stems.ts'

/** Roots of the words that stand in our own phrases. */
export type Ours = Set<number>

const SEED = 21

export const oursOf = (samples: string[][]): Ours => new Set(samples.flat().map(rootOf))

/**
 * How many of the telling words of a text stand in none of our phrases: what is about something else names things that
 * nobody ever asked us about.
 */
export function strangeIn(words: string[], ours: Ours): { strange: number; telling: number } {
  const telling = new Set(words.filter((word) => word.length > 2 && /^\p{L}+$/u.test(word)).map(rootOf))
  return { strange: [...telling].filter((root) => !ours.has(root)).length, telling: telling.size }
}

const rootOf = (word: string): number => hashOf(soundsOf(stemOf(word)), SEED)
