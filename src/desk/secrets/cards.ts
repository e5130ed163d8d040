import { luhn } from './checksums.ts'
import { type Around, isBeside, nearest } from './labels.ts'
import type { Run } from './runs.ts'
import type { Span } from './span.ts'

/** 13–19 digits: a card, a medical policy, or a number that is nobody's secret. If unsure, a card: the stricter class. */
export const cardLike = (run: Run, around: Around): 'card' | 'oms' | undefined => {
  const { digits, groups } = run
  if (digits.length > 16 && !LONG_GROUPS.test(groups)) return undefined
  const label = nearest(around, ['card', 'oms', 'other'], 60)
  const sums = luhn(digits)
  const fours = /^4-4-4-4(?:-\d)?/.test(groups)
  if (digits.length === 16 && label?.kind === 'oms') return 'oms'
  if (label?.kind === 'other' && isBeside(around, label)) return undefined
  if (
    label?.kind === 'card' &&
    digits.length > 14 &&
    digits.length < 20 &&
    (sums || digits.length === 16 || ISSUED.test(digits))
  )
    return 'card'
  if (label?.kind === 'other' && !fours)
    return nearest(around, ['card']) && sums && LENGTH.test(digits) ? 'card' : undefined
  if (fours && digits.length === 16 && (sums || ISSUED.test(digits))) return 'card'
  if (digits.length === 16 && (sums || /^220[0-4]/.test(digits))) return 'card'
  if (digits.length === 16 && /^[45]/.test(digits) && MONEY.test(beside(around))) return 'card'
  // Thirteen digits in a row are sooner the code of a thing.
  if (digits.length === 13 && !groups.includes('-')) return undefined
  return sums && LENGTH.test(digits) ? 'card' : undefined
}

const beside = ({ folded, start, end }: Around) =>
  `${folded.slice(Math.max(0, start - 60), start)};${folded.slice(end, end + 60)}`

/** «4O76 3801 …», read from a picture: a letter stands for a digit. */
export const findReadCards = (folded: string): Span[] =>
  Array.from(folded.matchAll(READ), (match) => ({ start: match.index, end: match.index + match[0].length }))
    .filter(({ start, end }) => folded.slice(start, end).replace(/\D/g, '').length > 12)
    .map((place) => ({ ...place, type: 'card' }))

const READ = /(?<![\dа-яa-z])[\dоoзbli]{4}(?:[ .-]?[\dоoзbli]{4}){3}(?![\dа-яa-z])/g
/** One mistyped digit does not make it another thing when money went by it. */
const MONEY =
  /спис|сняли|оплат|плати|перев[ео]д|перечисл|деньги|снял|банк|сбер|втб|тинько|т-банк|альфа|оформ|ввел|ввожу|cvv|срок/
const LONG_GROUPS = /^(?:\d\d|4-4-4-4-3|4-4-4-5|4-4-4-[67]|8-1[01]|6-1[23])$/
const ISSUED = /^(?:22|2[3-7]|3[47]|4|5|6|81)/
/** How long a card of each brand is. */
const LENGTH = /^(?:4(?:\d{12}|\d{15}|\d{18})|3[47]\d{13}|(?:22|2[3-7]|5|6|81)\d{14}|(?:220|5|6)\d{15,16})$/
