import type { Span } from './span.ts'
import { isProduct, isSecretWord } from './wordlike.ts'

/**
 * Values that no sentence holds by itself («Zima-2019!», «rybalka56») near a word for password or for signing in, wherever
 * they stand; and their sisters: «то ли Barsik12, то ли barsik21».
 */
export const soundLikePasswords = (text: string, folded: string, known: Span[]): Span[] => {
  const words = [...folded.matchAll(PASSWORD)].map(({ index, 0: word }) => [index, index + word.length] as const)
  const entries = [...folded.matchAll(ENTRY)].map(({ index, 0: word }) => index + word.length)
  if (words.length === 0 && entries.length === 0) return []
  const cyrillic = /[а-я]{3}/.test(folded)
  const found = known.toSorted((one, other) => one.start - other.start)
  for (const match of text.matchAll(TOKEN)) {
    const value = bare(match[0])
    const start = match.index + match[0].indexOf(value)
    const end = start + value.length
    if (value.length < 4 || value.length > 40 || isNamed(folded, start, end)) continue
    // Beside it: the word within a value makes it a name, «forgot_password».
    const near = words.some(([from, to]) => (from >= end ? from - end <= 50 : to <= start && start - to <= 50))
    const entered = entries.some((to) => to <= start && start - to <= 3)
    const elder = found.findLast((one) => one.end <= start)
    const sister = elder !== undefined && start - elder.end <= 24 && SISTER.test(folded.slice(elder.end, start))
    const strong = isStrong(value) || (sister && /\p{L}/u.test(value) && /\d/.test(value))
    if ((near && (strong || isPlain({ value, folded, start, end, words, cyrillic }))) || (sister && strong))
      found.push({ start, end, type: 'password' })
    else if (entered && strong && /[^\p{L}\d.]/u.test(value)) found.push({ start, end, type: 'password' })
  }
  return found.slice(known.length)
}

type Plain = {
  value: string
  folded: string
  start: number
  end: number
  words: (readonly [number, number])[]
  cyrillic: boolean
}

/** Digits alone, or Latin letters in a Russian sentence, count only soon after the word. */
function isPlain({ value, folded, start, end, words, cyrillic }: Plain): boolean {
  const word = words.findLast(([, to]) => to <= start)
  const gap = word ? folded.slice(word[1], start) : '.'
  if (gap.length > 24 || /[.,;?!\d]/.test(gap) || ABOUT.test(gap)) return false
  if (/^\d+$/.test(value))
    return value.length > 3 && !/^(?:19|20)\d\d$/.test(value) && !COUNTS.test(folded.slice(end, end + 16))
  return cyrillic && /^[a-z]{5,}$/i.test(value) && isSecretWord(value, true)
}

/** Letters and digits in one word, or a sign among them; not a date, a link, a car, a phone's model. */
function isStrong(value: string): boolean {
  if (!/\p{L}/u.test(value)) return false
  const digits = value.replace(/\D/g, '').length
  if (/^\d+-?[а-яё]{1,4}$/i.test(value) || PLATE.test(value) || isProduct(value) || ADDRESS.test(value)) return false
  const sign = /[!@#$%^&*_+=~?|]/.test(value.slice(0, -1)) || /[!@#$%^&*+=]$/.test(value)
  return digits > 0 ? value.length > 5 || sign : sign && value.length > 5 && /[a-z]/i.test(value)
}

/** What a noun before it names: a model, an application, a train. */
function isNamed(folded: string, start: number, end: number): boolean {
  return NAMED.test(folded.slice(Math.max(0, start - 24), start)) || folded[end] === '@' || folded[start - 1] === '@'
}

function bare(token: string): string {
  return token.replace(/^["«“„'`([:=-]+/, '').replace(/["»”'`)\].,;:?]+$/, '')
}

const TOKEN = /[^\s,]+/g
const PASSWORD =
  /(?<![а-яa-z])(?:п[ао]р{0,2}ол(?:ь|я|ю|ем|е|и|ей|ями|ях|ям)?(?![а-я])|парл[ьяю]|пасс?(?:ворд)?(?![а-я])|pas{1,2}(?:word|wd|phrase)?(?![a-z])|parol[a-z']{0,2}(?![a-z])|pwd|pw(?![a-z])|контрольн[а-я]{2,3} вопрос[а-я]{0,2})/g
/** Said before what is typed to get in. */
const ENTRY =
  /(?<![а-яa-z])(?:(?:вхожу|захожу|вошел|вошла|войти|зайти|логинюсь|заходил[аи]?|входил[аи]?|пробовал[аи]?|подбираю|ввожу|набираю) ?(?:с|под|через|по|так|вот)? ?:?|п ?[:=]|log(?:ging)? in with|sign in with)/g
const SISTER =
  /^["»)]?(?: ?[,/|] ?| )(?:(?:или|то ли|либо|и|а|потом|затем|теперь|новый|сейчас|or|then|now|and|even)[ :-]{0,3}){0,3}["«(]?$/
const COUNTS = /^ ?(?:или|симв|знак|цифр|раз(?![а-я])|букв|мин|час|год|г\.|дн|дней|char|times|руб|р\.|чел|сек)/
const ABOUT =
  /(?<![а-яa-z])(?:нельзя|обращени|заявлени|номер|тел|код|смс|ошибк|error|талон|индекс|дом|кв|кабинет|заявк|снилс|инн|паспорт|полис)/
const NAMED =
  /(?<![а-яa-z])(?:заявлени[а-я]{1,2}|обращени[а-я]{1,2}|талон[а-я]?|рейс[а-я]?|поезд[а-я]?|модел[а-я]{1,2}|машин[а-я]{1,2}|госномер|номер[а-я]{0,2}|телефон[а-я]{0,2}|смартфон[а-я]{0,2}|устройств[а-я]{1,2}|верси[а-я]{1,2}|браузер[а-я]{0,2}|домофон[а-я]?|ошибк[а-я]{1,2}|код(?:а|ом)? ошибки|логин[а-я]{0,2}|login|user|ник|имя пользователя|error|flight|приказ[а-я]?|форм[а-я]|дом[а-я]?|корпус|школ[а-я])[ :№#-]{0,3}$/
const PLATE = /^[авекмнорстухabekmhopctyx]\d{3}[авекмнорстухabekmhopctyx]{2}\d{0,3}$/i
const ADDRESS =
  /^\S+@\S+\.\S+|^\+?\d[\d().+-]+$|^[a-z]+:|^(?:[a-zа-я0-9-]+\.)+[a-zа-я]{2,8}(?:[/?#]|$)|^@\w+$|^\d{1,4}[./-]\S{1,4}$/i
