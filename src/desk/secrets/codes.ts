import { soundsLikeCode } from './code-clues.ts'
import { CODE_OF_A_THING } from './code-words.ts'
import type { Atom } from './runs.ts'
import type { Span } from './span.ts'

/** Codes from messages and from the back of a card: short numbers, so only the words beside them tell. */
export const findCodes = (folded: string, atoms: Atom[]): Span[] => {
  if (atoms.length === 0) return []
  const alone = /^\s*(\d{6}|\d{3}[ -]\d{3})[\s.!?]*$/.exec(folded)
  if (alone && !/000\D*$|(\d)(?:\1| |-){5}/.test(folded))
    return [spanOf(alone.index + folded.search(/\d/), alone[1] ?? '')]
  const hints = Array.from(folded.matchAll(HINT), (match) => hintOf(match))
  return [...folded.matchAll(SHORT)].flatMap((match) => judged(folded, hints, match))
}

type Hint = { kind: 'cvv' | 'code' | 'weak' | 'other'; start: number; end: number }
type Place = { folded: string; hints: Hint[]; start: number; end: number; value: string }

function judged(folded: string, hints: Hint[], match: RegExpExecArray): Span[] {
  const [value] = match
  const place = { folded, hints, start: match.index, end: match.index + value.length, value }
  const before = folded.slice(Math.max(0, place.start - 24), place.start)
  const after = folded.slice(place.end, place.end + 16)
  if (
    (PART_BEFORE.test(before) &&
      !/(?:код[а-я]{0,2}|code):? [a-zк]-$/.test(before) &&
      !hints.some(({ end }) => end === place.start || end === place.start - 1)) ||
    PART_AFTER.test(after)
  )
    return []
  const digits = value.replace(/\D/g, '')
  if (digits.length < 4 && !value.includes('-')) return isCvv(place, digits) ? [{ ...bounds(place), type: 'cvv' }] : []
  if (isCvv(place, digits) && digits.length === 4) return [{ ...bounds(place), type: 'cvv' }]
  if (digits.length < 4 || UNIT.test(after) || isYear(digits, before)) return []
  return isCode(place, before) || saidLater(place) || soundsLikeCode(place)
    ? [{ ...bounds(place), type: 'sms_code' }]
    : []
}

function isCvv(place: Place, digits: string): boolean {
  if (!/^\d{3,4}$/.test(place.value) || digits === '000') return false
  const next = place.hints.find(({ start }) => start >= place.end)
  if (next?.kind === 'cvv' && next.start - place.end <= 3) return true
  const [near, gap] = hintFor(place)
  if (near?.kind === 'code' && gap.length <= 2 && ON_CARD.test(place.folded.slice(place.end, place.end + 24)))
    return true
  return near?.kind === 'cvv' && gap.length <= 45 && !/образ|пример|\d{3}/.test(gap)
}

function isCode(place: Place, before: string): boolean {
  const [near, gap] = hintFor(place)
  if (!near || near.kind === 'other' || near.kind === 'cvv') return false
  if (near.kind === 'weak')
    return (
      !/000$|^\d{2,3}00$/.test(place.value) &&
      /^[ :,-]{0,3}(?:(?:ему|ей|им|код|цифры|сам[аи]?|оператору|вот|мужчин[а-я]|женщин[а-я]|девушк[а-я]|человеку|сотрудни[а-я]{2,4}|мошенни[а-я]{2,4}|him|them|her) ?[:-]? ?){0,3}$/.test(
        gap,
      )
    )
  if (place.value === SENDER && !/(?:номером|цифр(?:ы|ами)) ?$/.test(before)) return false
  if (near.end <= place.start && /номера? ?$|(?<![а-я])(?:с|от|на|в) ?$/.test(before)) return false
  return !/(?<![а-я])(?:не прихо|не приш)|нет (?:смс|кода)|not arriv|never arriv|[?]/.test(gap) || gap.length < 6
}

/** The closest word before, or the one right after: «863740 – это код». */
function hintFor({ folded, hints, start, end }: Place): [Hint | undefined, string] {
  const after = hints.find((hint) => hint.start >= end && hint.start - end <= 48)
  const gap = after ? folded.slice(end, after.start) : ''
  if (
    after &&
    after.kind !== 'weak' &&
    /^["»)]{0,2},? ?(?:- ?|\()(?:это |is |the |мой |my |your |что за |какой-то |чужой |ваш |ваши )*$|^["»]?,? (?:это|is) (?:the |мой |my |your |что за |какой-то |чужой |ваш )*$|^[^.!?\d]{0,40}[,-] ?это (?:мой |был |что за )?$/.test(
      gap,
    )
  )
    return [after, gap]
  const before = hints.findLast((hint) => hint.end <= start && start - hint.end <= 60)
  if (before) return [before, folded.slice(before.end, start)]
  return after && after.start - end <= 16 && /^["»]? (?:мой |из |the |my )?$/.test(gap) && after.kind !== 'weak'
    ? [after, gap]
    : [undefined, '']
}

function isYear(digits: string, before: string): boolean {
  return (
    /^(?:19|20)\d\d$/.test(digits) &&
    /(?:^|[ (])(?:с|в|до|от|за|к|на|по|in|since|by|from) ?$|20\d\d[-, ]+(?:и )?$/.test(before)
  )
}

function hintOf(match: RegExpExecArray): Hint {
  const { cvv, other, weak } = match.groups ?? {}
  const kind = cvv ? 'cvv' : other ? 'other' : weak ? 'weak' : 'code'
  return { kind, start: match.index, end: match.index + match[0].length }
}

/** Six digits alone in a text that speaks of a code later on: «912803 из сообщения, пишет неверный код». */
function saidLater({ folded, hints, start, end, value }: Place): boolean {
  if (!/^(?:\d{6}|\d{3}[ -]\d{3})$/.test(value)) return false
  const before = hints.findLast((hint) => hint.end <= start)
  if (before?.kind === 'other' && start - before.end <= 16) return false
  const rest = folded.slice(end, end + 60)
  if (start < 3 && /^ (?:это )?(?:мне |нам )?(?:что )?(?:пришл|прислал)/.test(rest)) return true
  const code = hints.findLast((hint) => hint.kind === 'code' && hint.end <= start)
  if (code && /^[^\d.?!]{0,40}: ?$/.test(folded.slice(code.end, start)) && before?.kind !== 'other') return true
  const next = hints.find((hint) => hint.start >= end)
  if (next?.kind !== 'code' || next.start - end > 48 || /\d/.test(folded.slice(end, next.start))) return false
  return !/^[а-я]* (?:не (?:нуж|треб|приш|приход)|нет|отказ)/.test(folded.slice(next.end))
}

/** The portal's own short number. */
const SENDER = '0919'
const bounds = ({ start, end }: Place) => ({ start, end })
const spanOf = (start: number, value: string): Span => ({ start, end: start + value.length, type: 'sms_code' })

const ON_CARD = /^,? (?:с|на|от) (?:(?:моей|вашей|своей|этой|обороте|оборота) )?карт/
const HINT = new RegExp(
  [
    '(?<![а-яa-z])(?:',
    '(?<cvv>(?:код[а-я]{0,3} )?(?:cv[vc]2?(?![a-z])|цв[вц]2?(?![а-я])|св[вс]2?(?![а-я])|cvp2|квв(?![а-я])|сиви(?:ви|си)?|тр[её]хзначн[а-я]{2,3} код[а-я]{0,2}|(?:три|трех|3) (?:последни[а-я]{1,2} )?цифр[ауы]?|(?:three|3) digits|код безопасности|security code|код[а-я]{0,2}(?: карты)? (?:на|с) (?:обрат|оборот|задн|тыльн)[а-я]*(?: сторон[а-я]*)?|на обороте|(?:на|с) (?:обратн|задн|тыльн|оборотн)[а-я]{2} сторон[еы]|(?:на карт[еы] |у карты )?сзади|card code)(?:[ -]код[а-я]{0,2})?)',
    `|(?<other>${CODE_OF_A_THING}|код[а-я]{0,2}:? (?:услуг|подразд|ошибк|домофон|регион|город|вычет|доход|валют|ок[а-я]{2}|стран|товар|орган|ифнс|причин|почт|бюджет|формы|докум|специал|професс|операци|льгот|тн|вида|бик|объект|мкб|ответа|ведом)|очереди(?= ?:? ?\\d)|(?:error|zip|postal|country|area|region|qr|status) ?-?code|ошибк[а-я]{1,2}(?: с)?(?: код[а-я]{0,2})?|error|почтов[а-я]{1,3} индекс|индекс|заявлени[а-я]{1,2}|заявк[а-я]{1,3}|заказ[а-я]{0,2}|стать[яие]|пропуск[а-я]?|счетчик[а-я]{0,2}|обращени[а-я]{1,3}|талон[а-я]{0,2}|дел[оау](?![а-я])|решени[а-я]{1,2}|договор[а-я]{0,2}|сумм[а-я]{1,2}|долг|баланс|пошлин[а-я]|штраф[а-я]{0,2}|стоит|цена|налог[а-я]{0,2}|кабинет[а-я]{0,2}|кв\\.|дом(?![а-я])|окно|паспорт[а-я]{0,3}|полис|снилс|инн|домофон[а-я]{0,2}|order|request|application|последни[а-я]{1,2} (?:\\d |четыре )?цифр[а-я]{0,2}(?: [а-я]+)?)`,
    '|(?<weak>(?:про)?диктова[а-я]{1,4}|назва[а-я]{1,3}|(?:про|за)?чита(?:л[аи]?|ю)|скинул[аи]?|переслал[аи]?|сказал[аи]?|сообщил[аи]?|отправил[аи]?|ввел[аи]?|прислал[аи]?|пришл[оаи]|told|gave)',
    '|g-(?=\\d{6})|(?:код(?:а|у|ом|е|ы|ов)?(?![а-я])|кодик|one-time|code|otp|pin from sms|смс[а-я-]{0,8}|sms|пуш[а-я]{0,2}|push|цифр(?:ы|ами)?(?![а-я])|одноразов[а-я]{1,3}|digits))',
  ].join(''),
  'g',
)
const SHORT =
  /(?<![\d])(?:\d{3}[ -]\d{3}|\d\d[ -]\d\d[ -]\d\d|\d\d[ -]\d\d|\d\d[ -]\d{3}|\d{4}[ -]\d{4}|\d(?:[ -]\d){3,7}|\d{3,8})(?!\d)/g
const PART_BEFORE = /[\d][.,:/-]$|(?<!(?<![a-z])g)(?<=[a-zа-я_№#+*])-$|[a-zа-я_№#+*]$|№ ?$|\d $/
const PART_AFTER = /^[.,:/-]\d|^-?[a-z_*]|^-[а-я]|^[а-я]{1,2}(?![а-я])|^ \d{2,}(?![\d]*[ ]?(?:раз|мин|час))/
const UNIT =
  /^ ?(?:р(?:уб[а-я]*)?(?![а-я])|₽|тыс|раз(?![а-я])|лет|год|г\.|мин|час|сек|дн|симв|знак|цифр|%|чел|коп|шт|дол|евро|rub|times|characters|digits|minutes|км|кв)/
