import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { createFinder } from '../desk/answers/search.ts'
import { skeletonOf } from '../desk/answers/skeleton.ts'
import { LOCALES, loadTexts } from '../texts.ts'
import { sectionIn, withEntry } from './faq-entry.ts'

const USAGE = `npm run faq:new -- "a question as people ask it" ["another wording" …]
  --section ID     instead of the section of the nearest entry
  --locales DIR    another folder of texts`

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { section: { type: 'string' }, locales: { type: 'string' } },
})
if (positionals.length === 0) {
  console.error(USAGE)
  process.exit(2)
}

const dir = values.locales ?? fileURLToPath(LOCALES)
const texts = loadTexts(dir)
const phrases = texts.langs.flatMap((lang) => texts.entries(lang).map((entry) => ({ ...entry, lang })))
const skeleton = skeletonOf(texts, createFinder(phrases), positionals)
const section = values.section ?? skeleton.section
console.log(`${skeleton.id}, section ${section}`)
for (const { lang, entry } of skeleton.entries) {
  const written = write(lang, section, entry)
  console.log(written ?? `${lang}: no file of this section; it borrows the entry from the first language`)
}
console.log('Write title and answer where they are empty. Until then the bot goes on with the texts it has.')

function write(lang: string, wanted: string, entry: (typeof skeleton.entries)[number]['entry']): string | null {
  const folder = join(dir, lang, 'faq')
  for (const name of filesIn(folder)) {
    const content = readFileSync(join(folder, name), 'utf8')
    const made = sectionIn(content) === wanted ? withEntry(content, entry) : null
    if (!made) continue
    writeFileSync(join(folder, name), made.content)
    return `${join(lang, 'faq', name)}:${made.line}`
  }
  return null
}

function filesIn(folder: string): string[] {
  try {
    return readdirSync(folder).filter((name) => name.endsWith('.yaml'))
  } catch {
    return []
  }
}
