import { type Around, nearest } from './labels.ts'
import type { Span } from './span.ts'

/** Papers whose number is cut by a word or by letters: «4507 номер 123456», «99 ВВ 605095». */
export const findPapers = (folded: string, labels: Around['labels']): Span[] => {
  const spans: Span[] = []
  for (const match of folded.matchAll(PAPER)) {
    const [start, end] = [match.index, match.index + match[0].length]
    const lettered = LETTERED.test(match[0])
    const kind = nearest({ folded, labels, start, end }, ['passport', 'driver', 'other'])?.kind
    const series = /сери[а-я]{1,3}:? {0,2}$/.test(folded.slice(Math.max(0, start - 10), start))
    if (kind === 'driver') spans.push({ start, end, type: 'driver_licence' })
    else if (!lettered && (kind === 'passport' || series)) spans.push({ start, end, type: 'passport' })
  }
  return spans
}

const PAPER =
  /(?<![\dа-яa-z])\d\d[ -]{0,2}(?:\d\d[ ,;.]{0,3}(?:и )?(?:номер|n[o°]?\.?|number|№|#)[ :№]{0,3}\d{3} ?\d{3}|[а-яa-z]{2}[ №-]{0,3}\d{6})(?!\d)/g
const LETTERED = /^\d\d[ -]{0,2}[а-яa-z]/
