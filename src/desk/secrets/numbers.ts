import { cardLike } from './cards.ts'
import { innHolds, luhn, snilsHolds } from './checksums.ts'
import { type Around, isBeside, type LabelKind, nearest } from './labels.ts'
import { type Atom, type Run, runsFrom } from './runs.ts'
import type { SecretType, Span } from './span.ts'

/** Long numbers by their length, their groups and the words beside them. */
export const findNumbers = (folded: string, atoms: Atom[], labels: Around['labels']): Span[] => {
  const spans: Span[] = []
  for (let at = 0; at < atoms.length; at += 1) {
    const runs = runsFrom(folded, atoms, at)
    const found = pick(runs, (run) => typeOf(run, { folded, labels, start: run.start, end: run.end }))
    if (!found) continue
    spans.push({ start: startOf(folded, found.run), end: found.run.end, type: found.type })
    at = found.run.last
  }
  return spans
}

type Judge = (run: Run, around: Around) => SecretType | undefined

function pick(runs: Run[], judge: (run: Run) => SecretType | undefined): { run: Run; type: SecretType } | undefined {
  for (const run of runs.toReversed()) {
    const type = run.digits.length > 8 ? judge(run) : undefined
    if (type) return { run, type }
  }
  return undefined
}

const typeOf: Judge = (run, around) => {
  const { length } = run.digits
  if (length > 16 && isGlued(run)) return 'card'
  if (length === 20) return account(run, around)
  if (length > 12) return cardLike(run, around)
  if (length === 12) return twelve(run, around)
  if (length === 11) return eleven(run, around)
  return length === 10 ? ten(run, around) : nine(run, around)
}

/** A card with another number stuck to it. */
function isGlued({ groups, digits }: Run): boolean {
  return (
    (/^4-4-4-(?:[5-9]|\d\d)$/.test(groups) && luhn(digits.slice(0, 16))) ||
    (/^(?:[5-9]|\d\d)-4-4-4$/.test(groups) && luhn(digits.slice(-16)))
  )
}

const account: Judge = ({ digits, groups }, around) => {
  const label = nearest(around, ['account', 'other'])?.kind
  // A card, and the first digits of the next one.
  if (groups === '4-4-4-4-4' && label !== 'account' && !/^40[5-8]/.test(digits) && luhn(digits.slice(0, 16)))
    return undefined
  if (label === 'other' && !/^(?:408|423)/.test(digits)) return undefined
  return label === 'account' || /^(?:40[5-8]|42[0-6]|455)/.test(digits) ? 'bank_account' : undefined
}

const twelve: Judge = (run, around) => {
  if (run.plus) return 'phone'
  const label = named(run, around, ['inn'])
  if (label === 'inn') return 'inn'
  return label === undefined && !run.groups.includes('-') && innHolds(run.digits) ? 'inn' : undefined
}

const eleven: Judge = (run, around) => {
  if (run.groups === '3-3-3-2') return 'snils'
  if (/^[78]800/.test(run.digits)) return undefined
  const label = named(run, around, ['snils', 'phone', 'office'])
  if (label === 'other') return undefined
  if (label === 'snils' && !run.plus) return 'snils'
  const phone = run.plus || PHONE_GROUPS.test(run.groups) ? /^[1-9]/.test(run.digits) : false
  if (phone && (run.plus || /^[78][3-79]/.test(run.digits) || label === 'phone')) return reachable(run, label)
  return run.groups === '11' && label === undefined && snilsHolds(run.digits) ? 'snils' : undefined
}

const ten: Judge = (run, around) => {
  if (run.plus) return 'phone'
  const label = named(run, around, ['passport', 'driver', 'inn', 'phone', 'office'])
  if (label === 'other') return undefined
  if (label === 'passport') return 'passport'
  if (label === 'driver') return 'driver_licence'
  if (label === 'inn') return 'inn'
  if (/^(?:3-3-2-2|3-3-4|3-7|3-2-2-3|3-2-5)$/.test(run.groups) && /^[3489]/.test(run.digits))
    return reachable(run, label)
  if (label === 'phone' && run.groups === '10' && /^9/.test(run.digits)) return 'phone'
  return /^(?:2-2-6|4-6|2-2-3-3)$/.test(run.groups) ? 'passport' : undefined
}

const nine: Judge = (run, around) => {
  if (run.digits.length !== 9 || !/^(?:2-7|9|2-3-4|2-3-2-2)$/.test(run.groups)) return undefined
  return named(run, around, ['passport']) === 'passport' ? 'passport' : undefined
}

/** Numbers of offices stay readable, mobile ones belong to people. */
function reachable(run: Run, label: LabelKind | undefined): SecretType | undefined {
  const national = run.digits.slice(-10)
  return label === 'office' && !/^9/.test(national) ? undefined : /^800/.test(national) ? undefined : 'phone'
}

/** A number in one piece may be an application's; one in groups is so only right beside the word. */
function named(run: Run, around: Around, kinds: LabelKind[]): LabelKind | undefined {
  const label = nearest(around, [...kinds, 'other'])
  if (label?.kind !== 'other' || !run.groups.includes('-') || isBeside(around, label)) return label?.kind
  return nearest(around, kinds)?.kind
}

function startOf(folded: string, run: Run): number {
  return !run.plus && folded[run.start - 1] === '(' && folded.slice(run.start, run.end).includes(')')
    ? run.start - 1
    : run.start
}

const PHONE_GROUPS =
  /^(?:11|1-3-3-2-2|1-3-3-4|1-3-7|1-3-2-2-3|1-3-2-3-2|1-10|1-4-2-2-2|1-4-3-3|1-3-2-5|4-3-2-2|4-3-4|4-7|4-2-2-3|1-5-5|1-2-3-5|5-6|5-2-2-2)$/
