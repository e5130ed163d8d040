import { soundLikePasswords } from './password-clues.ts'
import type { Span } from './span.ts'
import { isSecretWord, isStop } from './wordlike.ts'

/** The value beside a word for password: what cannot be an ordinary word, or stands where only the value can stand. */
export const findPasswords = (text: string, folded: string): Span[] => {
  const only = ONLY.exec(folded)
  if (only?.[1] && !isStop(only[1]))
    return [{ start: only[0].length - only[1].length, end: only[0].length, type: 'password' }]
  const spans: Span[] = []
  for (const match of folded.matchAll(WORD)) {
    const found = valueAfter(text, folded, match) ?? valueBefore(text, folded, match.index)
    if (found) spans.push({ ...found, type: 'password' })
  }
  const refused = REFUSED.exec(folded)
  if (refused?.[1] && !isStop(refused[1]) && !OWNER.test(refused[1])) {
    const start = refused.index + refused[0].indexOf(refused[1])
    spans.push({ start, end: start + refused[1].length, type: 'password' })
  }
  for (const match of folded.matchAll(PAIR)) {
    const start = match.index + match[0].length - (match[1]?.length ?? 0)
    const value = { start, end: start + trimmed(match[1] ?? '', false).length }
    if (isSecretWord(text.slice(value.start, value.end), true) && /[^\d]{3}/.test(folded.slice(start, value.end)))
      spans.push({ ...value, type: 'password' })
  }
  return [...spans, ...soundLikePasswords(text, folded, spans)]
}

type Value = { start: number; end: number }

function valueAfter(text: string, folded: string, word: RegExpExecArray): Value | undefined {
  const from = word.index + word[0].length
  // The name of a field or a page: «password_reset».
  if (folded[from] === '_') return undefined
  const gap = GAP.exec(folded.slice(from, from + 120))?.[0] ?? ''
  const start = from + gap.length
  const quoted = /["«“'`]$/.test(gap)
  const raw = (quoted ? PHRASE : TOKEN).exec(folded.slice(start, start + 80))?.[0] ?? ''
  const value = { start, end: start + trimmed(raw, quoted).length }
  const shown = text.slice(value.start, value.end)
  if (value.end - value.start < 3 || isOtherNumber(shown)) return undefined
  const rest = folded.slice(value.end, value.end + 24)
  if (isSecretWord(shown, isCyrillic(folded)) && !isCount(shown, rest)) return value
  const pointed =
    /[:=]["«“'` ]{0,3}$|(?:такой|это|вот|слово \(пароль\)|слово|is|was)[: -]{0,3}["«“'`]?$|[-)] ?["«“'`]?$/.test(gap)
  const named = gap === ' ' && /^[А-ЯЁA-Z][а-яёa-z]{3}/.test(shown) && /[а-яёa-z]/.test(text.slice(word.index, from))
  return (pointed || quoted || named || /слов|вопрос/.test(word[0])) && !isStop(shown) && STANDS_ALONE.test(rest)
    ? value
    : undefined
}

/** «Qwerty12 – мой пароль». */
function valueBefore(text: string, folded: string, until: number): Value | undefined {
  const from = Math.max(0, until - 90)
  const match = BEFORE.exec(folded.slice(from, until)) ?? CHANGED.exec(folded.slice(from, until))
  const raw = match?.[1]
  if (!match || !raw) return undefined
  const start = from + match.index + match[0].indexOf(raw)
  const value = { start, end: start + trimmed(raw, false).length }
  const shown = text.slice(value.start, value.end)
  return isSecretWord(shown, isCyrillic(folded)) && !isOtherNumber(shown) ? value : undefined
}

/** Passwords end in signs more rarely than sentences do. */
function trimmed(raw: string, quoted: boolean): string {
  const inside = quoted ? (/^[^"»”'`]*/.exec(raw)?.[0] ?? raw) : raw
  return inside.replace(/["»”)\].,;:?]+$/, '')
}

function isOtherNumber(value: string): boolean {
  return /^\S+@\S+\.\S+$|^\+\d+|^\d{1,2}[.:/]\d{1,2}(?:[.:/]\d{2,4})?$|^https?:|^(?:[a-z0-9-]+\.)+(?:ru|com|рф)(?:\/|$)/i.test(
    value,
  )
}

function isCount(value: string, rest: string): boolean {
  return (
    /^\d+$/.test(value) &&
    (value.length < 4 ||
      /^ ?(?:или (?:букв|цифр)|символ|знак|цифр|раз|букв|мин|час|год|г\.|дн|char|times|руб|р\.)/.test(rest))
  )
}

const isCyrillic = (folded: string): boolean => /[а-я]{3}/.test(folded)

/** A login and, after a stroke, what goes with it. */
const PAIR = /@[a-z0-9-]{1,40}\.[a-z]{2,8} ?[/|:;] ?(\S{5,40})/g
/** «Пароль ромашка не принимает»: between the word and the refusal stands the value, unless it is whose password it is or who refuses. */
const REFUSED = /(?<![а-яa-z])пароль ([а-яa-z]{4,20}) не (?:принимает|подходит|подошел|работает|пускает)/
const OWNER =
  /^(?:мам|пап|муж|жен|сын|доч|ребен|бабуш|дедуш|отц|матер|сестр|брат|внук|внуч|тещ|сосед|приложен|систем|портал|форм|программ|вообще|почему|теперь|больше|прав|верн|нужн|двер|компьютер|ноутбук|роутер|кабинет|учетн|запис|личн|аккаунт|сегодня|вчера|никуда|стар|новы|временн|одноразов|скопир|введен)/
const FILLER = [
  'с (?:большой|маленькой) буквы|как|от|для|на|в|из|с|у|меня|него|нее|нас|мой|моя|моего|мне|был[аио]?|есть|это|эта|такой|вот|там|здесь|сайте?|госуслуг[а-я]*|портал[а-я]*|кабинет[а-я]*|личн[а-я]*|лк|есиа',
  'аккаунт[а-я]*|учетк[а-я]*|учетн[а-я]*|запис[а-я]*|почт[а-я]*|письм[а-я]*|смс|бумажк[а-я]*|карт[а-я]*|сбер[а-я]*|банк[а-я]*|телефон[а-я]*|стар[а-я]{2,3}|нов[а-я]{2,3}',
  'хотя|не принимает(?=:)|не подходит(?=:)|не работает(?=:)|неверный(?=:)|стоит|стоял|прост[а-я]{2,3}|сложн[а-я]{2,3}|под|всегда|везде|именно|временн[а-я]{2,3}|одноразов[а-я]{2,3}|правильн[а-я]{2,3}|точн[а-я]{2,3}|следующ[а-я]{2,3}|же|и|ввожу|ввел[аи]?|ввожу|пишу|набираю|набрал[аи]?|поставил[аи]?|придумал[аи]?|сделал[аи]?|сменил[аи]?|поменял[аи]?',
  'назвал[аи]?|сказал[аи]?|сообщил[аи]?|продиктовал[аи]?|отправил[аи]?|дал[аи]?|написал[аи]?|мам[а-я]*|муж[а-я]*|жен[а-я]*|сын[а-я]*|дочк?[а-я]*|бабушк[а-я]*|его|ее|им|ему|ей|я|теперь|сейчас|помню|используют?|использую|входа|вход|но',
  'is|was|my|the|for|to|gosuslugi|portal|account|it|now|as|typed|entered|used|i|told|them|him|her|here|am|using|set|still|login',
].join('|')
const GAP = new RegExp(
  `^(?: ?[:=)"«“»”'\`-]| ?- ?| ?\\([а-я ]{2,20}\\)| ?,(?= ?\\S{0,20}\\d)| ?,(?= (?:я|ввожу|вот|такой|это|назвал|сказал|ответил|продикт|пишу)[а-я]* ?)| {1,2}(?:${FILLER})(?![а-яa-z0-9])| {1,3})*`,
)
const TOKEN = /^\S+/
/** Inside quotation marks: several words only where there is a digit, else it is what somebody said about the password. */
const PHRASE = /^(?=[^"»”]{0,40}\d)[^"»”]{3,40}(?=["»”])|^\S+/
const STANDS_ALONE = /^["»”'`)]?(?:$| ?[.,;!?\n]|["»”'`]| (?:не |а |но |и |doesn|is |it |ввожу|войди|правильн))/
const BEFORE =
  /(\S{4,40}) {0,2}(?:[-,(] ?(?:это )?|это |is |as |как |in |(?:в|в качестве) (?:поле|граф[еу]|строк[еу]) ["«]?|вместо |в качестве )(?:мой |мамин |старый |новый |my |the )?$/
/** «Сменила на Rosa_2026 пароль». */
const CHANGED = /(?<![а-яa-z])(?:на|под|с) (\S{5,40}) {1,2}$/
/** Nothing but the word and a value. */
const ONLY = /^\s*(?:pass|pwd|password)[ :=-]{1,3}([a-z]{6,30})$/
const WORD =
  /(?<![а-яa-z])(?:п[ао]р{0,2}ол{1,2}[а-я]{0,3}(?![а-я])|parol[a-z']{0,2}(?![a-z])|парл[ьяю]|пасс?ворд|пасс?(?![а-я])|pass(?:word|wd|phrase)?(?![a-z])|pwd|пин-?код[а-я]{0,2}|пин(?![а-я])|pin(?:-?code)?(?![a-z])|(?:кодов|контрольн|секретн)[а-я]{2,3} слов[а-я]{1,2}(?: \(пароль\))?|ответ[а-я]? на (?:контрольн|секретн)[а-я]{2,3} вопрос)/g
