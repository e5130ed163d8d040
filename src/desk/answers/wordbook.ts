import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from 'yaml'
import { z } from 'zod'
import type { ConceptTable } from './concepts.ts'
import { OFF_TOPIC, type Phrases } from './phrases.ts'

/** What the search knows beside the entries: words of one meaning, and questions about something else. */
export type Wordbook = { concepts: ConceptTable; offTopic: Phrases }

const Concepts = z.record(z.string(), z.string())
const Lines = z.record(z.string(), z.array(z.string()))

/** Reads `words/*.yaml` and `<language>/off-topic.yaml` below the folder of the texts. */
export function readWordbook(dir: string, langs: readonly string[]): Wordbook {
  const words = join(dir, 'words')
  const files = existsSync(words) ? readdirSync(words).filter((file) => file.endsWith('.yaml')) : []
  const tables = files.sort().map((file) => Concepts.parse(parse(readFileSync(join(words, file), 'utf8'))))
  const offTopic = langs.flatMap((lang) => {
    const file = join(dir, lang, 'off-topic.yaml')
    if (!existsSync(file)) return []
    const ask = Object.values(Lines.parse(parse(readFileSync(file, 'utf8')))).flat()
    return [{ id: OFF_TOPIC, lang, title: '', answer: '', ask, words: [] }]
  })
  return { concepts: Object.assign({}, ...tables), offTopic }
}
