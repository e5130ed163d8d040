/**
 * One spelling for a text in which every unit keeps its place, so that what is found here is found there: small letters,
 * plain digits, hyphens and spaces. Invisible signs become spaces, so that they cannot split a number.
 */
export const fold = (text: string): string => text.replace(/[^ -@[-`a-~]/g, foldedUnit)

const HYPHENS = '‐‑‒–—―−﹣－'
const FOLDED = new Map<string, string>()

function foldedUnit(unit: string): string {
  let folded = FOLDED.get(unit)
  if (folded === undefined) {
    folded = fresh(unit)
    FOLDED.set(unit, folded)
  }
  return folded
}

function fresh(unit: string): string {
  if (unit === '\n') return unit
  if (HYPHENS.includes(unit)) return '-'
  if (/[\p{Z}\p{Cc}\p{Cf}]/u.test(unit)) return ' '
  if (/\p{Nd}/u.test(unit)) return String(digitOf(unit.charCodeAt(0)))
  const lower = unit.toLowerCase()
  if (lower === 'ё') return 'е'
  const plain = unit.normalize('NFKC').toLowerCase()
  return plain.length === 1 && /[0-9a-z.,:@]/.test(plain) ? plain : lower.length === 1 ? lower : unit
}

/** Digits of every alphabet lie in rows of ten, from nought to nine. */
function digitOf(code: number): number {
  let value = 0
  while (value < 9 && /\p{Nd}/u.test(String.fromCharCode(code - value - 1))) value += 1
  return value
}
