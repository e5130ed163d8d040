import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from 'yaml'
import type { Library } from '../desk/answers/kept-model.ts'
import type { Phrases } from '../desk/answers/phrases.ts'
import { readWordbook } from '../desk/answers/wordbook.ts'
import { liftLists, withLists } from '../texts/lists.ts'

type Entry = { id?: unknown; title?: unknown; answer?: unknown; ask?: unknown; words?: unknown }

/** All that the search learns from in a folder of texts, without the checks and the texts of the running bot. */
export function readLibrary(root: string): Library {
  const languages = readdirSync(root, { withFileTypes: true }).filter((item) =>
    existsSync(join(root, item.name, 'faq')),
  )
  const langs = languages.map(({ name }) => name)
  const entries = langs.flatMap((lang) => sectionsOf(join(root, lang, 'faq')).flatMap((file) => entriesOf(file, lang)))
  const book = readWordbook(root, langs, new Set(entries.map(({ id }) => id)))
  return { phrases: [...entries, ...book.phrases], concepts: book.concepts }
}

function sectionsOf(folder: string): string[] {
  return readdirSync(folder)
    .filter((file) => file.endsWith('.yaml'))
    .sort()
    .map((file) => join(folder, file))
}

function entriesOf(file: string, lang: string): Phrases {
  const { rest, lists } = liftLists(readFileSync(file, 'utf8'))
  const section = withLists(parse(rest), lists)
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
