import { findReadCards } from './cards.ts'
import { findCodes } from './codes.ts'
import { findBirthDates } from './dates.ts'
import { findEmails } from './emails.ts'
import { fold } from './fold.ts'
import { labelsOf } from './labels.ts'
import { mask, REMOVED } from './mask.ts'
import { findNumbers } from './numbers.ts'
import { findPapers } from './papers.ts'
import { findPasswords } from './passwords.ts'
import { atomsOf } from './runs.ts'
import { BLOCKED, type SecretType, type Span, withoutOverlaps } from './span.ts'

export type Found = { spans: Span[]; blocked: SecretType[]; masked: SecretType[]; text: string }

/** Everything in a text that must not rest (blocked) or not be shown whole (masked), and the text without it. Never throws. */
export const findSecrets = (text: string): Found => {
  const spans = spansOf(text)
  const types = [...new Set(spans.map(({ type }) => type))]
  return {
    spans,
    blocked: types.filter((type) => BLOCKED.has(type)),
    masked: types.filter((type) => !BLOCKED.has(type)),
    text: replaced(text, spans),
  }
}

/** What stands instead of a span. */
export const shownFor = (text: string, { start, end, type }: Span): string =>
  REMOVED[type] ?? mask(text.slice(start, end), type)

export const spansOf = (text: string): Span[] => {
  const folded = fold(text)
  if (!WORTH_A_LOOK.test(folded)) return []
  const atoms = atomsOf(folded)
  const labels = atoms.length > 0 ? labelsOf(folded) : []
  const dates = atoms.length > 0 ? findBirthDates(folded) : []
  const papers = findPapers(folded, labels)
  const numbers = findNumbers(folded, atoms, labels)
  const read = /\d[оoзbli]|[оoзbli]\d/.test(folded) ? findReadCards(folded) : []
  const cards = [...numbers.filter(({ type }) => type === 'card'), ...read]
  const found = [...cards, ...findEmails(folded), ...findPasswords(text, folded), ...papers, ...numbers, ...dates]
  const certain = withoutOverlaps(found)
  return withoutOverlaps([...certain, ...backCodes(folded, cards), ...findCodes(blanked(folded, certain), atoms)])
}

/** «4242 … 12/27 384»: the three digits after the term of a card. */
function backCodes(folded: string, cards: Span[]): Span[] {
  return cards.flatMap(({ end }) => {
    const match = AFTER_TERM.exec(folded.slice(end, end + 40))
    return match ? [{ start: end + match[0].length - 3, end: end + match[0].length, type: 'cvv' as const }] : []
  })
}

/** Codes are looked for in what is left, where a card or a phone is one sign that ends a number. */
function blanked(folded: string, spans: Span[]): string {
  return spans.reduce(
    (left, { start, end }) => left.slice(0, start) + ';'.repeat(end - start) + left.slice(end),
    folded,
  )
}

function replaced(text: string, spans: Span[]): string {
  let from = 0
  let shown = ''
  for (const span of spans) {
    shown += text.slice(from, span.start) + shownFor(text, span)
    from = span.end
  }
  return shown + text.slice(from)
}

const AFTER_TERM = /^[ ,;:]{0,3}(?:срок|до|exp\S{0,8})?[ :]{0,2}\d\d ?[/.] ?(?:20)?\d\d[ ,;/]{1,3}\d{3}(?!\d)/
const WORTH_A_LOOK = /\d|@|п[ао]р{0,2}ол|пас|пин|слово|вопрос|pass|parol|pwd|pin|собака|\bat\b/
