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
  start: 2.93,
  first: -0.25,
  off: 0.19,
  lead: 0.32,
  noneOwn: 0.58,
  oneOwn: 0.04,
  own: -0.2,
  foreign: 0.85,
  strange: -0.32,
  share: 3.02,
  telling: -1.83,
}
export const RIGHT_BY: Judgement = {
  start: -3.51,
  first: 0.38,
  off: 0.02,
  lead: 1.09,
  noneOwn: -0.66,
  oneOwn: -0.15,
  own: 0.12,
  foreign: -0.73,
  strange: -0.23,
  share: -1.94,
  telling: 1.67,
}

/** How likely a judgement is right, given this evidence. */
export function likely(judgement: Judgement, evidence: Evidence): number {
  let sum = judgement.start
  for (const [name, value] of Object.entries(evidence)) sum += judgement[name as keyof Evidence] * value
  return 1 / (1 + Math.exp(-sum))
}
