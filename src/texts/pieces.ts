import type { FraudFile } from './faq.ts'
import type { LanguageSet, Sourced } from './set.ts'
import { type Fault, type Finding, faultAt, type Path, type Source } from './source.ts'

/** One text a person reads. `name` is the same in every language. */
export type Piece = {
  lang: string
  kind: 'phrase' | 'label' | 'answer' | 'step'
  name: string
  text: string
  source: Source
  path: Path
}

export const piecesOf = (language: LanguageSet): Piece[] => [
  ...phrasePieces(language),
  ...language.faq.flatMap((file) => faqPieces(language.lang, file)),
  ...(language.fraud ? fraudPieces(language.lang, language.fraud) : []),
  ...replyPieces(language),
  ...recoveryPieces(language),
]

export const faultIn = (piece: Piece, finding: Finding): Fault =>
  faultAt(piece.source, piece.path, { ...finding, message: `${piece.name}: ${finding.message}` })

const PLURAL = /_(zero|one|two|few|many|other)$/

/** A phrase in its plural forms is one phrase. */
export const withoutPlural = (name: string): string => name.replace(PLURAL, '')

export const pluralOf = (name: string): string | null => PLURAL.exec(name)?.[1] ?? null

const phrasePieces = ({ lang, phrases }: LanguageSet): Piece[] =>
  phrases.map(({ key, text, source, path }) => {
    const kind = /(^|\.)button\./.test(key) ? 'label' : 'phrase'
    return { lang, kind, name: key, text, source, path }
  })

const faqPieces = (lang: string, { source, data }: LanguageSet['faq'][number]): Piece[] => {
  const title: Piece = {
    lang,
    kind: 'label',
    name: `section ${data.section}, title`,
    text: data.title,
    source,
    path: ['title'],
  }
  const entries = data.entries.flatMap((entry, i): Piece[] => {
    const piece = (kind: Piece['kind'], field: 'title' | 'answer'): Piece => ({
      lang,
      kind,
      name: `${entry.id}, ${field}`,
      text: entry[field],
      source,
      path: ['entries', i, field],
    })
    return [piece('label', 'title'), piece('answer', 'answer')]
  })
  return [title, ...entries]
}

const fraudPieces = (lang: string, { source, data }: Sourced<FraudFile>): Piece[] =>
  Object.entries(data).flatMap(([field, value]) =>
    [value].flat().map((text, i): Piece => {
      const path = Array.isArray(value) ? [field, i] : [field]
      return { lang, kind: 'phrase', name: `fraud ${path.join(' ')}`, text, source, path }
    }),
  )

const replyPieces = ({ lang, replies }: LanguageSet): Piece[] =>
  (replies?.data ?? []).flatMap((reply, i): Piece[] => {
    const source = replies?.source as Source
    const name = `reply ${reply.id}`
    return [
      { lang, kind: 'label', name: `${name}, title`, text: reply.title, source, path: [i, 'title'] },
      // Two languages of it are shown in one message.
      { lang, kind: 'answer', name, text: reply.text, source, path: [i, 'text'] },
    ]
  })

const recoveryPieces = ({ lang, recovery }: LanguageSet): Piece[] =>
  (recovery?.data ?? []).flatMap((path, i): Piece[] => {
    const source = recovery?.source as Source
    const name = `recovery ${path.id}`
    const step = (text: string, j: number): Piece => ({
      lang,
      kind: 'step',
      name: `${name}, step ${j + 1}`,
      text,
      source,
      path: [i, 'steps', j],
    })
    return [
      { lang, kind: 'label', name: `${name}, title`, text: path.title, source, path: [i, 'title'] },
      ...path.steps.map(step),
    ]
  })
