import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { crossValidate } from '../../../src/tools/faq-cross.ts'
import { readLibrary } from '../../../src/tools/faq-library.ts'
import { readRows } from '../../../src/tools/faq-rows.ts'
import { scoreOf } from '../../../src/tools/faq-score.ts'

const path = (file: string) => fileURLToPath(new URL(`../../../${file}`, import.meta.url))

// The floor is what two parts reach with some room: whoever rewrites phrases or concepts should not fall below it.
test('questions nobody has seen before find their entry', { timeout: 180_000 }, () => {
  const rows = readRows(path('test/data/questions.tsv'))
  const score = scoreOf(crossValidate(rows, readLibrary(path('locales')), { parts: 2 }))
  expect(score.rows).toBe(411)
  expect(score.off).toBe(53)
  expect(score.first).toBeGreaterThan(94)
  expect(score.three).toBeGreaterThan(98)
  expect(score.shown).toBeGreaterThan(94)
  expect(score.wrong).toBeLessThan(2)
  expect(score.offAnswered).toBeLessThan(4)
  expect(score.offLeft).toBeGreaterThan(80)
})
