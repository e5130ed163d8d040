import { readNumber } from './appeal-number.ts'
import type { Content } from './content.ts'
import { TRAVELS, textOf } from './content.ts'
import type { AppealKind, Line } from './desk.ts'
import { phoneIn } from './phone.ts'
import { slotIn } from './slots.ts'

/** What a conversation asks, step by step. The questions' words are `flow.<flow>.<step>` in locales. */
export type Flow = {
  steps: Step[]
  kind: AppealKind | null
  line: Line
  review: boolean
  current: boolean
  /** Whether a conversation asks it; the other drafts only keep what was said. */
  asked: boolean
  /** How long an unanswered question takes the next words for its answer. */
  waitsMs: number
}
export type Step = {
  name: string
  /** `said`: words or anything else that can be passed on. */
  takes: 'said' | 'text' | 'number' | 'phone' | 'slot' | 'attachments'
  optional: boolean
  /** The step whose text travels into the topic as the citizen's own message; the others stand on the card. */
  said?: boolean
  /** The number of an appeal of the citizen's own; nobody else's will do. */
  own?: boolean
  /** What was answered last time is offered again. */
  again?: boolean
}
export type FlowName =
  | 'operator'
  | 'feedback'
  | 'contest'
  | 'fault'
  | 'complaint'
  | 'callback'
  | 'fraud'
  | 'check'
  | 'service'
  | 'recovery'
  | 'word'
  | 'after'

const DAY_MS = 24 * 60 * 60_000
const USUAL = { asked: true, waitsMs: DAY_MS }

export const FLOWS: Record<FlowName, Flow> = {
  operator: {
    ...USUAL,
    steps: [{ name: 'text', takes: 'said', optional: false, said: true }],
    kind: 'operator',
    line: 'services',
    review: false,
    current: true,
  },
  feedback: {
    ...USUAL,
    steps: [
      { name: 'text', takes: 'text', optional: false, said: true },
      { name: 'contact', takes: 'text', optional: true, again: true },
      { name: 'number', takes: 'number', optional: true },
      { name: 'attachments', takes: 'attachments', optional: true },
    ],
    kind: 'feedback',
    line: 'services',
    review: true,
    current: false,
  },
  contest: {
    ...USUAL,
    steps: [
      { name: 'decision', takes: 'text', optional: false },
      { name: 'text', takes: 'text', optional: false, said: true },
      { name: 'wish', takes: 'text', optional: true },
      { name: 'attachments', takes: 'attachments', optional: true },
    ],
    kind: 'contest',
    line: 'appeals',
    review: true,
    current: false,
  },
  fault: {
    ...USUAL,
    steps: [
      { name: 'when', takes: 'text', optional: false },
      { name: 'where', takes: 'text', optional: false },
      { name: 'text', takes: 'text', optional: false, said: true },
      { name: 'attachments', takes: 'attachments', optional: true },
      { name: 'number', takes: 'number', optional: true },
    ],
    kind: 'fault',
    line: 'services',
    review: true,
    current: false,
  },
  complaint: {
    ...USUAL,
    steps: [
      { name: 'text', takes: 'text', optional: false, said: true },
      { name: 'number', takes: 'number', optional: true, own: true },
      { name: 'wish', takes: 'text', optional: true },
    ],
    kind: 'complaint',
    line: 'complaints',
    review: true,
    current: false,
  },
  callback: {
    ...USUAL,
    steps: [
      { name: 'phone', takes: 'phone', optional: false, said: true, again: true },
      { name: 'slot', takes: 'slot', optional: false },
      { name: 'text', takes: 'text', optional: true },
    ],
    kind: 'callback',
    line: 'services',
    review: true,
    current: false,
  },
  fraud: {
    ...USUAL,
    steps: [
      { name: 'text', takes: 'text', optional: false, said: true },
      { name: 'from', takes: 'text', optional: true },
      { name: 'when', takes: 'text', optional: true },
      { name: 'attachments', takes: 'attachments', optional: true },
    ],
    kind: 'fraud',
    line: 'fraud',
    review: true,
    current: true,
  },
  /** What is sent next is to be judged, and is kept nowhere. */
  check: {
    ...USUAL,
    waitsMs: 15 * 60_000,
    steps: [{ name: 'text', takes: 'said', optional: false }],
    kind: null,
    line: 'fraud',
    review: false,
    current: false,
  },
  /** The name of a service: what holds for it is said elsewhere. */
  service: {
    ...USUAL,
    steps: [{ name: 'what', takes: 'text', optional: false }],
    kind: null,
    line: 'services',
    review: false,
    current: false,
  },
  /** Ways back into the account that were tried: screens ask, the draft keeps what came of each step. */
  recovery: { ...USUAL, asked: false, steps: [], kind: null, line: 'access', review: false, current: false },
  /** A word to a rating; soon after it, words are about something else. */
  word: {
    ...USUAL,
    waitsMs: 15 * 60_000,
    steps: [{ name: 'text', takes: 'text', optional: true }],
    kind: null,
    line: 'services',
    review: false,
    current: false,
  },
  /** What came after an appeal was closed, kept until it is said whether it belongs to it. It is never asked. */
  after: {
    ...USUAL,
    asked: false,
    steps: [{ name: 'text', takes: 'said', optional: false }],
    kind: null,
    line: 'services',
    review: false,
    current: false,
  },
}

export const MOST_ATTACHMENTS = 10
export const MOST_TEXT = 4000
const FILES = new Set(['photo', 'document', 'video', 'voice', 'audio', 'video_note', 'animation'])

export const isFlow = (name: string): name is FlowName => Object.hasOwn(FLOWS, name)

/** Whether a step takes this content; otherwise the phrase that says why not. */
export const refusal = (step: Step, content: Content): string | null => {
  if (step.takes === 'attachments') return FILES.has(content.kind) ? null : 'flow.refuse.not_a_file'
  if (step.takes === 'said' && content.kind !== 'text') return TRAVELS.has(content.kind) ? null : 'flow.refuse.not_text'
  if (step.takes === 'phone') return phoneIn(textOf(content)) ? null : 'flow.refuse.not_a_phone'
  if (content.kind !== 'text') return 'flow.refuse.not_text'
  const text = textOf(content).trim()
  if (text === '') return 'flow.refuse.empty'
  if (text.length > MOST_TEXT) return 'flow.refuse.too_long'
  if (step.takes === 'slot') return slotIn(text) ? null : 'flow.refuse.not_a_slot'
  if (step.takes === 'number' && readNumber(text) === null) return 'flow.refuse.not_a_number'
  return null
}
