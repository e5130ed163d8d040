import { execFileSync } from 'node:child_process'

import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { TextsError } from '../../src/texts/source.ts'
import { loadTexts } from '../../src/texts.ts'
import { withEntry } from '../../src/tools/faq-entry.ts'
import { projectFolder } from '../../src/tools/source-files.ts'
import { wordsFolder } from '../words-folder.ts'

const FILE = `# Kept: who reads this section.
section:   access
entries:
  - id: access.one
    title: 'One'   # kept
    answer: |
      Line.

      Another line that is longer than eighty characters, so that a printer of YAML would break it in two.
    ask: [a, b]

# The end of the file.
`
const entry = { id: 'access.two', title: 'Two: what', answer: '', ask: ['why?', 'how'] }

test('an entry is put at the end, and every other line stays as it was', () => {
  const made = withEntry(FILE, entry)
  const own = `  - id: access.two
    title: "Two: what"
    answer: ""
    ask:
      - why?
      - how
`
  expect(made?.content.replace(own, '')).toBe(FILE)
  expect(made?.content.split('\n')[(made?.line ?? 0) - 1]).toBe('  - id: access.two')
})

test('npm run faq:new makes an entry in every language, which waits for its words', () => {
  const words = wordsFolder()
  onTestFinished(words.remove)
  const script = join(projectFolder, 'src', 'tools', 'faq-new.ts')
  const args = ['--import', 'tsx', script, '--locales', words.dir, 'код на почту не приходит вторую неделю']
  const said = execFileSync(process.execPath, args, { encoding: 'utf8' })
  const id = /^[\w.]+/.exec(said)?.[0] ?? ''
  expect(said).toMatch(/ru\/faq\/\w+\.yaml:\d+\nen\/faq\/\w+\.yaml:\d+/)
  // Half an entry is shown to nobody.
  expect(() => loadTexts(words.dir)).toThrow(TextsError)

  for (const [lang, title] of [
    ['ru', null],
    ['en', 'No code by mail'],
  ] as const) {
    const file = new RegExp(`${lang}/faq/\\w+\\.yaml`).exec(said)?.[0] ?? ''
    if (title) words.change(file, `- id: ${id}\n    title: ""`, `- id: ${id}\n    title: ${title}`)
    words.change(file, 'answer: ""', lang === 'ru' ? 'answer: Подождите.' : 'answer: Please wait.')
  }
  expect(loadTexts(words.dir).entry('en', id)?.answer).toBe('Please wait.')
})
