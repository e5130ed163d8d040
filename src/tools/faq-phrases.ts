import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from 'yaml'
import type { Phrases } from '../desk/answers/phrases.ts'

type Entry = { id?: unknown; title?: unknown; answer?: unknown; ask?: unknown; words?: unknown }

/** All phrases under `locales/<language>/faq`, without the checks and the texts of the running bot. */
export function readPhrases(root: string): Phrases {
  if (!existsSync(root)) return []
  const languages = readdirSync(root, { withFileTypes: true }).filter((item) => item.isDirectory())
  return languages.flatMap(({ name }) => sectionsOf(join(root, name, 'faq')).flatMap((file) => entriesOf(file, name)))
}

function sectionsOf(folder: string): string[] {
  if (!existsSync(folder)) return []
  return readdirSync(folder)
    .filter((file) => file.endsWith('.yaml'))
    .sort()
    .map((file) => join(folder, file))
}

function entriesOf(file: string, lang: string): Phrases {
  const section: unknown = parse(readFileSync(file, 'utf8'))
  const { entries } = asRecord(section)
  return (Array.isArray(entries) ? entries : []).map((entry) => toPhrases(lang, asRecord(entry)))
}

function toPhrases(lang: string, entry: Entry): Phrases[number] {
  return {
    id: String(entry.id ?? ''),
    lang,
    title: String(entry.title ?? ''),
    answer: String(entry.answer ?? ''),
    ask: asStrings(entry.ask),
    words: asStrings(entry.words),
  }
}

function asRecord(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null ? { ...value } : {}
}

function asStrings(value: unknown): string[] {
  return Array.isArray(value) ? value.map(String) : []
}
