import fc from 'fast-check'
import { expect, test } from 'vitest'
import { redactWithMarks } from '../../../src/desk/secrets/redact-text.ts'

test('marks before, around and after a removed value still stand on their words', () => {
  const text = 'Важно: код 730914 из смс, помогите'
  const mark = (words: string, type = 'bold') => ({ type, offset: text.indexOf(words), length: words.length })
  const redacted = redactWithMarks(text, [mark('Важно'), mark('код 730914 из смс', 'italic'), mark('помогите')])
  expect(redacted.text).toBe('Важно: код [код удалён] из смс, помогите')
  expect(redacted.marks.map(({ offset, length }) => redacted.text.slice(offset, offset + length))).toEqual([
    'Важно',
    'код [код удалён] из смс',
    'помогите',
  ])
})

test('a mark on the removed value itself goes with it', () => {
  const text = 'карта 4242 4294 6608 0943'
  expect(redactWithMarks(text, [{ type: 'bank_card', offset: 6, length: 19 }]).marks).toEqual([])
})

test('a link that carries a secret in its address is no link any more', () => {
  const link = { type: 'text_link', offset: 0, length: 4, url: 'https://example.org/?password=Sirenevyi_77' }
  expect(redactWithMarks('сюда', [link])).toEqual({ text: 'сюда', marks: [], types: ['password'] })
})

test('only what must not rest is taken out where that is all that is wanted', () => {
  const text = 'тел. +7 943 555-01-27, пароль Sirenevyi_77'
  expect(redactWithMarks(text, [], 'blocked').text).toBe('тел. +7 943 555-01-27, пароль [пароль удалён]')
})

test('marks never leave the text', () => {
  const words = fc.constantFrom(
    'код 730914 ',
    'пароль Kot_2015 ',
    'и ',
    '👍',
    '4242 4294 6608 0943 ',
    'тел. +79435550127 ',
  )
  const texts = fc.array(words, { maxLength: 12 }).map((all) => all.join(''))
  fc.assert(
    fc.property(texts, fc.array(fc.tuple(fc.nat(200), fc.nat(60)), { maxLength: 6 }), (text, places) => {
      const marks = places
        .map(([offset, length]) => ({ type: 'bold', offset, length: Math.min(length, text.length - offset) }))
        .filter(({ length }) => length > 0)
      const redacted = redactWithMarks(text, marks)
      for (const { offset, length } of redacted.marks) {
        expect(length).toBeGreaterThan(0)
        expect(offset).toBeGreaterThanOrEqual(0)
        expect(offset + length).toBeLessThanOrEqual(redacted.text.length)
      }
    }),
  )
})
