import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { checkPhone } from '../../../src/desk/fraud/phones.ts'

const VERDICTS: Record<string, string> = {
  official_seed: 'official',
  official_public: 'official',
  lookalike: 'lookalike',
}
const rows = readFileSync('test/data/phones.tsv', 'utf8')
  .trimEnd()
  .split('\n')
  .map((line) => line.split('\t') as [string, string])

test.each(rows)('%s: %s', (phone, label) => {
  expect(checkPhone(phone).verdict).toBe(VERDICTS[label] ?? 'unknown')
})

test('a list without a number calls it nobody’s', () => {
  const sources = { hosts: [], senders: [], apps: [], phones: ['8 800 555-01-00'] }
  expect(checkPhone('+7 800 555 01 00', sources).verdict).toBe('official')
  expect(checkPhone('8 800 100-70-10', sources).verdict).toBe('unknown')
  expect(checkPhone('8 800 555-01-01', sources).verdict).toBe('lookalike')
})
