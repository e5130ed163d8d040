import { checkTextSet } from '../texts/check.ts'
import { withoutPlural } from '../texts/pieces.ts'
import { type Phrase, readTextSet } from '../texts/set.ts'
import { type Fault, faultAt } from '../texts/source.ts'
import { LOCALES } from '../texts.ts'
import { type SourceFile, sourceFiles } from './source-files.ts'

/** Phrases below these are asked for by a key that no source spells out. */
const ASKED_INDIRECTLY: readonly string[] = []

/** Every fault of the texts, those of the running bot included, with the phrases nobody asks for or nobody wrote. */
export const checkLocales = (dir: URL | string = LOCALES, sources: SourceFile[] = sourceFiles('src')): Fault[] => {
  const set = readTextSet(dir)
  const today = new Date().toISOString().slice(0, 10)
  const phrases = set.languages[0]?.phrases ?? []
  const inTexts = [...set.faults, ...checkTextSet(set, today), ...unused(phrases, sources)]
  return [...inTexts.map((fault) => ({ ...fault, file: `locales/${fault.file}` })), ...unknown(phrases, sources)]
}

const unused = (phrases: readonly Phrase[], sources: readonly SourceFile[]): Fault[] => {
  const literals = new Set<string>()
  const patterns: RegExp[] = []
  for (const { text } of sources) {
    for (const [, literal] of text.matchAll(/['"]([a-z][\w.]*)['"]/g)) if (literal) literals.add(literal)
    for (const [, template] of text.matchAll(/`([a-z][\w.]*\.(?:[\w.]|\$\{[^}`]*\})*)`/g)) {
      if (template?.includes('${')) patterns.push(patternOf(template))
    }
  }
  const asked = (key: string): boolean =>
    literals.has(key) ||
    patterns.some((pattern) => pattern.test(key)) ||
    ASKED_INDIRECTLY.some((prefix) => key.startsWith(prefix))
  const message = (key: string) => `${key}: no source asks for this phrase`
  const remedy = 'Take it out in every language, or correct the key where it is asked for'
  return phrases
    .filter(({ key }) => !asked(withoutPlural(key)) && !asked(key))
    .map(({ key, source, path }) => faultAt(source, path, { message: message(key), remedy }))
}

// t('menu.here'), ctx.t('menu.here', …), texts.t(lang, `menu.${word}`)
const CALL = /\bt\(\s*(?:[\w.?!]+(?:\([\w., ]*\))?,\s*)?(?:['"]([^'"]+)['"]|`([^`]+)`)/g

const unknown = (phrases: readonly Phrase[], sources: readonly SourceFile[]): Fault[] => {
  const keys = new Set(phrases.flatMap(({ key }) => [key, withoutPlural(key)]))
  return sources.flatMap(({ path, text }) =>
    [...text.matchAll(CALL)].flatMap((call): Fault[] => {
      const [, literal, template = ''] = call
      const pattern = patternOf(template)
      if (literal ? keys.has(literal) : [...keys].some((key) => pattern.test(key))) return []
      const line = text.slice(0, call.index).split('\n').length
      const message = `asks for the phrase ${literal ?? template}, which is not in locales`
      const remedy = 'Add it to citizen.json or operator.json in every language'
      return [{ severity: 'error', file: path, line, message, remedy }]
    }),
  )
}

const patternOf = (template: string): RegExp =>
  new RegExp(`^${template.replaceAll('.', String.raw`\.`).replaceAll(/\$\{[^}]*\}/g, '.+')}$`)
