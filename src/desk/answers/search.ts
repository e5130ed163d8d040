import { decode } from './decode.ts'
import { type Letters, learnLetters } from './letters.ts'
import { buildSearch, likenessOf, type Sample } from './likeness.ts'
import { normalise, wordsOf } from './normalise.ts'
import { learnSpelling, mend, type Spelling } from './spelling.ts'
import { judge } from './verdict.ts'

export type Candidate = { id: string; score: number }
/** `entries` are always the three best, whatever the verdict. */
export type Found = { verdict: 'answer' | 'suggest' | 'none'; entries: Candidate[] }
export type Finder = { find(question: string): Found }
export type Phrases = { id: string; lang: string; title: string; answer: string; ask: string[]; words: string[] }[]

/** Phrases of this id are about something else: they are learnt from and never shown. */
export const OFF_TOPIC = 'none'
const BOUNDS = { answer: 0.42, lead: 0.1, suggest: 0.2 }

export const createFinder = (phrases: Phrases): Finder => {
  const lines = phrases.flatMap((entry) =>
    linesOf(entry).map((line) => ({ id: entry.id, words: wordsOf(normalise(line)) })),
  )
  const known = phrases.flatMap((entry) => wordsOf(normalise(`${entry.title} ${entry.answer}`)))
  const letters = learnLetters([...lines.flatMap((line) => line.words), ...known])
  const spelling = learnSpelling([...lines.flatMap((line) => line.words), ...known])
  const read = (question: string) => readWith(letters, spelling, question)
  const samples: Sample[] = lines.map((line) => ({ id: line.id, words: line.words }))
  const search = buildSearch(samples)
  return {
    find: (question) => {
      const likeness = likenessOf(search, read(question))
      const scored = search.ids.map((id, at) => ({ id, score: likeness[at] ?? 0 }))
      const off = scored.find((candidate) => candidate.id === OFF_TOPIC)?.score ?? 0
      const ranked = scored.filter(({ id }) => id !== OFF_TOPIC).sort((one, other) => other.score - one.score)
      return judge(ranked, off, BOUNDS)
    },
  }
}

function linesOf(entry: Phrases[number]): string[] {
  return [entry.title, ...entry.ask, ...entry.words]
}

function readWith(letters: Letters, spelling: Spelling, question: string): string[] {
  return decode(letters, normalise(question)).flatMap((word) => mend(spelling, word))
}
