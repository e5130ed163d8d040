import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { findSecrets } from '../../../src/desk/secrets/find.ts'

type Row = { text: string; spans: [string, string][] }
const rows = readFileSync('test/data/secrets.jsonl', 'utf8')
  .trim()
  .split('\n')
  .map((line) => JSON.parse(line) as Row)

test.each(rows)('$text', ({ text, spans }) => {
  const found = findSecrets(text).spans.map(({ start, end, type }) => [type, text.slice(start, end)])
  expect(found).toEqual(spans)
})

test('ordinary questions are left as they are', () => {
  const questions = readFileSync('test/data/questions.tsv', 'utf8')
    .split('\n')
    .map((line) => line.split('\t')[1] ?? '')
  expect(questions.length).toBeGreaterThan(400)
  expect(questions.filter((question) => findSecrets(question).spans.length > 0)).toEqual([])
})

test('blocked values are named, masked ones keep what tells two apart', () => {
  const found = findSecrets(
    'карта 4242 4294 6608 0943, снилс 808-029-895 19, почта vera@example.org, тел. +7 943 555-01-27',
  )
  expect(found.blocked).toEqual(['card'])
  expect(found.masked).toEqual(['snils', 'email', 'phone'])
  expect(found.text).toBe(
    'карта [номер карты удалён], снилс •••-•••-••• 19, почта v•••@example.org, тел. +• ••• •••-01-27',
  )
})

test('two cards beside each other are both taken out', () => {
  for (const between of [' ', '.', ')', '('])
    expect(findSecrets(`4242 4294 6608 0943${between}4242 4294 6608 0943`).text).toBe(
      `[номер карты удалён]${between}[номер карты удалён]`,
    )
})

test('the name of a page is no password', () => {
  for (const text of ['/start access-forgot_password', 'https://example.org/login?password_reset=1'])
    expect(findSecrets(text).blocked).toEqual([])
})

describe('whatever is written', () => {
  const pieces = fc.constantFrom(
    ...[
      'код ',
      'пароль ',
      'карта ',
      '4242 4294 6608 0943',
      '482913',
      ' - ',
      '.',
      '@',
      'паспорт 4510 123456',
      '\0',
      '\n',
    ],
    ...['\ud800', '👨‍👩‍👧', 'это ', '(', ')', '+7', '2200', '01.02.1980', 'рожд', '\u200b', 'смс', 'cvv 123', '№', '"'],
  )
  const texts = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.array(pieces, { maxLength: 60 }).map((all) => all.join('')),
  )

  test('spans lie inside, in order, apart from each other, and are never empty', () => {
    fc.assert(
      fc.property(texts, (text) => {
        let from = 0
        for (const { start, end } of findSecrets(text).spans) {
          expect(start).toBeGreaterThanOrEqual(from)
          expect(end).toBeGreaterThan(start)
          from = end
        }
        expect(from).toBeLessThanOrEqual(text.length)
      }),
      { numRuns: 3000 },
    )
  })

  test('what was taken out once is not found again', () => {
    fc.assert(
      fc.property(texts, (text) => {
        const once = findSecrets(text).spans.filter(({ type }) => type === 'card')
        for (const { start, end } of once) expect(findSecrets(text).text).not.toContain(text.slice(start, end))
      }),
    )
  })

  test('20,000 characters take no longer than a blink', () => {
    fc.assert(
      fc.property(fc.array(pieces, { minLength: 1, maxLength: 4 }), (unit) => {
        const text = unit.join('').repeat(20_000).slice(0, 20_000)
        const start = performance.now()
        findSecrets(text)
        expect(performance.now() - start).toBeLessThan(2_000)
      }),
      { numRuns: 60 },
    )
  })
})
