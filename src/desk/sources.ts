import type { Fact, Texts } from '../texts.ts'
import type { Desk } from './desk.ts'
import type { Sources } from './fraud/sources.ts'
import { localDate } from './local-time.ts'

/** What may be called official: `verified` only what a person checked and whose check still holds, `listed` every fact. */
export type Official = { verified: Sources; listed: Sources }

export const officialOf = (desk: Pick<Desk, 'texts'>): Official => {
  const texts = desk.texts()
  const today = localDate(new Date(), texts.schedule.timezone)
  const verified = texts.facts().filter((fact) => texts.isVerified(fact, today))
  const which = verified.map(({ key }) => key).join()
  const known = read.get(texts)
  if (known?.which === which) return known.official
  const official = { verified: sourcesIn(verified), listed: sourcesIn(texts.facts()) }
  read.set(texts, { which, official })
  return official
}

/** Read out of these texts while the same facts are verified. */
const read = new WeakMap<Texts, { which: string; official: Official }>()

/** Hosts, senders and numbers are read out of the values, whatever words stand around them. */
const sourcesIn = (facts: readonly Fact[]): Sources => {
  const values = facts.map(({ kind, value }) => ({ kind, text: Object.values(value ?? {}).join('\n') }))
  const found = (wanted: RegExp, kinds: string[]) => [
    ...new Set(
      values
        .filter(({ kind }) => kinds.includes(kind))
        .flatMap(({ text }) => Array.from(text.matchAll(wanted), ([one]) => one.trim())),
    ),
  ]
  return {
    hosts: found(HOST, ['link']),
    senders: found(SENDER, ['name', 'link']),
    phones: found(PHONE, ['phone']),
    apps: found(APP, ['name']),
  }
}

const HOST = /(?<![@\w.-])(?:[\p{L}\d-]+\.)+\p{L}{2,}(?![\p{L}\d@])/gu
const SENDER = /[\w.-]+@(?:[\w-]+\.)+[a-z]{2,}/g
const PHONE = /\+?\d[\d ()-]{1,20}\d|(?<![a-z])gosuslugi(?![a-z.])/g
const APP = /(?<![\w.@])(?:ru|com)(?:\.[a-z]\w*){1,3}(?!\w|\.\w)/g
