import type { ConceptTable } from './concepts.ts'
import { decode } from './decode.ts'
import { learnLetters } from './letters.ts'
import { normalise } from './normalise.ts'
import { type Phrases, vocabularyOf } from './phrases.ts'
import { learnSpelling, mend } from './spelling.ts'

/** Reads a typed text as words the phrases would use. */
export type Reader = (text: string) => string[]

export function createReader(phrases: Phrases, table: ConceptTable): Reader {
  const vocabulary = vocabularyOf(phrases, Object.values(table))
  const letters = learnLetters(vocabulary)
  const spelling = learnSpelling(vocabulary)
  return (text) => decode(letters, normalise(text)).flatMap((word) => mend(spelling, word))
}
