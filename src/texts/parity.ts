import { placeholdersIn } from './facts.ts'
import { faultIn, type Piece, piecesOf, pluralOf, withoutPlural } from './pieces.ts'
import { BASE, type LanguageSet, WHOLE } from './set.ts'
import type { Fault } from './source.ts'

/** Languages say the same things: the same texts, the same placeholders, every plural form. */
export const checkParity = (languages: readonly LanguageSet[]): Fault[] => {
  const base = named(languages.find(({ lang }) => lang === BASE))
  return languages.flatMap((language) => {
    const own = named(language)
    return [
      ...pluralFaults(language.lang, own),
      ...[...own].flatMap(([name, pieces]) => againstBase(pieces, base.get(name))),
      ...(WHOLE.includes(language.lang) ? missing(language.lang, own, base) : []),
    ]
  })
}

type Named = Map<string, Piece[]>

const named = (language: LanguageSet | undefined): Named => {
  const pieces = language ? piecesOf(language) : []
  const groups: Named = new Map()
  for (const piece of pieces) {
    const name = withoutPlural(piece.name)
    groups.set(name, [...(groups.get(name) ?? []), piece])
  }
  return groups
}

const againstBase = (pieces: readonly Piece[], base: readonly Piece[] | undefined): Fault[] => {
  const [first] = pieces
  if (!first) return []
  const remedy = 'Use the same placeholders in every language'
  if (!base) return [faultIn(first, { message: `is not in ${BASE}`, remedy: `Add it to ${BASE}, or take it out here` })]
  const own = placeholders(pieces)
  const wanted = placeholders(base)
  const lost = [...wanted].filter((name) => !own.has(name)).map((name) => `lacks {{${name}}}, which ${BASE} has`)
  const more = [...own].filter((name) => !wanted.has(name)).map((name) => `has {{${name}}}, which ${BASE} lacks`)
  return [...lost, ...more].map((message) => faultIn(first, { message, remedy }))
}

const placeholders = (pieces: readonly Piece[]): Set<string> =>
  new Set(pieces.flatMap((piece) => [...placeholdersIn(piece.text)]))

const missing = (lang: string, own: Named, base: Named): Fault[] =>
  [...base].flatMap(([name, [piece]]) => {
    if (own.has(name) || !piece) return []
    return [faultIn(piece, { message: `is missing in ${lang}`, remedy: `Translate it in locales/${lang}` })]
  })

const pluralFaults = (lang: string, own: Named): Fault[] => {
  const needed = pluralForms(lang)
  return [...own.values()].flatMap((pieces) => {
    const forms = pieces.flatMap((piece) => pluralOf(piece.name) ?? [])
    const [first] = pieces
    if (forms.length === 0 || !first) return []
    const lost = needed.filter((form) => !forms.includes(form))
    const remedy = `${lang} needs ${needed.join(', ')}`
    return lost.map((form) => faultIn(first, { message: `has no form _${form}`, remedy }))
  })
}

/** The forms that whole numbers need; Russian also has a form for fractions, which nothing here counts. */
const pluralForms = (lang: string): string[] => {
  const rules = new Intl.PluralRules(lang)
  return [...new Set(Array.from({ length: 201 }, (_, count) => rules.select(count)))]
}
