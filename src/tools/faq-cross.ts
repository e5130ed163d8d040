import type { Library } from '../desk/answers/kept-model.ts'
import { trainModel } from '../desk/answers/model.ts'
import { normalise } from '../desk/answers/normalise.ts'
import { createFinder, type Finder, type Found } from '../desk/answers/search.ts'
import { smallTalk } from '../desk/answers/small-talk.ts'
import { partOf, type Row, without } from './faq-rows.ts'
import type { Tried } from './faq-score.ts'

type Way = { parts: number; simple?: boolean }

/** Every row is asked of a finder that never saw it: what says the same in the phrases is taken out first. */
export function crossValidate(rows: Row[], { phrases, concepts }: Library, { parts, simple = false }: Way): Tried[] {
  return Array.from({ length: parts }, (_, part) => part).flatMap((part) => {
    const held = rows.filter((row) => partOf(row.question, parts) === part)
    return tryAll(held, { phrases: without(phrases, held), concepts }, simple)
  })
}

/** Rows that are strange to the phrases need nothing taken out. */
export function tryAll(rows: Row[], { phrases, concepts }: Library, simple = false): Tried[] {
  const finder = createFinder(phrases, { concepts, model: simple ? null : trainModel(phrases, concepts) })
  for (const row of rows) askAsDesk(finder, row.question)
  return rows.map((row) => {
    const start = performance.now()
    const found = askAsDesk(finder, row.question)
    return { row, found, ms: performance.now() - start }
  })
}

/** How many rows stand letter for letter among the phrases. */
export function knownRows(rows: Row[], { phrases }: Library): number {
  const lines = new Set(phrases.flatMap((entry) => entry.ask.map(normalise)))
  return rows.filter((row) => lines.has(normalise(row.question))).length
}

/** What is no question at all never reaches the search; a wish for a person has an entry of its own. */
export function askAsDesk(finder: Finder, question: string): Found {
  const talk = smallTalk(question)
  const found = finder.find(question)
  return talk === null || talk === 'person' ? found : { ...found, verdict: 'none' }
}
