import type { ConceptTable } from './concepts.ts'
import { buildSearch, likenessOf } from './likeness.ts'
import { type Chances, chancesBy, type Model } from './model.ts'
import { normalise, wordsOf } from './normalise.ts'
import { linesOf, OFF_TOPIC, type Phrases } from './phrases.ts'
import { createReader } from './reader.ts'
import { type Bounds, judge } from './verdict.ts'

export type Candidate = { id: string; score: number }
/** `entries` are always the three best, whatever the verdict. */
export type Found = { verdict: 'answer' | 'suggest' | 'none'; entries: Candidate[] }
export type Finder = { find(question: string): Found }
/** `concepts` are the words of `locales/words`; without a `model` a simple search by likeness answers. */
export type Learnt = { concepts?: ConceptTable; model?: Model | null }

const BY_LIKENESS: Bounds = { answer: 0.42, lead: 0.1, suggest: 0.2, off: 1 }
const BY_MODEL: Bounds = { answer: 0.65, lead: 0.2, suggest: 0.1, off: 0.9 }

export const createFinder = (phrases: Phrases, { concepts = {}, model = null }: Learnt = {}): Finder => {
  const read = createReader(phrases, concepts)
  const chances = model ? chancesBy(model, concepts) : likenessBy(phrases)
  const bounds = model ? BY_MODEL : BY_LIKENESS
  return {
    find: (question) => {
      const all = chances(read(question))
      const off = all.find(({ id }) => id === OFF_TOPIC)?.score ?? 0
      const ranked = all.filter(({ id }) => id !== OFF_TOPIC).sort((one, other) => other.score - one.score)
      return judge(ranked, off, bounds)
    },
  }
}

/** Phrases are taken as they stand: reading thousands of them would hold up whoever is waiting. */
function likenessBy(phrases: Phrases): Chances {
  const samples = phrases.flatMap((entry) =>
    linesOf(entry).map((line) => ({ id: entry.id, words: wordsOf(normalise(line)) })),
  )
  const search = buildSearch(samples)
  return (words) => {
    const likeness = likenessOf(search, words)
    return search.ids.map((id, at) => ({ id, score: likeness[at] ?? 0 }))
  }
}
