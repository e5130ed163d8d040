import { normalise, wordsOf } from './normalise.ts'
import { soundsOf } from './sounds.ts'
import { stemOf } from './stems.ts'

/** A name of a meaning → the words and turns of phrase for it, in all languages, parted by commas. */
export type ConceptTable = Record<string, string>
export type Concepts = Map<string, Turn[]>
type Turn = { keys: string[]; concept: string }

/** What endings and spelling by ear leave of a word. */
export const keyOf = (word: string): string => soundsOf(stemOf(word))

export function readConcepts(table: ConceptTable): Concepts {
  const concepts: Concepts = new Map()
  for (const [concept, turns] of Object.entries(table)) {
    for (const turn of turns.split(',')) {
      const keys = wordsOf(normalise(turn)).map(keyOf)
      const [first] = keys
      if (!first) continue
      concepts.set(first, [...(concepts.get(first) ?? []), { keys, concept }])
    }
  }
  return concepts
}

/** The meanings said in a row of keys, each once per place, in order. */
export function conceptsIn(concepts: Concepts, keys: string[]): { concept: string; at: number; size: number }[] {
  return keys.flatMap((key, at) => {
    const said = (concepts.get(key) ?? []).filter((turn) => turn.keys.every((part, step) => keys[at + step] === part))
    const names = new Map(said.map((turn) => [turn.concept, turn.keys.length]))
    return [...names].map(([concept, size]) => ({ concept, at, size }))
  })
}
