import type { Span } from './span.ts'

/** Dates of birth only: a date beside a word of birth, or beside a person's name. Visits and decisions stay readable. */
export const findBirthDates = (folded: string): Span[] => {
  const spans: Span[] = []
  let born = false
  let past = 0
  for (const match of folded.matchAll(DATE)) {
    const [start, end] = [match.index, match.index + match[0].length]
    const before = folded.slice(Math.max(past, start - 60), start)
    const after = folded.slice(end, end + 30)
    const other = OTHER_DATE.test(before) && !/born (?:on|in|at) $/.test(before)
    born = BIRTH.test(before) || AFTER.test(after) || (born && !other && !/[.!?\n] *\S/.test(before.slice(1)))
    if ((born && !other) || AFTER.test(after) || (PERSON.test(before) && isPast(match[0]))) {
      spans.push({ start, end, type: 'birth_date' })
    }
    past = end
  }
  return spans
}

function isPast(date: string): boolean {
  const year = Number(/(?:19|20)\d\d/.exec(date)?.[0] ?? Number.NaN)
  return year >= 1900 && year <= 2018
}

const MONTHS =
  'янв(?:ар[ья])?|фев(?:рал[ья])?|марта?|апр(?:ел[ья])?|ма[йя]|июн[ья]?|июл[ья]?|авг(?:уста?)?|сен(?:тябр[ья])?|окт(?:ябр[ья])?|ноя(?:бр[ья])?|дек(?:абр[ья])?|jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sep(?:t|tember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?'
const DATE = new RegExp(
  `(?<![\\d.])(?:\\d{1,2} {0,2}[./ -] {0,2}\\d{1,2} {0,2}[./ -] {0,2}(?:(?:19|20)\\d\\d|\\d\\d)(?!\\d)|(?:19|20)\\d\\d[./-]\\d{1,2}[./-]\\d{1,2}(?!\\d)|[0-3]\\d[01]\\d(?:19|20)\\d\\d(?!\\d)|\\d{1,2}(?:st|nd|rd|th|-?го)? ?(?:of )?(?:${MONTHS})\\.?,? (?:19|20)?\\d\\d(?!\\d)|(?:${MONTHS})\\.? \\d{1,2}(?:st|nd|rd|th)?,? (?:19|20)\\d\\d(?!\\d))`,
  'g',
)
const BIRTH =
  /(?<![а-яa-z])(?:дат[а-я]{1,2} рожд|рожд|родил|род\.|д\. ?р|д\/ ?р|др(?![а-я])|г\. ?р\.?|birth|born|dob(?![a-z])|день рожд|b-?day)/
const AFTER =
  /^ ?,?(?:\(? ?(?:года?|г\.?)? ?(?:рожд|р\.|р(?![а-я])))|^г\.? ?р(?![а-я])|^ ?[-(] ?(?:это )?(?:мо[яй] |наша )?(?:дата рожд|день рожд|др(?![а-я])|(?:my )?(?:birth|dob))|^ (?:is|was) my (?:birth|date of birth)/
const OTHER_DATE =
  /(?:выда[нлч]|(?<![а-я])(?:от|до|на|с|за|по|к|после|срок|действ[а-я]*|запис[а-я]*|назначен[а-я]*|решени[а-я]*|подал[а-я]*|подан[а-я]*|получ[а-я]*|issued|since|until|on|from|visit|at)) {0,2}:? {0,2}$/
const PERSON =
  /(?:(?:ов|ев|ич|вн|инич)(?:ич|на|ны|не|ну)?,? {1,2}|(?<![а-я])(?:мам|пап|муж|жен|сын|доч|дет|ребен|бабушк|дед|брат|сестр|мо[яй])[а-я]{0,3}:? {1,2})$/
