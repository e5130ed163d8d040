import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { check } from '../../../src/desk/fraud/check.ts'
import { checkMessage } from '../../../src/desk/fraud/messages.ts'

const rows = readFileSync('test/data/messages.tsv', 'utf8')
  .trimEnd()
  .split('\n')
  .map((line) => line.split('\t') as [string, string])

test.each(rows.filter(([, label]) => label === 'scam'))('a fraudster: %s', (text) => {
  expect(checkMessage(text).verdict).toBe('scam')
})

test.each(rows.filter(([, label]) => label !== 'scam'))('no fraudster: %s (%s)', (text) => {
  expect(checkMessage(text).verdict).not.toBe('scam')
})

test('nearly every citizen who tells of one is heard, and hardly one who only asks', () => {
  const share = (label: string) => {
    const those = rows.filter((row) => row[1] === label)
    return those.filter(([text]) => checkMessage(text).verdict === 'report').length / those.length
  }
  expect(share('report')).toBeGreaterThan(0.9)
  expect(share('legit')).toBeLessThan(0.05)
})

test('each sign comes with the sentence it was found in', () => {
  const text = 'Служба безопасности банка. На вас оформлен кредит! Срочно назовите код из СМС.'
  const { verdict, signs, sentences } = checkMessage(text)
  expect(verdict).toBe('scam')
  expect(signs).toEqual(expect.arrayContaining(['code_request', 'threat', 'urgency', 'impersonation']))
  expect(sentences.code_request).toBe('Срочно назовите код из СМС.')
  expect(sentences.threat).toBe('На вас оформлен кредит!')
})

test.each([
  ['gosuslugi . ru . top', 'link'],
  ['Портал Госуслуг|https://www.gosuslugi.ru/', 'link'],
  ['@gosuslugi_help_bot', 'link'],
  ['8 (800) 100-70-10', 'phone'],
  ['Это настоящий сайт gosuslugi.ru?', 'message'],
  ['Здравствуйте', 'message'],
  ['', 'message'],
])('%s is a %s', (text, kind) => {
  expect(check(text).kind).toBe(kind)
})

test('any text is judged, and quickly', () => {
  const pieces = fc.constantFrom(
    ...[
      'назовите ',
      'код ',
      'не ',
      'сообщайте ',
      'gosuslugi',
      '.ru',
      '@',
      ' ',
      '? ',
      '\n',
      '\0',
      '\ud800',
      '8 943 ',
      '//',
    ],
    ...['переведите ', 'на счет ', 'вам ', 'свяжется ', '😳', '\u202e', 'http'],
  )
  fc.assert(
    fc.property(fc.array(pieces, { minLength: 1, maxLength: 6 }), (unit) => {
      const start = performance.now()
      check(unit.join('').repeat(20_000).slice(0, 20_000))
      expect(performance.now() - start).toBeLessThan(2_000)
    }),
  )
})
