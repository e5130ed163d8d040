import { expect, test } from 'vitest'
import { factHash } from '../../src/texts/facts.ts'
import { loadTexts } from '../../src/texts.ts'
import { change, copied } from './fixture.ts'

/** The hotline of a folder of texts, as a citizen reads it on a day when this much was checked. */
const hotline = (dir: string, today: string, ledger: Map<string, string>) =>
  loadTexts(dir, { today: () => today, checkedUntil: (hash) => ledger.get(hash) ?? null }).fact('ru', 'hotline')

const checkedUntil = (dir: string, until: string) => {
  const fact = loadTexts(dir)
    .facts()
    .find(({ key }) => key === 'hotline')
  if (!fact) throw new Error('no hotline')
  return {
    ledger: new Map([[factHash(fact), until]]),
    value: fact.value?.ru ?? '',
    pointer: fact.pointer.ru ?? '',
    fact,
  }
}

const unchecked = () => {
  const dir = copied()
  change(dir, 'facts.yaml', ['checked: 2026-01-10', 'checked: null'])
  return dir
}

test('a check holds to its last day, and the pointer comes back on the next', () => {
  const dir = unchecked()
  const { ledger, value, pointer } = checkedUntil(dir, '2026-06-01')
  expect(hotline(dir, '2026-03-01', new Map())).toBe(pointer)
  expect(hotline(dir, '2026-06-01', ledger)).toBe(value)
  expect(hotline(dir, '2026-06-02', ledger)).toBe(pointer)
})

test('another value, and another source of the same value, is unchecked', () => {
  const dir = unchecked()
  const { fact } = checkedUntil(dir, '2026-06-01')
  const hash = factHash(fact)
  expect(factHash({ ...fact, value: { ...fact.value, ru: '8 800 111-11-11' } })).not.toBe(hash)
  expect(factHash({ ...fact, source: 'somebody said so' })).not.toBe(hash)
  expect(factHash({ ...fact, value: Object.fromEntries(Object.entries(fact.value ?? {}).reverse()) })).toBe(hash)
})
