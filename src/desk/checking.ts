import type { Mark } from './content.ts'
import type { Desk } from './desk.ts'
import { checkLink, type LinkSign } from './fraud/links.ts'
import { checkMessage } from './fraud/messages.ts'
import { checkPhone, isPhone } from './fraud/phones.ts'
import { linksIn } from './fraud/sentences.ts'
import type { FraudSign } from './fraud/signs.ts'
import { SEED } from './fraud/sources.ts'
import { type Official, officialOf } from './sources.ts'

/** One link, number or name of what was sent, and what can be said of it. Never that it is safe. */
export type Thing = {
  kind: 'link' | 'phone' | 'name'
  shown: string
  verdict: 'verified' | 'listed' | 'imitates' | 'unknown'
  why: LinkSign | 'near_official' | 'extra_text' | ''
}
export type Opinion = {
  things: Thing[]
  verdict: 'scam' | 'report' | 'clean'
  /** Each sign with the sentence it was found in. */
  signs: { sign: FraudSign; sentence: string }[]
  /** Nothing but a link, a number or a name. */
  bare: boolean
}

const MOST = 3

/** Judged by reading only: nothing is ever opened or looked up. */
export const examine = (desk: Pick<Desk, 'texts'>, text: string, marks: Mark[] = []): Opinion => {
  const official = officialOf(desk)
  const hidden = marks.flatMap(({ url, offset, length }) =>
    url ? [`${text.slice(offset, offset + length)}|${url}`] : [],
  )
  const bare = isBare(text)
  const seen = [...hidden, ...(bare ? [text.trim()] : [...linksIn(text), ...phonesIn(text)])]
  const things = [...new Set(seen)].map((one) => judge(one, official))
  const { verdict, sentences } = bare ? { verdict: 'clean' as const, sentences: {} } : checkMessage(text)
  const signs = Object.entries(sentences).map(([sign, sentence]) => ({ sign: sign as FraudSign, sentence }))
  return { things: worstFirst(things).slice(0, MOST), verdict, signs, bare }
}

/** Something pasted to be judged, rather than a question: a bare link or number, an imitation, or a fraudster's own words. */
export const isPasted = (opinion: Opinion): boolean =>
  (opinion.bare && opinion.things.length > 0) ||
  opinion.verdict === 'scam' ||
  opinion.things.some(({ verdict }) => verdict === 'imitates')

const isBare = (text: string): boolean => {
  const whole = text.trim()
  return isPhone(whole) ? /(?:\d\D*){10}/.test(whole) || /^\+?0?\d{3,4}$/.test(whole) : BARE.test(whole)
}

const judge = (written: string, { verified, listed }: Official): Thing => {
  if (isPhone(written)) {
    const known = checkPhone(written, listed)
    if (known.verdict === 'official')
      return { kind: 'phone', shown: written, verdict: standing(checkPhone(written, verified).verdict), why: '' }
    const near = known.verdict === 'lookalike' ? known : checkPhone(written)
    const imitates = near.verdict === 'lookalike'
    const why = imitates ? (near.signs[0] ?? '') : ''
    return { kind: 'phone', shown: written, verdict: imitates ? 'imitates' : 'unknown', why }
  }
  const kind = /^@/.test(written) ? 'name' : 'link'
  const shown = written.slice(0, 120)
  const known = checkLink(written, listed)
  if (known.verdict === 'official')
    return { kind, shown, verdict: standing(checkLink(written, verified).verdict), why: '' }
  // Whom people imitate is known even where nobody has checked a fact yet.
  const judged = known.verdict === 'lookalike' ? known : checkLink(written, { ...SEED, ...hostsOf(listed) })
  const imitates = judged.verdict === 'lookalike'
  return { kind, shown, verdict: imitates ? 'imitates' : 'unknown', why: imitates ? (judged.signs[0] ?? '') : '' }
}

const hostsOf = ({ hosts }: Official['listed']) => ({ hosts: [...new Set([...SEED.hosts, ...hosts])] })

const standing = (verdict: string): Thing['verdict'] => (verdict === 'official' ? 'verified' : 'listed')

const phonesIn = (text: string): string[] => Array.from(text.matchAll(PHONE), ([phone]) => phone.trim())

const ORDER = ['imitates', 'unknown', 'listed', 'verified'] as const
const worstFirst = (things: Thing[]): Thing[] =>
  things.toSorted((one, other) => ORDER.indexOf(one.verdict) - ORDER.indexOf(other.verdict))

const BARE =
  /^(?:@[a-z]\w{3,31}|(?:[a-z][a-z+.-]{1,20}:\/\/)?\S{1,63}(?:\.|。)[\p{L}\d-]{2,24}(?:[:/?#]\S*)?|tg:\/\/\S+|\S+@\S+\.\S+)$/iu
const PHONE = /(?<!\d)(?:\+\d{1,3}|8|7)[ (-]{0,2}\d{3}[ )-]{0,3}\d{2,3}[ -]?\d{1,3}[ -]?\d{2,3}(?!\d)/g
