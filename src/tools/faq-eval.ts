import { parseArgs } from 'node:util'
import { OFF_TOPIC } from '../desk/answers/phrases.ts'
import { crossValidate, knownRows, tryAll } from './faq-cross.ts'
import { readLibrary } from './faq-library.ts'
import { report } from './faq-report.ts'
import { readRows } from './faq-rows.ts'

const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: {
    bare: { type: 'boolean', default: false },
    simple: { type: 'boolean', default: false },
    misses: { type: 'boolean', default: false },
    locales: { type: 'string', default: 'locales' },
    parts: { type: 'string', default: '5' },
  },
})
const [file] = positionals
const parts = Number(values.parts)
if (!file || !Number.isInteger(parts) || parts < 2) {
  console.error(`npm run faq:eval -- FILE [--parts 5] [--misses] [--simple] [--bare] [--locales FOLDER]
  FILE       tab-separated: lang, question, topic ids (best first), kind, source
  --misses   every miss with its guesses
  --simple   the search that needs no training
  --bare     without the concepts of locales/words
  --locales  another folder of texts`)
  process.exit(2)
}

const library = readLibrary(values.locales)
if (values.bare) library.concepts = {}
const rows = readRows(file)
const known = knownRows(rows, library)
const tried =
  known > 0 ? crossValidate(rows, library, { parts, simple: values.simple }) : tryAll(rows, library, values.simple)
console.log(
  known > 0
    ? `${known} of ${rows.length} rows stand among the phrases: cross-validated in ${parts} parts`
    : `none of ${rows.length} rows stands among the phrases: asked of the whole`,
)
console.log(
  `${library.phrases.filter(({ id }) => id !== OFF_TOPIC).reduce((sum, { ask }) => sum + ask.length, 0)} phrasings\n`,
)
console.log(report(tried, values.misses))
console.log(`memory: ${Math.round(process.memoryUsage.rss() / 2 ** 20)} MiB with all that was learnt for this table`)
