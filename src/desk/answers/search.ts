import type { ConceptTable } from './concepts.ts'
import { buildSearch, likenessOf } from './likeness.ts'
import { type Guesser, guesserOf, type Model } from './model.ts'
import { normalise, wordsOf } from './normalise.ts'
import { linesOf, type Phrases } from './phrases.ts'
import { createReader } from './reader.ts'
import { type Found, judge, judgeByLikeness } from './verdict.ts'

export type { Found } from './verdict.ts'
export type Finder = { find(question: string): Found }
/** `concepts` are the words of `locales/words`; without a `model` a simple search by likeness answers. */
export type Learnt = { concepts?: ConceptTable; model?: Model | null }

export const createFinder = (phrases: Phrases, { concepts = {}, model = null }: Learnt = {}): Finder => {
  const read = createReader(phrases, concepts)
  const guess = model ? guesserOf(model, concepts) : likenessBy(phrases)
  const verdictOf = model ? judge : judgeByLikeness
  return { find: (question) => verdictOf(guess(read(question))) }
}

/** Phrases are taken as they stand: reading thousands of them would hold up whoever is waiting. */
function likenessBy(phrases: Phrases): Guesser {
  const samples = phrases.flatMap((entry) =>
    linesOf(entry).map((line) => ({ id: entry.id, words: wordsOf(normalise(line)) })),
  )
  const search = buildSearch(samples)
  return (words) => {
    const likeness = likenessOf(search, words)
    return {
      scores: search.ids.map((id, at) => ({ id, score: likeness[at] ?? 0 })),
      own: 1,
      foreign: 0,
      strange: 0,
      telling: 1,
      known: false,
    }
  }
}
