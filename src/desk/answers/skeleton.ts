import { stringify } from 'yaml'
import type { Texts } from '../../texts.ts'
import { normalise, wordsOf } from './normalise.ts'
import type { Finder } from './search.ts'

/** An entry still to be written. An empty title or answer keeps the old texts in use, so no citizen reads half an entry. */
export type Skeleton = { id: string; section: string; entries: { lang: string; entry: EntryDraft }[] }
export type EntryDraft = { id: string; title: string; answer: string; ask: string[] }

const MOST_TITLE = 34

/** From questions as people asked them: an id, the section of what is nearest, and the same entry in every whole language. */
export const skeletonOf = (texts: Texts, finder: Finder, asked: string[]): Skeleton => {
  const [question = ''] = asked
  const nearest = finder.find(question).entries[0]?.id ?? ''
  const base = texts.langs[0] ?? 'ru'
  const entry = texts.entry(base, nearest) ?? texts.entries(base)[0]
  const section = entry?.section ?? ''
  const taken = new Set(texts.entries(base).map((one) => one.id))
  const id = free(`${(entry?.id ?? section).split('.')[0]}.${slugOf(question)}`, taken)
  const own = /[а-яё]/i.test(question) ? 'ru' : 'en'
  const entries = texts.langs.map((lang) => ({
    lang,
    entry: { id, title: lang === own ? titleOf(question) : '', answer: '', ask: lang === own ? asked : [] },
  }))
  return { id, section, entries }
}

/** As it stands below `entries:` in a section's file. */
export const asYaml = ({ id, title, answer, ask }: EntryDraft): string => {
  const body = stringify([{ id, title, answer, ask }], { lineWidth: 0 })
  return body
    .trimEnd()
    .split('\n')
    .map((line) => `  ${line}`)
    .join('\n')
}

/** Whole words, as many as fit on a button. */
const titleOf = (question: string): string => {
  const words = question.toWellFormed().trim().split(/\s+/)
  const title = words.reduce((said, word) => (`${said} ${word}`.length <= MOST_TITLE ? `${said} ${word}` : said))
  return title.charAt(0).toUpperCase() + title.slice(1, MOST_TITLE)
}

const slugOf = (question: string): string => {
  const words = wordsOf(normalise(question))
    .map((word) => [...word].map((letter) => LATIN[letter] ?? letter).join(''))
    .map((word) => word.replace(/[^a-z]/g, ''))
    .filter((word) => word.length > 2)
  return words.slice(0, 3).join('_').slice(0, 24).replace(/_+$/, '') || 'new'
}

const free = (id: string, taken: Set<string>): string => (taken.has(id) ? free(`${id}_more`, taken) : id)

const LATIN: Record<string, string> = Object.fromEntries(
  [...'абвгдезийклмнопрстуфхцчшщъыьэюя'].map((letter, at) => [
    letter,
    'a b v g d e z i y k l m n o p r s t u f kh ts ch sh sch  y  e yu ya'.split(' ')[at] ?? '',
  ]),
)
LATIN.ж = 'zh'
