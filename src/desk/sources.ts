import { type Fact, isVerified } from '../texts/facts.ts'
import type { Desk } from './desk.ts'
import * as facts from './facts.ts'
import type { Sources } from './fraud/sources.ts'
import { localDate } from './local-time.ts'

/** What may be called official: `verified` only what a person checked and whose check still holds, `listed` every fact. */
export type Official = { verified: Sources; listed: Sources }

export const officialOf = async (desk: Desk): Promise<Official> => {
  const texts = desk.texts()
  const held = await facts.checks(desk)
  const today = localDate(new Date(), texts.schedule.timezone)
  const all = texts.facts()
  return {
    verified: sourcesIn(all.filter((fact) => isVerified(fact, today, (hash) => held.get(hash) ?? null))),
    listed: sourcesIn(all),
  }
}

/** Hosts, senders and numbers are read out of the values, whatever words stand around them. */
const sourcesIn = (facts: Fact[]): Sources => {
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
