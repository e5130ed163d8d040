import type { Guess } from './model.ts'
import { OFF_TOPIC } from './phrases.ts'
import { type Evidence, likely, OFF_TOPIC_BY, RIGHT_BY } from './sureness.ts'

export type Candidate = { id: string; score: number }
/** `entries` are always the three best, whatever the verdict. */
export type Found = { verdict: 'answer' | 'suggest' | 'none'; entries: Candidate[] }

/** From where on an answer is given at once, and from where on a person is offered. Measured, see docs/choices.md. */
const SURE = 0.96
const OFF = 0.4
/** In words that stand beside an entry this much is enough: «не могу войти» stands beside one and may mean three. */
const CLEAR = 0.9

/** The simple search knows only how alike a question and a phrase are. */
const LIKE = { answer: 0.42, lead: 0.1, suggest: 0.2 }

/** The three best of all, and what the evidence is worth: how sure the first of them is, how likely it is none at all. */
export function judge(guess: Guess): Found {
  const { entries, off, lead } = rank(guess)
  const [first] = entries
  if (!first) return { verdict: 'none', entries }
  const evidence = evidenceOf(guess, { first: first.score, off, lead })
  // What stands beside an entry word for word is ours, however short and vague it is.
  if (!guess.known && likely(OFF_TOPIC_BY, evidence) > OFF) return { verdict: 'none', entries }
  const sure = likely(RIGHT_BY, evidence) > SURE || (guess.known && first.score > CLEAR)
  return { verdict: sure ? 'answer' : 'suggest', entries }
}

export function judgeByLikeness(guess: Guess): Found {
  const { entries, off, lead } = rank(guess)
  const [first] = entries
  if (!first || first.score < LIKE.suggest || off > first.score) return { verdict: 'none', entries }
  return { verdict: first.score >= LIKE.answer && lead >= LIKE.lead ? 'answer' : 'suggest', entries }
}

function rank({ scores }: Guess): { entries: Candidate[]; off: number; lead: number } {
  const off = scores.find(({ id }) => id === OFF_TOPIC)?.score ?? 0
  const entries = scores
    .filter(({ id }) => id !== OFF_TOPIC)
    .sort((one, other) => other.score - one.score)
    .slice(0, 3)
  return { entries, off, lead: (entries[0]?.score ?? 0) - (entries[1]?.score ?? 0) }
}

function evidenceOf(
  { own, foreign, strange, telling }: Guess,
  chance: { first: number; off: number; lead: number },
): Evidence {
  return {
    first: oddsOf(chance.first),
    off: oddsOf(chance.off),
    lead: chance.lead,
    noneOwn: own === 0 ? 1 : 0,
    oneOwn: own === 1 ? 1 : 0,
    own: Math.min(own, 4),
    foreign: foreign > 0 ? 1 : 0,
    strange: Math.min(strange, 4),
    share: strange / Math.max(telling, 1),
    telling: Math.log(1 + Math.min(telling, 20)),
  }
}

const oddsOf = (chance: number): number => Math.log((chance + 1e-4) / (1 - chance + 1e-4))
