import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { answersOf, type Fill } from './texts/answers.ts'
import { checkTextSet } from './texts/check.ts'
import { type Fact, factText, fillFacts, isVerified } from './texts/facts.ts'
import { type Entry, type FraudFile, IN_REPLIES, type Reply, type Section } from './texts/faq.ts'
import { hoursText } from './texts/hours.ts'
import { type PeopleRules, USUAL_PEOPLE } from './texts/people.ts'
import { phrasesOf } from './texts/phrases.ts'
import type { RecoveryPath } from './texts/recovery.ts'
import type { FactFile, Retention, ScheduleData } from './texts/schema.ts'
import { BASE, readTextSet, type TextSet } from './texts/set.ts'
import { TextsError } from './texts/source.ts'
import { type Stock, stockOf } from './texts/stock.ts'
import { type Targets, targetsSchema } from './texts/targets.ts'
import { type Waiting, waitingOf } from './texts/waiting.ts'

export type Vars = Record<string, string | number>
export type Fraud = FraudFile
export type { Entry, Fact, PeopleRules, Reply, Retention, ScheduleData, Section, Targets, Waiting }

export type Texts = {
  version: string
  langs: readonly string[]
  /** Telegram's language_code → the language we speak with this person. */
  lang(code: string | null | undefined): string
  /** Telegram HTML with every value escaped; `{{fact.…}}` and `{{hours}}` are always there, plurals go by `count`. */
  t(lang: string, key: string, vars?: Vars): string
  has(lang: string, key: string): boolean
  sections(lang: string): Section[]
  entry(lang: string, id: string): Entry | null
  entries(lang: string): Entry[]
  fraud(lang: string): Fraud
  replies(lang: string): Reply[]
  /** Ways back into the account, in the order in which they are offered. */
  recovery(lang: string): RecoveryPath[]
  /** Where a file of a canned reply lies, named by its way from locales/. */
  filePath(name: string): string
  /** Plain text: the value while its check holds, otherwise where to look it up. */
  fact(lang: string, key: string): string
  facts(): readonly Fact[]
  /** Whether a check of this value holds on that day (2026-01-31). */
  isVerified(fact: Fact, today: string): boolean
  /** Plain text: the week of a line, or of the desk. */
  hours(lang: string, line?: string | null): string
  schedule: ScheduleData
  retention: Retention
  /** How the people of the desk work: capacity, shifts, terms. */
  people: PeopleRules
  /** Plans and limits of the desk. */
  targets: Targets
  /** How long people of a line wait before something is offered, asked or ended. */
  waiting(line: string): Waiting
  /** For telling what differs from another set. */
  stock: Stock
}

export type TextsOptions = {
  showUnverified?: boolean
  strict?: boolean
  /** The ledger of checks: until which date somebody's check of this value holds. Asked each time, so it may change. */
  checkedUntil?: (hash: string) => string | null
  today?: () => string
  onWarning?: (message: string) => void
}

export const LOCALES = new URL('../locales/', import.meta.url)

/** Reads and checks the whole folder; throws TextsError with every fault, each with its file, line and remedy. */
export const loadTexts = (dir: URL | string = LOCALES, options: TextsOptions = {}): Texts => {
  const set = readTextSet(dir)
  const faults = [...set.faults, ...checkTextSet(set, options.today?.() ?? utcDate())]
  const errors = faults.filter((fault) => fault.severity === 'error')
  const { facts, schedule, retention } = set
  if (errors.length > 0 || !facts || !schedule || !retention) throw new TextsError(errors)
  const root = dir instanceof URL ? fileURLToPath(dir) : dir
  return textsOf({ ...set, root }, { facts: facts.data, schedule: schedule.data, retention: retention.data }, options)
}

type Data = { facts: FactFile; schedule: ScheduleData; retention: Retention }

const textsOf = (
  set: TextSet & { root: string },
  { facts, schedule, retention }: Data,
  options: TextsOptions,
): Texts => {
  const { showUnverified = false, strict = false, today = utcDate, onWarning = () => {}, checkedUntil } = options
  const named = new Map(Object.entries(facts).map(([key, one]) => [key, { key, ...one }]))
  const inOrder = [...named.values()]
  const fact = (lang: string, key: string): string => {
    const found = named.get(key)
    if (!found) throw new Error(`no fact ${key}`)
    return factText(found, lang, { showUnverified, today, checkedUntil })
  }
  const hours = remembered((lang: string, line: string | null = null) => hoursText(schedule, line, lang))
  const fill: Fill = (lang, line) => (html) =>
    fillFacts(html, (name) =>
      name === 'hours' ? hours(lang, line) : IN_REPLIES.has(name) ? null : fact(lang, name.replace(/^fact\./, '')),
    )
  const langs = set.languages.map(({ lang }) => lang)
  const phrases = phrasesOf(set.languages, { strict, onWarning })
  const always = new Map(langs.map((lang) => [lang, alwaysThere(Object.keys(facts), fact.bind(null, lang))]))
  return {
    ...answersOf(set.languages, fill),
    version: set.version,
    langs,
    lang: (code) => languageOf(code, langs),
    t: (lang, key, vars) => phrases.t(lang, key, { hours: hours(lang), ...always.get(lang), ...vars }),
    has: phrases.has,
    filePath: (name) => join(set.root, name),
    fact,
    facts: () => inOrder,
    isVerified: (one, on) => isVerified(one, on, checkedUntil),
    hours,
    schedule,
    retention,
    people: set.people?.data ?? USUAL_PEOPLE,
    targets: set.targets?.data ?? targetsSchema.parse({}),
    waiting: (line) => waitingOf(set.waiting?.data ?? null, line),
    stock: stockOf(set),
  }
}

// The schedule of a loaded set never changes, and every phrase may name the hours.
const remembered = (textOf: (lang: string, line?: string | null) => string) => {
  const known = new Map<string, string>()
  return (lang: string, line: string | null = null): string => {
    const key = `${lang}:${line}`
    const text = known.get(key) ?? textOf(lang, line)
    known.set(key, text)
    return text
  }
}

// Getters: a fact may expire while the bot runs.
const alwaysThere = (keys: readonly string[], fact: (key: string) => string) => {
  const facts: Record<string, string> = {}
  for (const key of keys) Object.defineProperty(facts, key, { get: () => fact(key), enumerable: true })
  return { fact: facts }
}

// Languages of people who mostly read Russian better than English; ISO 639-1, the codes Telegram sends.
const READ_RUSSIAN = new Set('ab av az ba be ce cv hy kk kv ky mn mo os tg tk tt uk uz'.split(' '))

const languageOf = (code: string | null | undefined, langs: readonly string[]): string => {
  const exact = code?.toLowerCase().replaceAll('_', '-') ?? BASE
  if (langs.includes(exact)) return exact
  const prefix = exact.split('-')[0] ?? ''
  if (langs.includes(prefix)) return prefix
  return READ_RUSSIAN.has(prefix) || !langs.includes('en') ? BASE : 'en'
}

const utcDate = (): string => new Date().toISOString().slice(0, 10)
