import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from 'yaml'
import { z } from 'zod'
import { liftLists, withLists } from '../../texts/lists.ts'
import type { ConceptTable } from './concepts.ts'
import { OFF_TOPIC, type Phrases } from './phrases.ts'

/** What the search knows beside the entries: words of one meaning, more phrasings of entries, and what is none of them. */
export type Wordbook = { concepts: ConceptTable; phrases: Phrases }

const TURNS_A_NAME = 4
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
    const { turns = [], names = [], ...off } = Lines.parse(existing(join(dir, lang, 'off-topic.yaml')))
    const elsewhere = [...Object.values(off).flat(), ...named(turns, names)]
    const known: [string, string[]][] = [...asked.filter(([id]) => ids.has(id)), [OFF_TOPIC, elsewhere]]
    return known.map(([id, ask]) => ({ id, lang, title: '', answer: '', ask, words: [] }))
  })
  return { concepts: Object.assign({}, ...tables), phrases }
}

/** Our turns of phrase about other people's things: enough of them to learn that the name decides, not the turn. */
function named(turns: string[], names: string[]): string[] {
  const each = Math.min(TURNS_A_NAME, turns.length)
  return names.flatMap((name, at) =>
    Array.from({ length: each }, (_, step) => (turns[(at * 7 + step * 11) % turns.length] ?? '…').replace('…', name)),
  )
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
  const { rest, lists } = liftLists(readFileSync(file, 'utf8'))
  return withLists(parse(rest), lists) ?? {}
}
