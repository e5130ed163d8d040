import { CLUES, COUNTED, OWNERS } from './code-words.ts'

export type Candidate = { folded: string; start: number; end: number }

/**
 * A short number in a sentence about messages, codes, telling and typing is a code, however the sentence is built. No single
 * word decides: what is spoken of around the number is added up, and a noun that owns the number, or what it counts, speaks against it.
 */
export const soundsLikeCode = (place: Candidate): boolean => {
  const { folded, start, end } = place
  const value = folded.slice(start, end)
  const digits = value.replace(/\D/g, '')
  const before = folded.slice(Math.max(0, start - REACH), start)
  const after = folded.slice(end, end + REACH)
  if (COUNTED.test(after) || SENDER.test(value) || TIME.test(before.slice(-12) + value)) return false
  const points = shapePoints(value, digits) + cluePoints(before, after) - ownerPoints(before, after)
  return points >= (isSix(digits) ? 3 : 3.5)
}

const isSix = (digits: string): boolean => digits.length === 6

function shapePoints(value: string, digits: string): number {
  if (/0{3}$/.test(digits) || YEAR.test(value)) return -3
  if (digits.length < 6 && /00$/.test(digits)) return -1
  if (isSix(digits)) return 1.5
  return /^\d(?:[ -]\d){3,}$/.test(value) ? 1.5 : digits.length === 7 ? -1 : 0
}

/** What is said in another sentence counts for half. */
function cluePoints(before: string, after: string): number {
  const ownBefore = before.slice(before.search(LAST_SENTENCE) + 1)
  const own = `${ownBefore} ; ${/^[^.!?]*/.exec(after)?.[0] ?? ''}`
  const near = `${before} ; ${after}`
  const missing = NEVER_CAME.test(own) ? 3 : 0
  const sum = CLUES.reduce((points, [weight, words]) => {
    if (words.test(own)) return points + weight
    return words.test(near) ? points + weight / 2 : points
  }, 0)
  return sum - missing
}

function ownerPoints(before: string, after: string): number {
  const owner = [...before.matchAll(OWNERS)].at(-1)
  const left = owner ? before.slice(owner.index + owner[0].length) : undefined
  const next = NEXT_OWNER.exec(after)
  const follows = next ? [...after.slice(next[0].length, next[0].length + 24).matchAll(OWNERS)][0]?.index === 0 : false
  if (ERROR.test(before) || FROM_NUMBER.test(before)) return 9
  if (SPOKEN_OF.test(/^[^.!?]*/.exec(after)?.[0] ?? '') || FOR_DEED.test(before)) return 0
  if (follows) return 5
  if (left === undefined) return /(?<![а-я])номера? ?:? ?$/.test(before) ? 1 : 0
  if (left.length <= 24 && !OF_CODE.test(left)) return 5
  return OF_CODE.test(left) ? 0 : 1
}

const REACH = 70
const SENDER = /^(?:0919|900)$/
const YEAR = /^(?:19[2-9]|20[0-4])\d$/
/** «в 1430», «с 9 00», «до 1800». */
const TIME = /(?<![а-я])(?:в|с|до|к|после|около|at|until) (?:[01]?\d|2[0-3])[ -]?[0-5]\d$/
const LAST_SENTENCE = /[.!?](?=[^.!?]*$)/
const NEXT_OWNER = /^[ ,]*(?:-+ ?)?(?:это |is )?(?:мой |номер |моего |my )*/
const OF_CODE = /(?<![а-яa-z])(?:код|смс|sms|сообщ|цифр|числ|пуш|code|назвал|сказал|продикт|пришл|прислал)/
/** A fraud's name for the code: «номер заявки … из смс». */
const SPOKEN_OF = /из (?:смс|сообщ|sms|эсэмэс|кода)|(?:назвать|продиктовать|зачитать)/
const FOR_DEED = /(?<![а-я])код[а-я]{0,2} (?:для|на|по|подтвержд[а-я]+) [^.,;\d]{0,40}$/
/** Whose number a message comes from. */
const FROM_NUMBER = /номер[ау]? [^.!?]{0,30}(?<![а-я])(?:с|от|и) $/
const ERROR = /(?:ошибк|error)[^.!?]{0,24}$/
const NEVER_CAME =
  /(?<![а-я])(?:не (?:прих|приш|присыла|получ|прилет)|нет (?:смс|кода)|жду|ожида)|not arriv|never arriv|no code/
