import type { Guess } from './model.ts'
import { OFF_TOPIC } from './phrases.ts'
import type { Found } from './search.ts'

/**
 * Where an answer is given at once, and where three guesses are better than none. Measured, see docs/choices.md.
 * `answer` is the least score of a direct answer: with something foreign in the question, with only one meaning of ours,
 * with none. `off` is how much likelier than the first entry "something else" must be.
 */
export type Bounds = {
  answer: { plain: number; foreign: number; thin: number; blank: number }
  lead: number
  suggest: { plain: number; blank: number }
  off: number
}

/** The three best of all, and how sure we are of them. */
export function judge({ scores, own, foreign }: Guess, bounds: Bounds): Found {
  const off = scores.find(({ id }) => id === OFF_TOPIC)?.score ?? 0
  const entries = scores
    .filter(({ id }) => id !== OFF_TOPIC)
    .sort((one, other) => other.score - one.score)
    .slice(0, 3)
  const [first, second] = entries
  const { answer, suggest } = bounds
  const least = own === 0 ? suggest.blank : suggest.plain
  if (!first || first.score < least || off > first.score * bounds.off) return { verdict: 'none', entries }
  const sure = Math.max(
    answer.plain,
    foreign > 0 ? answer.foreign : 0,
    own < 2 ? answer.thin : 0,
    own < 1 ? answer.blank : 0,
  )
  const leads = first.score - (second?.score ?? 0) >= bounds.lead
  return { verdict: leads && first.score >= sure ? 'answer' : 'suggest', entries }
}
