import { parseArgs } from 'node:util'
import { trainModel } from '../desk/answers/model.ts'
import { OFF_TOPIC, type Phrases } from '../desk/answers/phrases.ts'
import { createFinder } from '../desk/answers/search.ts'
import { readLibrary } from './faq-library.ts'
import { report } from './faq-report.ts'
import { partOf, type Row, readRows, rowsAsPhrases, without } from './faq-rows.ts'
import type { Tried } from './faq-score.ts'

const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: {
    rows: { type: 'boolean', default: false },
    bare: { type: 'boolean', default: false },
    simple: { type: 'boolean', default: false },
    locales: { type: 'string', default: 'locales' },
    detail: { type: 'boolean', default: false },
    parts: { type: 'string', default: '5' },
  },
})
const [file] = positionals
if (!file) {
  console.error(`npm run faq:eval -- FILE [--rows] [--bare] [--simple] [--parts 5] [--detail]
  FILE      tab-separated: lang, question, topic ids, kind, source
  --rows    the rows of FILE (but kind real) are phrasings too, the held-out part never
  --bare    without the phrases of locales/
  --simple  the search that needs no training
  --locales another folder of texts
  --detail  a table by entry and every miss`)
  process.exit(2)
}
const { phrases, concepts } = readLibrary(values.locales)
const learnt = values.bare ? phrases.filter(({ id }) => id === OFF_TOPIC) : phrases
console.log(report(crossValidate(readRows(file), learnt, Number(values.parts)), values.detail))

/** Every row is asked of a finder that never saw it: what says the same in the phrases is taken out first. */
function crossValidate(rows: Row[], phrases: Phrases, parts: number): Tried[] {
  return Array.from({ length: parts }, (_, part) => part).flatMap((part) => {
    const held = rows.filter((row) => partOf(row.question, parts) === part)
    const shown = values.rows ? rowsAsPhrases(rows.filter((row) => partOf(row.question, parts) !== part)) : []
    const known = [...without(phrases, held), ...shown]
    const model = values.simple ? null : trainModel(known, concepts)
    const finder = createFinder(known, { concepts, model })
    for (const row of held) finder.find(row.question)
    return held.map((row) => {
      const start = performance.now()
      const found = finder.find(row.question)
      return { row, found, ms: performance.now() - start }
    })
  })
}
