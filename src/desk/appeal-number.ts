import { randomInt } from 'node:crypto'

/**
 * Damm's quasigroup of order 10 (H. M. Damm, "Total anti-symmetrische Quasigruppen", 2004): the check digit finds every
 * single wrong digit and every swap of neighbours.
 */
const DAMM = [
  '0317598642',
  '7092154863',
  '4206871359',
  '1750983426',
  '6123045978',
  '3674209581',
  '5869720134',
  '8945362017',
  '9438617205',
  '2581436790',
].map((row) => [...row].map(Number))

/** Eight random digits and a check digit, without separators. Uniqueness is the database's. */
export const newNumber = (): string => {
  const digits = String(randomInt(100_000_000)).padStart(8, '0')
  return digits + check(digits)
}

/** `482913057` → `482-913-057` */
export const showNumber = (number: string): string => number.replace(/^(\d{3})(\d{3})(\d{3})$/, '$1-$2-$3')

/** The number a text consists of – with dashes of any kind, spaces, № or without – or null. */
export const readNumber = (text: string): string | null => {
  const digits = nineDigits(text)
  return digits !== null && isNumber(digits) ? digits : null
}

/** What was meant as a number, right or wrong. */
export const nineDigits = (text: string): string | null => {
  const bare = text
    .trim()
    .replace(BEFORE, '')
    .replace(/[.!?]+$/, '')
  return /^\d{3}[\s.\-‐‑–—]*\d{3}[\s.\-‐‑–—]*\d{3}$/u.test(bare) ? bare.replace(/\D/g, '') : null
}
const BEFORE = /^(?:(?:мо[йеё]|my|номер|обращени[ея]|appeal|number|no\.?|№|#)[\s:]*)+/i

export const isNumber = (digits: string): boolean => /^\d{9}$/.test(digits) && check(digits) === 0

const check = (digits: string): number => [...digits].reduce((state, digit) => DAMM[state]?.[Number(digit)] ?? 0, 0)
