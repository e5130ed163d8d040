import { SEED, type Sources } from './sources.ts'

export type CheckedPhone = { verdict: 'official' | 'lookalike' | 'unknown'; signs: ('near_official' | 'extra_text')[] }

/** Judges a number as it was written. The name of a sender must be right to the letter. */
export const checkPhone = (text: string, sources: Sources = SEED): CheckedPhone => {
  const typed = text.toWellFormed().trim().slice(0, 200)
  const digits = digitsOf(typed)
  const plain = PLAIN.test(typed)
  for (const known of sources.phones) {
    if (typed === known || (plain && digits.length > 0 && digits === digitsOf(known)))
      return { verdict: 'official', signs: [] }
  }
  if (OTHERS.has(digits)) return { verdict: 'unknown', signs: [] }
  const sign = sources.phones.map((known) => signOf({ typed, digits, plain, known })).find((one) => one !== undefined)
  return sign ? { verdict: 'lookalike', signs: [sign] } : { verdict: 'unknown', signs: [] }
}

/** A text that is a number and nothing more. */
export const isPhone = (text: string): boolean => /^\+?[\d\s()*#.‐-―-]{3,32}$/.test(text.trim()) && /\d{2}/.test(text)

type Compared = { typed: string; digits: string; plain: boolean; known: string }

function signOf({ typed, digits, plain, known }: Compared): CheckedPhone['signs'][number] | undefined {
  const wanted = digitsOf(known)
  if (wanted === '') {
    const letters = typed.toLowerCase().replace(/[^a-zа-я0-9]/g, '')
    return letters.includes(known.toLowerCase()) && letters.length < known.length + 8 ? 'extra_text' : undefined
  }
  if (wanted.length < 7) return shortSign({ typed, digits, plain, known: wanted })
  if (digits.includes(wanted.slice(1))) return digits.length > wanted.length + 2 ? 'extra_text' : 'near_official'
  return isOneOff(digits, wanted) ? 'near_official' : undefined
}

/** Short numbers are imitated by going on («0919-1»), not by another digit, which would be another service. */
function shortSign({ typed, digits, known }: Compared): CheckedPhone['signs'][number] | undefined {
  const parts = typed.split(/[*#]/)
  if (parts.length > 1 && parts.some((part) => digitsOf(part) === known)) return 'extra_text'
  return digits !== known && digits.startsWith(known) && digits.length - known.length <= 2 ? 'near_official' : undefined
}

function isOneOff(given: string, wanted: string): boolean {
  if (Math.abs(given.length - wanted.length) > 1) return false
  let at = 0
  while (at < wanted.length && given[at] === wanted[at]) at += 1
  const [left, right] = [given.slice(at), wanted.slice(at)]
  if (left.length !== right.length) return left.slice(1) === right || left === right.slice(1)
  return (
    left.slice(1) === right.slice(1) ||
    (left[0] === right[1] && left[1] === right[0] && left.slice(2) === right.slice(2))
  )
}

function digitsOf(text: string): string {
  const digits = text.replace(/\D/g, '')
  return digits.length === 11 && /^\s*\+?7/.test(text) ? `8${digits.slice(1)}` : digits
}

const PLAIN = /^\+?[\d\s().‐-―-]+$/
/** Numbers of others that happen to be close. */
const OTHERS: ReadonlySet<string> = new Set(['88001000001', '112', '102', '103', '101', '900'])
