import { escapeHtml } from './html.ts'
import type { FactFile } from './schema.ts'
import { BASE } from './set.ts'

export type Fact = { key: string } & FactFile[string]
export type FactView = { showUnverified: boolean; today: () => string }

/** What a citizen may read: the value while its check holds, otherwise where to look it up. */
export const factText = (fact: Fact, lang: string, { showUnverified, today }: FactView): string => {
  const pointer = inLanguage(fact.pointer, lang)
  if (fact.value === null) return pointer
  const value = inLanguage(fact.value, lang)
  if (isVerified(fact, today())) return value
  return showUnverified ? `${value} ${lang === BASE ? '(не проверено)' : '(not verified)'}` : pointer
}

export const isVerified = (fact: Fact, today: string): boolean =>
  fact.value !== null && fact.checked !== null && (fact.expires === null || fact.expires >= today)

export const PLACEHOLDER = /\{\{([\w.]+)\}\}/g

export const placeholdersIn = (text: string): Set<string> =>
  new Set([...text.matchAll(PLACEHOLDER)].map((match) => match[1] ?? ''))

/** Fills a text that takes no other values than facts and hours. */
export const fillFacts = (html: string, valueFor: (name: string) => string): string =>
  html.replace(PLACEHOLDER, (_, name: string) => escapeHtml(valueFor(name)))

export const inLanguage = (value: Record<string, string>, lang: string): string => value[lang] ?? value[BASE] ?? ''
