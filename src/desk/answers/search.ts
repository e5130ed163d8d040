import type { ConceptTable } from './concepts.ts'
import { buildSearch, likenessOf } from './likeness.ts'
import { type Guesser, guesserOf, type Model } from './model.ts'
import { normalise, wordsOf } from './normalise.ts'
import { linesOf, type Phrases } from './phrases.ts'
import { createReader } from './reader.ts'
import { type Bounds, judge } from './verdict.ts'

export type Candidate = { id: string; score: number }
/** `entries` are always the three best, whatever the verdict. */
export type Found = { verdict: 'answer' | 'suggest' | 'none'; entries: Candidate[] }
export type Finder = { find(question: string): Found }
/** `concepts` are the words of `locales/words`; without a `model` a simple search by likeness answers. */
export type Learnt = { concepts?: ConceptTable; model?: Model | null }

const LIKE = 0.42
const BY_LIKENESS: Bounds = {
  answer: { plain: LIKE, foreign: LIKE, thin: LIKE, blank: LIKE },
  lead: 0.1,
  suggest: { plain: 0.2, blank: 0.2 },
  off: 1,
}
const BY_MODEL: Bounds = {
  answer: { plain: 0.72, foreign: 0.92, thin: 0.82, blank: 0.95 },
  lead: 0.2,
  suggest: { plain: 0.1, blank: 0.5 },
  off: 1.5,
}

export const createFinder = (phrases: Phrases, { concepts = {}, model = null }: Learnt = {}): Finder => {
  const read = createReader(phrases, concepts)
  const guess = model ? guesserOf(model, concepts) : likenessBy(phrases)
  const bounds = model ? BY_MODEL : BY_LIKENESS
  return { find: (question) => judge(guess(read(question)), bounds) }
}

/** Phrases are taken as they stand: reading thousands of them would hold up whoever is waiting. */
function likenessBy(phrases: Phrases): Guesser {
  const samples = phrases.flatMap((entry) =>
    linesOf(entry).map((line) => ({ id: entry.id, words: wordsOf(normalise(line)) })),
  )
  const search = buildSearch(samples)
  return (words) => {
    const likeness = likenessOf(search, words)
    return { scores: search.ids.map((id, at) => ({ id, score: likeness[at] ?? 0 })), own: 1, foreign: 0 }
  }
}
