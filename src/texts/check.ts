import { isVerified } from './facts.ts'
import { checkParity } from './parity.ts'
import { checkPiece } from './piece-check.ts'
import { piecesOf } from './pieces.ts'
import type { LanguageSet, TextSet } from './set.ts'
import { type Fault, faultAt } from './source.ts'
import { waitingFaults } from './waiting.ts'

/** Holds the texts against each other and against what Telegram takes. */
export const checkTextSet = (set: TextSet, today: string): Fault[] => {
  const { facts, languages } = set
  const pieces = facts ? languages.flatMap(piecesOf) : []
  const single = pieces.flatMap((piece) => checkPiece(piece, facts?.data ?? {}))
  const warnings = factWarnings(set, today)
  // A file that cannot be read would make every text in it a missing one.
  if (set.faults.length > 0) return [...single, ...warnings]
  return [
    ...single,
    ...checkParity(languages),
    ...languages.flatMap(doubleFaults),
    ...faqFaults(languages),
    ...recoveryFaults(languages),
    ...waitingFaults(set),
    ...askedWarnings(set),
    ...warnings,
  ]
}

const doubleFaults = (language: LanguageSet): Fault[] => {
  const seen = new Set<string>()
  return piecesOf(language).flatMap(({ name, source, path }) => {
    if (!seen.has(name)) return seen.add(name) && []
    const remedy = 'Rename one of the two or take it out'
    return [faultAt(source, path, { message: `${name} is there twice`, remedy })]
  })
}

const faqFaults = (languages: readonly LanguageSet[]): Fault[] => {
  const base = new Set(languages[0]?.faq.flatMap(({ data }) => data.entries.map((entry) => entry.id)))
  return languages.flatMap(({ faq }) =>
    faq.flatMap(({ source, data }) =>
      data.entries.flatMap((entry, i) =>
        entry.see.flatMap((id, j) => {
          const remedy = 'Name an entry that exists, or take the reference out'
          if (base.has(id) && id !== entry.id) return []
          const message = `${entry.id} points at ${id}, which ${id === entry.id ? 'is itself' : 'is not there'}`
          return [faultAt(source, ['entries', i, 'see', j], { message, remedy })]
        }),
      ),
    ),
  )
}

const recoveryFaults = (languages: readonly LanguageSet[]): Fault[] => {
  const entries = new Set(languages[0]?.faq.flatMap(({ data }) => data.entries.map((entry) => entry.id)))
  return languages.flatMap(({ recovery }) =>
    (recovery?.data ?? []).flatMap(({ id, entry }, i) => {
      const message = `recovery ${id} belongs to ${entry}, which is not there`
      const remedy = 'Name an entry that exists'
      return recovery && !entries.has(entry) ? [faultAt(recovery.source, [i, 'entry'], { message, remedy })] : []
    }),
  )
}

/** Nobody is misled by phrasings of an entry that is gone, so they keep nothing from being loaded. */
const askedWarnings = ({ asked, languages }: TextSet): Fault[] => {
  const entries = new Set(languages[0]?.faq.flatMap(({ data }) => data.entries.map((entry) => entry.id)))
  return asked.flatMap(({ source, data }) =>
    Object.keys(data)
      .filter((id) => !entries.has(id))
      .map((id) => {
        const message = `${id} is asked for here and is no entry`
        const remedy = 'Name an entry that exists, or take its phrasings out'
        return { ...faultAt(source, [id], { message, remedy }), severity: 'warning' as const }
      }),
  )
}

/** An expired fact must not keep the desk from starting: citizens see its pointer from that day on. */
const factWarnings = ({ facts }: TextSet, today: string): Fault[] =>
  Object.entries(facts?.data ?? {}).flatMap(([key, fact]) => {
    if (!facts || isVerified({ key, ...fact }, today)) return []
    const expired = fact.checked !== null && fact.expires !== null
    const message = expired
      ? `fact ${key} expired on ${fact.expires}, citizens see its pointer`
      : `fact ${key} is to be verified, citizens see its pointer`
    const remedy = 'Have a person check it and write the date into `checked`'
    return [{ ...faultAt(facts.source, [key], { message, remedy }), severity: 'warning' as const }]
  })
