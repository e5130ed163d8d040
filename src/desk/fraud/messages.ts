import { type Sentence, sentencesOf } from './sentences.ts'
import { type FraudSign, signsIn, type Weighed } from './signs.ts'
import { SEED, type Sources } from './sources.ts'
import { voiceOf } from './voice.ts'

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
  const verdict = verdictOf(sentences, found)
  const told = verdict === 'clean' ? [] : found
  const where: CheckedMessage['sentences'] = {}
  for (const { sign, sentence } of told) where[sign] ??= sentence
  return { verdict, signs: Object.keys(where) as FraudSign[], sentences: where }
}

function verdictOf(sentences: Sentence[], found: Weighed[]): MessageVerdict {
  const read = sentences.map((sentence) => sentence.read).join(' ')
  const voice = voiceOf(read)
  const pressure =
    PRESSURE.filter((rule) => rule.test(read)).length * 3 +
    (SECRECY.test(read) && !/код|парол|данны|реквизит/.test(read) ? 3 : 0)
  const score = weightOf(found) + pressure
  const heavy = found.some(({ sign, weight }) => weight > 1 && sign !== 'threat' && sign !== 'unknown_caller')
  if (voice.narrates || (voice.asks && !voice.orders)) {
    return voice.fears || pressure > 0 || (heavy && (voice.narrates || found.some(({ sign }) => sign === 'fake_link')))
      ? 'report'
      : 'clean'
  }
  const calm = CALM.test(read)
  if (score >= ENOUGH && !(calm && pressure < 6 && found.every(({ weight }) => weight < 3))) return 'scam'
  return voice.fears && score > 1 && !calm ? 'report' : 'clean'
}

const ENOUGH = 4

function weightOf(found: Weighed[]): number {
  const heaviest = new Map<FraudSign, number>()
  for (const { sign, weight } of found) heaviest.set(sign, Math.max(weight, heaviest.get(sign) ?? 0))
  return [...heaviest.values()].reduce((sum, weight) => sum + weight, 0)
}

/** Secrecy, couriers and cash: no office speaks so. */
const PRESSURE = [
  /выходите, я|я подъехал|инкассатор[^.]{0,30}(?:выез|едет|забер|прие|подъе)|курьер[^.]{0,40}(?:деньг|налич|карт[уы] заб)|к вам (?:выез|едет)|упакуйте|наличные/,
  /не кладите трубк|не отключайтесь|разговор записывается|не отказывайте|нельзя отключаться/,
  /оплата сразу|официально проходит/,
]
const SECRECY =
  /не (?:обсуждайте|говорите|рассказывайте)[^.]{0,20}(?:близк|родн|сотрудник|банк)|никому не (?:сообщайте|говорите|рассказывайте)|(?:не разглаша|разглашать нельзя|тайна следствия)/
/** What genuine notices say and fraudsters leave out. */
const CALM =
  /в личном кабинете|личный кабинет|на портале|не (?:сообщайте|передавайте|говорите)[^.]{0,20}(?:код|парол|данн|его|их)|(?:код|парол)[^.]{0,30}(?:не сообщайте|не передавайте|не говорите)|не (?:просят|просим)|мы не (?:звон|рассыл|просим)|ссылок и звонков|никогда не|возьмите паспорт|нажмите \d/
