import { normalise } from '../answers/normalise.ts'
import { findSecrets } from '../secrets/find.ts'
import { addressOf } from './address.ts'

/** What a desk must never send: each is said to the author in words. */
export type Objection = 'code' | 'password' | 'card' | 'prepayment' | 'link' | 'phone' | 'account' | 'file'

/** What citizens read of the facts right now: the only links and numbers an answer may carry. */
export type Known = { hosts: ReadonlySet<string>; phones: ReadonlySet<string> }

/** A text with the targets of its hidden links and the name of its file. */
export type Going = { text: string; targets?: string[]; file?: string | undefined }

/** Why an answer is held back, or null. «Никому не сообщайте код» asks for nothing and passes. */
export const objectionTo = ({ text, targets = [], file = '' }: Going, known: Known): Objection | null => {
  if (APP.test(file)) return 'file'
  const whole = text.toWellFormed()
  return asked(whole) ?? carried(`${whole}\n${targets.join('\n')}`, known)
}

/** The links and numbers in the facts' own texts. */
export const knownFrom = (texts: readonly string[]): Known => ({
  hosts: new Set(texts.flatMap((text) => linksIn(text).map(hostOf))),
  phones: new Set(texts.flatMap((text) => phonesIn(text).map(digitsOf))),
})

/** A wish for what nobody may ask for, also when one sentence names it and the next one asks for it. */
export function asked(text: string): Objection | null {
  let before = ''
  for (const part of text.split(/(?<=[.!?…\n])\s+|\n/)) {
    const sentence = ` ${normalise(part).replace(NOT_A_SECRET, ' ').replace(FORBIDDEN, ' ')} `
    const found = asksIn(sentence) ?? (IT.test(sentence) && !INTO_FORM.test(sentence) ? namedIn(before) : null)
    if (found) return found
    before = sentence
  }
  return null
}

function asksIn(sentence: string): Objection | null {
  if (TOLD_OF.test(sentence)) return null
  if (PAY.test(sentence) && !NO_PAY.test(sentence)) return 'prepayment'
  const wants = Array.from(sentence.matchAll(WANTS), (match) => match.index)
  const wanted = wants.flatMap((at) => {
    const after = sentence.slice(at, at + 90)
    const before = sentence.slice(Math.max(0, at - 50), at)
    const told = INTO_FORM.test(after) && !HERE.test(after)
    if (told) return []
    return [CLAUSE.test(untilSecret(after)) ? null : namedIn(after), IF.test(before) ? null : namedIn(before)]
  })
  const first = wanted.find((one) => one !== null)
  if (first) return first
  return QUESTION.test(sentence) || NEED.test(sentence) ? namedIn(sentence) : null
}

/** What stands between the verb and what it wants: a clause there means something else is asked («скажите, приходит ли код»). */
function untilSecret(text: string): string {
  return text.slice(0, Math.max(0, text.search(SECRET)))
}

function namedIn(sentence: string): Objection | null {
  if (CARD.test(sentence)) return 'card'
  if (PASSWORD.test(sentence)) return 'password'
  return CODE.test(sentence) ? 'code' : null
}

function carried(text: string, known: Known): Objection | null {
  if (linksIn(text).some((link) => !isKnownHost(hostOf(link), known.hosts))) return 'link'
  if (phonesIn(text).some((phone) => !known.phones.has(digitsOf(phone)))) return 'phone'
  const found = findSecrets(text).spans.map(({ type }) => type)
  if (found.includes('bank_account') || found.includes('card')) return 'account'
  return found.includes('email') ? 'link' : null
}

function isKnownHost(host: string, hosts: ReadonlySet<string>): boolean {
  return [...hosts].some((known) => host === known || host.endsWith(`.${known}`))
}

const linksIn = (text: string): string[] =>
  Array.from(text.matchAll(LINK), ([link]) => link).filter((link) => !FILE.test(link))
const hostOf = (link: string): string => {
  const { host, user, tricks, scheme } = addressOf(link)
  return user !== '' || tricks.length > 0 || !/^(?:https?|)$/.test(scheme) || host.startsWith('@')
    ? '?'
    : host.replace(/^www\./, '')
}

const phonesIn = (text: string): string[] =>
  Array.from(text.matchAll(PHONE), ([phone]) => phone).filter((phone) => digitsOf(phone).length > 9)
function digitsOf(phone: string): string {
  const digits = phone.replace(/\D/g, '')
  return digits.length === 11 && /^[78]/.test(digits) ? digits.slice(1) : digits
}

/** A name of a file looks like a host, but leads nowhere. */
const FILE = /^[^/?#@:]+\.(?:pdf|docx?|xlsx?|jpe?g|png|txt|zip|rtf|xml|sig|heic|mp4|html?)$/i
const APP = /\.(?:apkm?|xapk|exe|msi|scr|bat)\s*$/i
const LINK =
  /(?<![\w@.])@[a-z]\w{3,31}(?!\w)|(?:[a-z][a-z+.-]{1,20}:\/\/)[^\s«»"]{1,300}|(?<![\p{L}\d@._-])(?:[\p{L}\d-]{1,63}\.){1,6}(?:[a-z]{2,12}|рф|дети|онлайн|сайт|xn--[a-z\d-]+)(?![\p{L}\d])(?:[/?#@][^\s«»"]{0,300})?/giu
const PHONE =
  /(?<![\d-])(?:\+\d{1,3}|[78])[ ( -]{0,3}\d{3}[ ) -]{0,3}\d{2,3}[ -]?\d{1,3}[ -]?\d{2,3}(?![\d-])|(?<![\d-])\(?\d{3}\)?[ -]\d{3}[ -]\d{2}[ -]\d{2}(?![\d-])/g

const WANTS =
  /(?<![а-яa-z])(?:назов(?:ите|и)|назвать (?:мне|нам)|сообщ(?:ите|и)|продикту(?:йте|й)|прочит(?:айте|ай)|прочт(?:ите|и)|зачит(?:айте|ай)|скаж(?:ите|и)|подскаж(?:ите|и)|скин(?:ьте|ь|те)|скидывайте|пришл(?:ите|и|ете)|присылайте|вышл(?:ите|и)|перешл(?:ите|и)|переслать (?:мне|нам|сюда)|отправ(?:ьте|ь|ляйте)|напиш(?:ите|и|ете)|пишите|укаж(?:ите|и)|дай(?:те)?|покаж(?:ите|и)|озвуч(?:ьте|ь)|перед(?:айте|ай)|дикту(?:йте|й)|говорите|уточн(?:ите|и)|введ(?:ите|и)|вводите|наберите|сфотографируйте|ответьте|пришлете|можете (?:назвать|прислать|сказать|отправить|продиктовать|сообщить|написать)|(?:прошу|нужно|надо|необходимо|следует|требуется|только|осталось) (?:прислать|назвать|прочитать|прочесть|зачитать|сказать|сообщить|продиктовать|отправить (?:мне|нам|сюда)|написать (?:мне|нам|сюда))|(?:tell|send|give|read|dictate|forward|reply|share|provide|enter|type)(?: it)?(?: to)? (?:me|us|here|out|with|back|your|the|that))(?![а-яa-z])/g
const SECRET =
  /(?<![а-яa-z])(?:код|кодик|цифр|комбинац|знак|парол|пин|cv[vc]|карт|реквизит|смс|sms|code|password|passcode|pin|card|otp|digits)/
const CODE =
  /(?<![а-яa-z])(?:код(?:а|у|ом|е|ы|ов|ик|ика)?(?![а-я])|(?:эти |шесть |четыре |последние )?цифр[ыа][^.?]{0,20}(?:смс|sms|сообщен|экран|пуш|звонк)|цифры(?: из| в)? смс|смс[- ]код|(?:текст|содержание|содержимое|скриншот|снимок|фото) (?:этого |этой |вашего )?(?:смс|sms|сообщени)|комбинаци[яюи](?![а-я])|(?:эти |шесть |четыре |последние )?(?:знак[аиов]{1,2}|символ[аыов]{0,2})[^.?]{0,15}(?:смс|sms|сообщени)|номер[а-я]?,? (?:который|что)[^.?]{0,25}(?:смс|sms|сообщени)|номер (?:талон|очеред|заявк|брон|запис)[а-я]*[^.?]{0,20}(?:смс|sms|сообщени)|(?:that|the|your|this|sms|confirmation|verification|one-time|security) code|otp|code (?:from|in|you|that))/
const PASSWORD =
  /(?<![а-яa-z])(?:парол|пин-?код|пин(?![а-я])|кодовое слово|контрольн[а-я]{2} (?:слово|вопрос)|password|passcode|pin(?![a-z]))/
const CARD =
  /(?:номер[а-я]{0,2}|данны[ехм]|реквизит[а-я]{1,3}|фото|снимок|срок(?: действия)?) (?:[а-я]+ ){0,2}карт|на (?:вашу )?карту[^.?!]{0,20}(?:укажите|пришлите|назовите|нужен|сообщите)[^.?!]{0,12}номер|cv[vc](?![a-z])|цифры с (?:обратн|оборот)|(?:три|3) цифр|карт[ыуа](?: и)? (?:срок|код)|(?:card|account) (?:number|details)|photo of (?:your|the) card/
/** The sentence before named it, this one asks for «его». */
const IT =
  /(?<![а-яa-z])(?:назовите|сообщите|продиктуйте|скажите|скиньте|пришлите|вышлите|перешлите|отправьте|напишите|покажите|прочитайте|зачитайте|диктуйте|передайте|говорите)(?: (?:пожалуйста,?|его|ее|их|мне|нам|сюда|эти цифры|что там|в ответ))+ |^ *(?:говорите|диктуйте|называйте|слушаю|записываю|жду)[ .!]*$|(?:send|tell|give|read) (?:it|them) (?:to (?:me|us)|here|out|back)|(?:send|tell|give) (?:me|us) (?:it|that)/
/** Typed into the portal's own form is not told to us. */
const INTO_FORM =
  /^(?=.{0,12}(?:введ|ввод|набер|укаж|enter|type)).*|на портале|на сайте|в приложении|в личном кабинете|на странице|в (?:это |само |нужное )?поле|в форм|on the portal|on the site|in the app|на горячей линии|в мфц|в банк/
const HERE =
  /сюда|здесь|в (?:этот |наш )?чат|в ответ|мне(?![а-я])|нам(?![а-я])|боту|here|to (?:me|us)|in this chat|reply/
const CLAUSE =
  /(?<![а-я])(?:ли|если|когда|куда|откуда|где|почему|зачем|сколько|на как|с как|как(?![а-я])|что (?:вы|пишет|происходит|показыва|было|именно|за ошиб)|какой (?:способ|раздел|номер|телефон|оператор)|какая ошиб|о том|об этом|нет|не|без|про|вместо|кроме|чтобы|заявлени|ошибк|слово в слово|название)(?![а-я]{6})|(?<![a-z])(?:if|whether|when|where|how|why|not|never|without|what happens)(?![a-z])/
const IF =
  /не (?:приход|приш|прид|подош|подход|работ)|если (?:код|парол)|забыли|без (?:кода|парол)|not arriv|forgot|doesn|does not/
const QUESTION =
  /(?<![а-яa-z])(?:как(?:ой|ие|ая|ое)|что за|what(?: is|'s)?|which) (?!номер(?! карт)|телефон|способ|ошибк|раздел|срок)[^.?!]{0,30}(?:код|парол|цифр|пин|кодов|карт[ыа]|code|password|pin|card)[^?]*\?|(?:код|цифры)[^.?!]{0,30}(?:какой|какие)\?/
const NEED =
  /(?<![а-яa-z])(?:жду|ждем|жд[уе]м? от вас|(?:мне|нам|оператору|системе|специалисту) (?:нуж(?:ен|н)|необходим|понадоб|потребу)|(?:нуж(?:ен|н[а-я])|необходим[а-я]?|потребуется|понадобится) (?:мне|нам|ваш)|(?:срочно |еще )?нуж(?:ен|но|на|ны) (?=[^.?!]{0,40}(?:фото|скан|данные|номер|снимок) (?:[а-я]+ )?карт)|без (?:него|кода|пароля) (?:я |мы )?не (?:смож|смогу|могу|получится)|(?:i|we) (?:will )?need(?! no(?:t|ne)?(?![a-z]))|waiting for)[^.?!]{0,40}(?:код|парол|цифр|пин|карт|code|password|pin|card)/
const FORBIDDEN =
  /(?:(?<![а-я])не|никому|никогда|нельзя|ни в коем случае|never|do not|don.?t)(?: (?:не|ни|кому|никому|никогда|и|его|ее|их|свой|свои|эти|посторонним|третьим|лицам|вслух|сюда|мне|нам|нужно|надо|здесь|нельзя|просим|просите|please|ever|to))*,? (?:сообща|называ|назыв|передава|говор|показыва|дикт|пересыл|присыл|отправля|вводи|вводит|прос|спраш|запраш|пиш|нуж|share|tell|give|send|disclose|enter|ask|need|type)[а-яa-z]*[^.!?]{0,60}/g
const NOT_A_SECRET =
  /(?:код[а-я]{0,2}|code) (?:услуг|домофон|подразделен|ошибк|регион|город|вид|окато|октмо|кбк|страны|of the error)[а-я]*|код[а-я]{0,2} и текст ошибки|error code|qr-?код[а-я]*|трек-?код[а-я]*|штрих-?код[а-я]*|промокод[а-я]*|карт[а-я]{1,3} (?:памяти|сайта|мест|болельщик)[а-я]*|пользователь[а-я]+ карт[а-я]+/g
/** What frauds do, told to somebody; not a demand. */
const TOLD_OF =
  /мошенник|кто(?:-то|-нибудь)? (?:просит|попросит|спросит|требует)|(?:просят|попросят|спросят|требуют|просит) [^.]{0,30}(?:код|парол|карт|перев|сообщ|наз)|scammer|fraud|anyone who asks|if someone asks/
const PAY =
  /(?:перевед|перечисл|внес|оплат|отправ|скин|заплат)(?:ите|и|ьте|ь|тите|ти|йте)(?![а-я])[^.?!]{0,50}(?:на (?:эту |нашу |мою |ваш[уа] )?карт|по номеру|на (?:этот |наш |мой )?сч[её]т|на номер|на кошел|по реквизит|по (?:этой )?ссылк|сбп|предоплат|аванс|комисси|сбор|залог|курьер|специалист|мне(?![а-я])|нам(?![а-я]))|(?:нужн[аы]|необходима|требуется|берем|беру|возьмем|после|обязательн[а-я]+|по|сначала|внес[а-я]+|оплат[а-я]+|только|с вас|у нас) (?:[а-я0-9%]+ )?(?:предоплат|аванс)|предоплат[аыу] (?:\d|в размере|обязатель|нужн|требу|сто|двести|полн)|(?:требуется|нужн[ао]|необходим[ао]?|надо|придется|сначала) (?:[а-я]+ )?(?:оплатить|внести|перевести)(?! госпошлин| (?:её |ее )?на портале)|безопасн[а-я]{2,3} сч[её]т|платн[а-я]{2} (?:услуг|помощь)|pay (?:first|a fee|us|me|the fee|in advance)|(?:you|must|need|requires?|needed) (?:[a-z]+ ){0,3}(?:prepay|upfront)|prepayment (?:is|of)|transfer (?:the )?money/
const NO_PAY =
  /не (?:нужн|надо|треб|прос|плат|перевод|отправ|вносит|берем|бывает)|бесплатн|никогда|никаких|без предоплат|вернут|возврат|мошенник|на портале|в личном кабинете|not (?:need|have|required)|never|free of charge|no prepayment/
