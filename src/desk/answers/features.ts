import { type Concepts, conceptsIn, keyOf } from './concepts.ts'
import { hashOf, mix } from './hash.ts'
import { soundsOf } from './sounds.ts'
import { stemOf } from './stems.ts'

/** Hash of a feature → how much of it the text has. */
export type Bag = Map<number, number>

/** What each kind of feature counts; found by trying, see docs/choices.md. */
const WORTH = { stem: 1, key: 0.5, pair: 0.6, letters: 0.2, concept: 1.5, concepts: 0.5 }
const SEED = { stem: 1, key: 2, pair: 3, letters: 4, concept: 5, concepts: 6, negated: 7 }
/** Beyond this many meanings the pairs of a long story say nothing. */
const MOST_PAIRED = 14

const NEGATIONS = new Set(
  ['не', 'ни', 'нет', 'без', 'нельзя', 'никак', 'not', 'no', 'never', 't', 'cannot', 'without'].map(keyOf),
)

/** Stems, sounds, neighbours and letter groups of words, and the meanings they stand for, alone, together and negated. */
export function featuresOf(words: string[], concepts: Concepts): Bag {
  const bag: Bag = new Map()
  const stems = words.map(stemOf)
  const keys = stems.map(soundsOf)
  let before = '^'
  words.forEach((word, at) => {
    const key = keys[at] ?? ''
    add(bag, hashOf(stems[at] ?? '', SEED.stem), WORTH.stem)
    add(bag, hashOf(key, SEED.key), WORTH.key)
    add(bag, hashOf(key, hashOf(before, SEED.pair)), WORTH.pair)
    addLetters(bag, `^${soundsOf(word)}$`)
    before = key
  })
  add(bag, hashOf('$', hashOf(before, SEED.pair)), WORTH.pair)
  for (const [feature, value] of bag) if (value > 1) bag.set(feature, 1 + Math.log(value))
  addConcepts(bag, keys, concepts)
  return bag
}

function add(bag: Bag, feature: number, worth: number): void {
  bag.set(feature, (bag.get(feature) ?? 0) + worth)
}

/** Groups of three, four and five letters. */
function addLetters(bag: Bag, sounds: string): void {
  for (let from = 0; from + 3 <= sounds.length; from += 1) {
    let hash = SEED.letters
    for (let size = 1; size <= 5 && from + size <= sounds.length; size += 1) {
      hash = mix(hash, sounds.charCodeAt(from + size - 1))
      if (size > 2) add(bag, hash >>> 0, WORTH.letters)
    }
  }
}

function addConcepts(bag: Bag, keys: string[], concepts: Concepts): void {
  const said = new Set<number>()
  for (const { concept, at, size } of conceptsIn(concepts, keys)) {
    const name = hashOf(concept, SEED.concept)
    said.add(name)
    bag.set(name, WORTH.concept)
    const negated = size === 1 && (NEGATIONS.has(keys[at - 1] ?? '') || NEGATIONS.has(keys[at - 2] ?? ''))
    if (negated) bag.set(hashOf(concept, SEED.negated), WORTH.concept)
  }
  if (said.size > MOST_PAIRED) return
  const names = [...said].sort((one, other) => one - other)
  names.forEach((one, at) => {
    for (const other of names.slice(at + 1)) bag.set(mix(mix(SEED.concepts, one), other) >>> 0, WORTH.concepts)
  })
}
