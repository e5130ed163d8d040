import type { Entry, FaqEntry, FaqFile, FraudFile, Reply, Section } from './faq.ts'
import type { RecoveryPath } from './recovery.ts'
import { BASE, type LanguageSet } from './set.ts'

/** Makes the function that fills facts and hours into a text of this language and line of work. */
export type Fill = (lang: string, line: string | null) => (html: string) => string

export type Answers = {
  sections(lang: string): Section[]
  entry(lang: string, id: string): Entry | null
  entries(lang: string): Entry[]
  fraud(lang: string): FraudFile
  replies(lang: string): Reply[]
  recovery(lang: string): RecoveryPath[]
}

/** What a language does not have yet is borrowed from the base, entry by entry. */
export const answersOf = (languages: readonly LanguageSet[], fill: Fill): Answers => {
  const shelves = new Map(languages.map((language) => [language.lang, shelfOf(language)]))
  const base = shelves.get(BASE) ?? new Map<string, Found>()
  const files = sectionFiles(languages, BASE)
  const entry = (lang: string, id: string): Entry | null => {
    const found = shelves.get(lang)?.get(id) ?? base.get(id)
    return found ? filled(found, fill) : null
  }
  return {
    entry,
    entries: (lang) => [...base.keys()].flatMap((id) => entry(lang, id) ?? []),
    sections: (lang) => files.map((file) => sectionOf(file, sectionFiles(languages, lang))),
    fraud: (lang) => fraudOf(...whole(languages, lang, 'fraud'), fill),
    replies: (lang) => repliesOf(...whole(languages, lang, 'replies'), fill),
    recovery: (lang) => recoveryOf(languages, lang, fill),
  }
}

type Found = { lang: string; file: FaqFile; entry: FaqEntry }

const shelfOf = ({ lang, faq }: LanguageSet): Map<string, Found> =>
  new Map(
    inOrder(faq.map((one) => one.data)).flatMap((file) =>
      file.entries.map((entry): [string, Found] => [entry.id, { lang, file, entry }]),
    ),
  )

const sectionFiles = (languages: readonly LanguageSet[], lang: string): FaqFile[] =>
  inOrder(languages.find((one) => one.lang === lang)?.faq.map((one) => one.data) ?? [])

const inOrder = (files: readonly FaqFile[]): FaqFile[] => [...files].sort((a, b) => a.order - b.order)

const filled = ({ lang, file, entry }: Found, fill: Fill): Entry => {
  const line = entry.line ?? file.line
  return { ...entry, section: file.section, line, answer: fill(lang, line)(entry.answer) }
}

const sectionOf = (file: FaqFile, own: readonly FaqFile[]): Section => ({
  id: file.section,
  title: (own.find((one) => one.section === file.section) ?? file).title,
  line: file.line,
  entries: file.entries.map((entry) => entry.id),
})

const whole = <K extends 'fraud' | 'replies'>(languages: readonly LanguageSet[], lang: string, kind: K) => {
  for (const candidate of [lang, BASE]) {
    const found = languages.find((one) => one.lang === candidate)?.[kind]
    if (found) return [candidate, found.data as NonNullable<LanguageSet[K]>['data']] as const
  }
  throw new Error(`no ${kind} in ${BASE}`)
}

const fraudOf = (lang: string, file: FraudFile, fill: Fill): FraudFile => {
  const inFraud = fill(lang, 'fraud')
  return {
    intro: inFraud(file.intro),
    signs: file.signs.map(inFraud),
    never: file.never.map(inFraud),
    happened: file.happened.map(inFraud),
    verify: file.verify.map(inFraud),
    handoff: inFraud(file.handoff),
  }
}

const repliesOf = (lang: string, replies: readonly Reply[], fill: Fill): Reply[] =>
  replies.map((reply) => ({ ...reply, text: fill(lang, reply.line)(reply.text) }))

const recoveryOf = (languages: readonly LanguageSet[], lang: string, fill: Fill): RecoveryPath[] => {
  const paths = (one: string) => languages.find((language) => language.lang === one)?.recovery?.data ?? []
  const own = paths(lang)
  return paths(BASE).map((base) => {
    const translated = own.find(({ id }) => id === base.id)
    const { title, steps } = translated ?? base
    return { ...base, title, steps: steps.map(fill(translated ? lang : BASE, 'access')) }
  })
}
