import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { z } from 'zod'
import { type FaqFile, type FraudFile, faqSchema, fraudSchema, type Reply, repliesSchema } from './faq.ts'
import { type PeopleRules, peopleSchema } from './people.ts'
import { type RecoveryFile, recoverySchema } from './recovery.ts'
import {
  type FactFile,
  factsSchema,
  type Retention,
  retentionSchema,
  type ScheduleData,
  scheduleSchema,
} from './schema.ts'
import { type Fault, faultAt, type Path, readFiles, readSource, type Source, shaped } from './source.ts'
import { type Targets, targetsSchema } from './targets.ts'
import { type WaitingFile, waitingSchema } from './waiting.ts'

export type Sourced<T> = { source: Source; data: T }
export type Phrase = { key: string; text: string; source: Source; path: Path }
export type LanguageSet = {
  lang: string
  phrases: Phrase[]
  faq: Sourced<FaqFile>[]
  fraud: Sourced<FraudFile> | null
  replies: Sourced<Reply[]> | null
  recovery: Sourced<RecoveryFile> | null
}
/** Everything below `locales/`, read and of the right shape, but not yet held against each other. */
export type TextSet = {
  version: string
  languages: LanguageSet[]
  facts: Sourced<FactFile> | null
  schedule: Sourced<ScheduleData> | null
  retention: Sourced<Retention> | null
  people: Sourced<PeopleRules> | null
  /** Null: the file is left out, and the desk keeps to what is usual. */
  targets: Sourced<Targets> | null
  waiting: Sourced<WaitingFile> | null
  /** More phrasings of entries, which only the search reads. */
  asked: Sourced<Record<string, string[]>>[]
  faults: Fault[]
}

/** These two are whole; any other language may hold a part and borrows the rest from the base. */
export const BASE = 'ru'
export const WHOLE: readonly string[] = [BASE, 'en']

const PHRASE_FILES = ['citizen.json', 'operator.json']
/** Further files split the words by theme; a language may keep all its words in the two files above. */
const MORE_PHRASES = /^[a-z-]+\/(?!(citizen|operator)\.json$)[a-z-]+\.json$/

/** What the search reads by itself: held to its shape here, where a fault has a line. */
const WORDS = z.record(z.string(), z.string())
const LINES = z.record(z.string(), z.array(z.string()))
const ASKED = /^[a-z-]+\/asked\/.+\.yaml$/

export const readTextSet = (dir: URL | string): TextSet => {
  const { files, version } = readFiles(dir)
  const faults: Fault[] = []
  const root = dir instanceof URL ? fileURLToPath(dir) : dir
  const reader: Reader = { root, files, faults, optional: false }
  const langs = [...files.keys()].filter((path) => /^[a-z-]+\/citizen\.json$/.test(path)).map(folderOf)
  for (const lang of WHOLE) if (!langs.includes(lang)) langs.push(lang)
  langs.sort((a, b) => rank(a) - rank(b) || a.localeCompare(b))
  const paths = [...files.keys()]
  const set = {
    version,
    languages: langs.map((lang) => readLanguage(reader, lang)),
    facts: read(reader, 'facts.yaml', factsSchema),
    schedule: read(reader, 'schedule.yaml', scheduleSchema),
    retention: read(reader, 'retention.yaml', retentionSchema),
    people: read<PeopleRules>({ ...reader, optional: true }, 'desk.yaml', peopleSchema),
    targets: read({ ...reader, optional: true }, 'targets.yaml', targetsSchema),
    waiting: read({ ...reader, optional: true }, 'waiting.yaml', waitingSchema),
    asked: paths.filter((file) => ASKED.test(file)).flatMap((file) => read(reader, file, LINES) ?? []),
    faults,
  }
  for (const file of paths) {
    if (!isExpected(file, langs)) faults.push(unexpected(file))
    if (/^words\//.test(file)) read(reader, file, WORDS)
    if (/^[a-z-]+\/off-topic\.yaml$/.test(file)) read(reader, file, LINES)
  }
  return set
}

type Reader = { root: string; files: Map<string, string>; faults: Fault[]; optional: boolean }

const readLanguage = (all: Reader, lang: string): LanguageSet => {
  const reader = { ...all, optional: !WHOLE.includes(lang) }
  const faqFiles = [...reader.files.keys()].filter((path) => path.startsWith(`${lang}/faq/`))
  const more = [...reader.files.keys()].filter((path) => path.startsWith(`${lang}/`) && MORE_PHRASES.test(path)).sort()
  return {
    lang,
    phrases: [
      ...PHRASE_FILES.flatMap((name) => readPhrases(reader, `${lang}/${name}`)),
      ...more.flatMap((file) => readPhrases(reader, file)),
    ],
    faq: faqFiles.flatMap((file) => read(reader, file, faqSchema) ?? []),
    fraud: read(reader, `${lang}/fraud.yaml`, fraudSchema),
    replies: withFiles(reader, lang, read(reader, `${lang}/replies.yaml`, repliesSchema)),
    recovery: read({ ...reader, optional: true }, `${lang}/recovery.yaml`, recoverySchema),
  }
}

/** A file that a reply goes with has to be there. */
const withFiles = (reader: Reader, lang: string, replies: Sourced<Reply[]> | null): typeof replies => {
  for (const [n, { id, file }] of (replies?.data ?? []).entries()) {
    if (!replies || file === undefined || existsSync(join(reader.root, lang, 'files', file))) continue
    const message = `reply ${id} goes with ${file}, which is not there`
    reader.faults.push(faultAt(replies.source, [n, 'file'], { message, remedy: `Put it into ${lang}/files` }))
  }
  return replies
}

const readPhrases = (reader: Reader, file: string): Phrase[] => {
  const source = open(reader, file)
  return source?.data ? phrasesIn(source, [], reader.faults) : []
}

const phrasesIn = (source: Source, path: string[], faults: Fault[]): Phrase[] => {
  const value = path.reduce<unknown>((tree, step) => (tree as Record<string, unknown>)[step], source.data)
  if (typeof value === 'string' && value.trim() !== '') return [{ key: path.join('.'), text: value, source, path }]
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    faults.push(
      faultAt(source, path, { message: `${path.join('.')} is no phrase`, remedy: 'Write a sentence in quotes' }),
    )
    return []
  }
  return Object.keys(value).flatMap((key) => {
    if (!/^[A-Za-z0-9_-]+$/.test(key)) {
      const remedy = 'Use Latin letters, digits and _'
      faults.push(faultAt(source, [...path, key], { message: `${key} is no key`, remedy }))
    }
    return phrasesIn(source, [...path, key], faults)
  })
}

const open = ({ files, faults, optional }: Reader, file: string): Source | null => {
  const content = files.get(file)
  if (content !== undefined) return readSource(file, content, faults)
  const remedy = 'Put the file back, or copy its neighbour and translate it'
  if (!optional) faults.push({ severity: 'error', file, line: 1, message: 'the file is missing', remedy })
  return null
}

const read = <T>(reader: Reader, file: string, schema: z.ZodType<T>): Sourced<T> | null => {
  const source = open(reader, file)
  const data = source && shaped(source, schema, reader.faults)
  return source && data ? { source, data } : null
}

const isExpected = (file: string, langs: readonly string[]): boolean =>
  ['facts.yaml', 'schedule.yaml', 'retention.yaml', 'desk.yaml', 'targets.yaml', 'waiting.yaml'].includes(file) ||
  /^words\/[a-z_-]+\.yaml$/.test(file) ||
  (langs.includes(folderOf(file)) &&
    /^[a-z-]+\/([a-z-]+\.json|(fraud|replies|off-topic|recovery)\.yaml|(faq|asked)\/[a-z_-]+\.yaml)$/.test(file))

const unexpected = (file: string): Fault => {
  const remedy = 'Name it like its neighbours; a new language starts with its citizen.json'
  return { severity: 'error', file, line: 1, message: 'nothing reads this file', remedy }
}

const folderOf = (path: string): string => path.split('/')[0] ?? ''

const rank = (lang: string): number => (WHOLE.includes(lang) ? WHOLE.indexOf(lang) : WHOLE.length)
