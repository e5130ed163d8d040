import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from 'yaml'
import { z } from 'zod'
import type { ConceptTable } from './concepts.ts'
import { OFF_TOPIC, type Phrases } from './phrases.ts'

/** What the search knows beside the entries: words of one meaning, more phrasings of entries, and what is none of them. */
export type Wordbook = { concepts: ConceptTable; phrases: Phrases }

const Concepts = z.record(z.string(), z.string())
const Lines = z.record(z.string(), z.array(z.string()))

/**
 * Reads `words/*.yaml`, `<language>/asked/*.yaml` and `<language>/off-topic.yaml` below the folder of the texts.
 * Phrasings of entries that are not there are left out: they must never be found.
 */
export function readWordbook(dir: string, langs: readonly string[], ids: ReadonlySet<string>): Wordbook {
  const tables = yamlIn(join(dir, 'words')).map((file) => Concepts.parse(read(file)))
  const phrases = langs.flatMap((lang) => {
    const asked = yamlIn(join(dir, lang, 'asked')).flatMap((file) => Object.entries(Lines.parse(read(file))))
    const off = Object.values(Lines.parse(existing(join(dir, lang, 'off-topic.yaml')))).flat()
    const known: [string, string[]][] = [...asked.filter(([id]) => ids.has(id)), [OFF_TOPIC, off]]
    return known.map(([id, ask]) => ({ id, lang, title: '', answer: '', ask, words: [] }))
  })
  return { concepts: Object.assign({}, ...tables), phrases }
}

function yamlIn(folder: string): string[] {
  if (!existsSync(folder)) return []
  const files = readdirSync(folder).filter((file) => file.endsWith('.yaml'))
  return files.sort().map((file) => join(folder, file))
}

function existing(file: string): unknown {
  return existsSync(file) ? read(file) : {}
}

function read(file: string): unknown {
  return parse(readFileSync(file, 'utf8')) ?? {}
}
