/**
 * What speaks for a guess and against it: the odds of the first entry and of "something else", how far the first is ahead,
 * how many meanings of ours and of somebody else's are named, how many telling words there are and how many are strange to us.
 */
export type Evidence = Record<
  'first' | 'off' | 'lead' | 'noneOwn' | 'oneOwn' | 'own' | 'foreign' | 'strange' | 'share' | 'telling',
  number
>
type Judgement = Evidence & { start: number }

/** Fitted (logistic regression) to questions that the model had not seen, see docs/choices.md. */
export const OFF_TOPIC_BY: Judgement = {
  start: 6.6,
  first: -0.39,
  off: 0.31,
  lead: -1.22,
  noneOwn: -0.26,
  oneOwn: 0.08,
  own: -0.26,
  foreign: 0.79,
  strange: 0.11,
  share: 1.21,
  telling: -3.39,
}
export const RIGHT_BY: Judgement = {
  start: -5.93,
  first: 0.41,
  off: -0.07,
  lead: 2.97,
  noneOwn: -0.17,
  oneOwn: 0.02,
  own: 0.3,
  foreign: -0.82,
  strange: -0.4,
  share: -1.04,
  telling: 2.57,
}

/** How likely a judgement is right, given this evidence. */
export function likely(judgement: Judgement, evidence: Evidence): number {
  let sum = judgement.start
  for (const [name, value] of Object.entries(evidence)) sum += judgement[name as keyof Evidence] * value
  return 1 / (1 + Math.exp(-sum))
}
