import type { Candidate, Found } from './search.ts'

/**
 * Where an answer is given at once, and where three guesses are better than none: the least score of the first entry, its
 * lead over the second, and how much likelier than the first entry "something else" must be. Measured, see docs/choices.md.
 */
export type Bounds = { answer: number; lead: number; suggest: number; off: number }

/** The three best of all, and how sure we are of them. `off` is how likely the question is about something else. */
export function judge(ranked: Candidate[], off: number, bounds: Bounds): Found {
  const entries = ranked.slice(0, 3)
  const [first, second] = entries
  if (!first || first.score < bounds.suggest || off > first.score * bounds.off) return { verdict: 'none', entries }
  const sure = first.score >= bounds.answer && first.score - (second?.score ?? 0) >= bounds.lead
  return { verdict: sure ? 'answer' : 'suggest', entries }
}
