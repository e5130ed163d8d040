import type { Content, Said } from './content.ts'
import { FLOWS, type Flow, type FlowName, MOST_ATTACHMENTS, type Step } from './flows.ts'

export type Answer = { step: string; key: string; said: Said | null }
export type Draft = {
  id: number
  citizenId: number
  flow: FlowName
  state: 'open' | 'left' | 'sent' | 'dropped'
  appealId: number | null
  touchedAt: Date
  answers: Answer[]
  /** Every update that did something to it: none does it twice. */
  keys: string[]
}

/** The first step without an answer; attachments go on until «Готово» or their most. */
export const nextStep = (draft: Draft): Step | null =>
  FLOWS[draft.flow].steps.find((step) => !isFilled(draft, step)) ?? null

export const answersTo = (draft: Draft, step: string): Answer[] =>
  draft.answers.filter((answer) => answer.step === step)

export const contentsOf = (draft: Draft, step: string): Content[] =>
  answersTo(draft, step).flatMap(({ said }) => (said ? [said.content] : []))

export const flowOf = (draft: Draft): Flow => FLOWS[draft.flow]

/** «Готово» is taken back by itself: the files stay. What was begun of the step being asked goes with the step before. */
export const lastStep = (draft: Draft): Answer[] => {
  const last = draft.answers.at(-1)
  if (last?.said === null && answersTo(draft, last.step).length > 1) return [last]
  const current = nextStep(draft)?.name
  const before = draft.answers.findLast((answer) => answer.step !== current)?.step
  return draft.answers.filter(({ step }) => step === current || step === before)
}

const isFilled = (draft: Draft, step: Step): boolean => {
  const given = answersTo(draft, step.name)
  if (step.takes !== 'attachments') return given.length > 0
  return given.some(({ said }) => said === null) || given.length >= MOST_ATTACHMENTS
}
