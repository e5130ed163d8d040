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
  start: 3.19,
  first: -0.41,
  off: 0.38,
  lead: -0.28,
  noneOwn: -0.47,
  oneOwn: -0.38,
  own: -0.26,
  foreign: 0.68,
  strange: -0.05,
  share: 1.97,
  telling: -1.87,
}
export const RIGHT_BY: Judgement = {
  start: -3.73,
  first: 0.48,
  off: -0.05,
  lead: 2.35,
  noneOwn: 0.33,
  oneOwn: 0.17,
  own: 0.14,
  foreign: -0.73,
  strange: -0.3,
  share: -1.44,
  telling: 1.94,
}

/** How likely a judgement is right, given this evidence. */
export function likely(judgement: Judgement, evidence: Evidence): number {
  let sum = judgement.start
  for (const [name, value] of Object.entries(evidence)) sum += judgement[name as keyof Evidence] * value
  return 1 / (1 + Math.exp(-sum))
}
