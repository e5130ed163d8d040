import { asked, type Objection } from './outgoing.ts'
import { begsAsKin, invitesToVote, schemesIn } from './schemes.ts'
import { linksIn, type Sentence, sentencesOf } from './sentences.ts'
import { type FraudSign, signsIn, type Weighed } from './signs.ts'
import { SEED, type Sources } from './sources.ts'
import { needsHelp, voiceOf } from './voice.ts'

export type MessageVerdict = 'scam' | 'report' | 'clean'
export type CheckedMessage = {
  verdict: MessageVerdict
  signs: FraudSign[]
  /** The sentence each sign was found in. */
  sentences: Partial<Record<FraudSign, string>>
}

/** Is a text a fraudster's own, a citizen's word about one, or neither? */
export const checkMessage = (text: string, sources: Sources = SEED): CheckedMessage => {
  const sentences = sentencesOf(text, sources)
  const found = sentences.flatMap((sentence) =>
    signsIn(sentence).map((weighed) => ({ ...weighed, sentence: sentence.text })),
  )
  const whole = sentences.map(({ read }) => read).join(' ')
  for (const weighed of schemesIn(whole)) found.push({ ...weighed, sentence: sentences[0]?.text ?? '' })
  const wish = WAITING.test(text.toLowerCase()) || needsHelp(text.toLowerCase()) ? null : asked(text.slice(0, 2000))
  const sign = wish && WISHES[wish]
  if (sign && !found.some((one) => one.sign === sign && one.weight > 4))
    found.push({ sign, weight: 5, sentence: sentences.at(-1)?.text ?? '' })
  const verdict = verdictOf(sentences, found)
  const told = verdict === 'clean' ? [] : found
  const where: CheckedMessage['sentences'] = {}
  for (const { sign, sentence } of told) where[sign] ??= sentence
  return { verdict, signs: Object.keys(where) as FraudSign[], sentences: where }
}

function verdictOf(sentences: Sentence[], found: Weighed[]): MessageVerdict {
  // A question mark inside a link asks nothing.
  const read = sentences
    .map(({ text, read: whole }) => (linksIn(text).length > 0 ? whole.replace(/\S+[./]\S+/g, ' ') : whole))
    .join(' ')
  const voice = voiceOf(read)
  if (found.some(({ weight }) => weight >= SURE) || begsAsKin(read) || (invitesToVote(read) && !voice.fears))
    return 'scam'
  const pressure =
    PRESSURE.filter((rule) => rule.test(read)).length * 3 +
    (SECRECY.test(read) && !/код|парол|данны|реквизит/.test(read) ? 3 : 0)
  const score = weightOf(found) + pressure
  const imitated = sentences.some(({ links }) => links.some(({ verdict }) => verdict === 'lookalike'))
  // Frauds misspell and hurry people; so do people in trouble, who speak of themselves.
  const grave = found.some(({ sign, weight }) => weight > 3 && sign !== 'fake_link')
  if (needsHelp(read) && !voice.fears && !imitated && !grave && pressure === 0) return 'clean'
  const heavy = found.some(({ sign, weight }) => weight > 1 && sign !== 'threat' && sign !== 'unknown_caller')
  // What the portal itself asks for is asked about, not reported.
  if (voice.asks && !voice.fears && ITSELF.test(read)) return 'clean'
  if (voice.narrates || (voice.asks && !voice.orders)) {
    return voice.fears || pressure > 0 || (heavy && (voice.narrates || found.some(({ sign }) => sign === 'fake_link')))
      ? 'report'
      : 'clean'
  }
  const calm = CALM.test(read)
  if (WARNING.test(read) && !voice.narrates && found.every(({ weight }) => weight < 5)) return 'clean'
  if (score >= ENOUGH && !(calm && pressure < 6 && found.every(({ weight }) => weight < 3))) return 'scam'
  return voice.fears && score > 1 && !calm ? 'report' : 'clean'
}

const ENOUGH = 4
/** Nobody but a fraudster says so, whoever seems to tell it. */
const SURE = 6

/** Whoever waits for a code of their own asks nobody for it. */
const WAITING = /(?<![а-я])(?:жду|ждем|ждём)(?![а-я])|не приход|не приш/
const WISHES: Partial<Record<Objection, FraudSign>> = {
  code: 'code_request',
  password: 'password_request',
  card: 'card_request',
}

function weightOf(found: Weighed[]): number {
  const heaviest = new Map<FraudSign, number>()
  for (const { sign, weight } of found) heaviest.set(sign, Math.max(weight, heaviest.get(sign) ?? 0))
  return [...heaviest.values()].reduce((sum, weight) => sum + weight, 0)
}

/** Secrecy, couriers and cash: no office speaks so. */
const PRESSURE = [
  /выходите, я|я подъехал|инкассатор[^.]{0,30}(?:выез|едет|забер|прие|подъе)|курьер[^.]{0,40}(?:деньг|налич|карт[уы] заб)|(?:к (?:вам|тебе)|сейчас|скоро) [^.]{0,20}(?:приедет|подъедет|заедет|выез|едет)[^.]{0,20}|(?:приедет|подъедет|заедет) (?:водител|курьер|человек|сотрудник|помощник)|упакуйте|наличные/,
  /не кладите трубк|трубк[уи] не (?:клад|клас|веш|брос)|не отключайтесь|разговор записывается|не отказывайте|нельзя отключаться/,
  /оплата сразу|официально проходит/,
  /(?:внук|сын|дочь|муж|брат|сестра|родственник)[^.?]{0,30}(?:попал[аи]? в|задержан|сбил)[^?]{0,60}(?:деньги|тысяч|адвокат)/,
  /(?:мам|пап|бабул|дед|дочк|сынок|привет|это я)[^?]{0,80}(?:авари|дтп|полици|сбил|больниц|телефон (?:разбил|сломал|украли)|чужого (?:номера|телефона))/,
]
const SECRECY =
  /не (?:обсуждайте|говорите|рассказывайте)[^.]{0,20}(?:близк|родн|сотрудник|банк)|никому не (?:сообщайте|говорите|рассказывайте)|(?:не разглаша|разглашать нельзя|тайна следствия|секретно|конфиденциальн|о (?:разговоре|звонке|деле)[^.]{0,15}(?:никому|молч)|никому ни слова)/
const ITSELF =
  /(?:портал|сайт|приложение|система|кабинет|форма|страница|банк|мфц|госуслуги)(?: [а-я]+)? (?:прос|треб|пиш|спраш)/
/** Told about fraudsters to whoever may meet them. */
const WARNING =
  /осторожно|внимание,? мошен|памятка|предупрежда(?:ет|ем|ют)|(?:таких|безопасных) счетов (?:не|нет)|не бывает|признаки мошен|как распознать|положите трубку|не вед(?:итесь|ись)|мошенники (?:звонят|пишут|просят|рассылают|представля)|(?:сотрудники|банк|портал|госуслуги|мы)[^.]{0,30} не (?:прос|спраш|звон|запраш|рассыл)|beware|watch out/
/** What genuine notices say and fraudsters leave out. */
const CALM =
  /в личном кабинете|личный кабинет|на портале|не (?:сообщайте|передавайте|говорите)[^.]{0,20}(?:код|парол|данн|его|их)|(?:код|парол)[^.]{0,30}(?:не сообщайте|не передавайте|не говорите)|не (?:просят|просим)|мы не (?:звон|рассыл|просим)|ссылок и звонков|никогда не|возьмите паспорт|нажмите \d/
