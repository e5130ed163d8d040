import { createHash } from 'node:crypto'
import { escapeHtml } from './html.ts'
import type { FactFile } from './schema.ts'
import { BASE } from './set.ts'

export type Fact = { key: string } & FactFile[string]
/** `checkedUntil`: the date (2026-01-31) until which somebody's check of this very value and source holds, or null. */
export type FactView = { showUnverified: boolean; today: () => string; checkedUntil?: (hash: string) => string | null }

/** What a citizen may read: the value while its check holds, otherwise where to look it up. */
export const factText = (fact: Fact, lang: string, { showUnverified, today, checkedUntil }: FactView): string => {
  const pointer = inLanguage(fact.pointer, lang)
  if (fact.value === null) return pointer
  const value = inLanguage(fact.value, lang)
  if (isVerified(fact, today(), checkedUntil)) return value
  return showUnverified ? `${value} ${lang === BASE ? '(не проверено)' : '(not verified)'}` : pointer
}

export const isVerified = (fact: Fact, today: string, checkedUntil: FactView['checkedUntil'] = () => null): boolean => {
  if (fact.value === null) return false
  if (fact.checked !== null && (fact.expires === null || fact.expires >= today)) return true
  return (checkedUntil(factHash(fact)) ?? '') >= today
}

/** Names one value with its source: another value, or another source, is another hash and so unchecked again. */
export const factHash = (fact: Pick<Fact, 'key' | 'value' | 'source'>): string => {
  const known = hashes.get(fact) ?? hashOf(fact)
  hashes.set(fact, known)
  return known
}

/** Each phrase that names a fact asks for it; a loaded fact never changes. */
const hashes = new WeakMap<object, string>()

const hashOf = ({ key, value, source }: Pick<Fact, 'key' | 'value' | 'source'>): string => {
  const inOrder = Object.entries(value ?? {}).sort(([one], [other]) => (one < other ? -1 : 1))
  return createHash('sha256')
    .update(JSON.stringify([key, inOrder, source]))
    .digest('hex')
    .slice(0, 16)
}

export const PLACEHOLDER = /\{\{([\w.]+)\}\}/g

export const placeholdersIn = (text: string): Set<string> =>
  new Set([...text.matchAll(PLACEHOLDER)].map((match) => match[1] ?? ''))

/** Fills facts and hours; null leaves a placeholder to whoever has its value. */
export const fillFacts = (html: string, valueFor: (name: string) => string | null): string =>
  html.replace(PLACEHOLDER, (whole, name: string) => {
    const value = valueFor(name)
    return value === null ? whole : escapeHtml(value)
  })

export const inLanguage = (value: Record<string, string>, lang: string): string => value[lang] ?? value[BASE] ?? ''
