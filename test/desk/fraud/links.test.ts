import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { checkLink } from '../../../src/desk/fraud/links.ts'

const rows = readFileSync('test/data/links.tsv', 'utf8')
  .trimEnd()
  .split('\n')
  .map((line) => line.split('\t') as [string, string])

test.each(rows)('%s: %s', (link, label) => {
  expect(checkLink(link).verdict).toBe(label === 'unrelated' ? 'unknown' : label)
})

test.each([
  ['gosuslugi.ru|https://ya.ru/', 'other_target'],
  ['https://www.gosuslugi.ru@evil.top', 'user_info'],
  ['gosuslugi.ru.com', 'official_as_subdomain'],
  ['gosuslugi.top', 'other_ending'],
  ['gosuslugi-lk.ru', 'name_with_extra'],
  ['gosusIugі.ru', 'alike_letters'],
  ['https://clck.ru/3AbCdE', 'shortener'],
  ['http://192.0.2.44/lk', 'ip_address'],
  ['https://files.example-apk.top/Gosuslugi.apk', 'app_file'],
  ['https://t.me/gosuslugi_help_bot', 'bot_name'],
  ['go\u200bsuslugi-lk.xyz', 'hidden_characters'],
  ['gosuslugi@mail.ru', 'sender'],
  ['https://evil.com/?url=https://www.gosuslugi.ru', 'official_in_path'],
])('%s imitates by %s', (link, sign) => {
  expect(checkLink(link)).toMatchObject({ verdict: 'lookalike', signs: [sign], why: sign })
})

test('official is only what the given list says', () => {
  const sources = { hosts: ['desk.example'], senders: [], apps: [], phones: [] }
  expect(checkLink('https://www.desk.example/help', sources).verdict).toBe('official')
  expect(checkLink('https://gosuslugi.ru/', sources).verdict).not.toBe('official')
  expect(checkLink('https://desk.example.top', sources).verdict).not.toBe('official')
})

test('nothing added before, after or inside the name makes another host official', () => {
  const letters = fc.string({
    unit: fc.constantFrom(...'abcdefghijklmnopqrstuvwxyz0123456789-'),
    minLength: 1,
    maxLength: 8,
  })
  fc.assert(
    fc.property(letters, letters, fc.nat(8), (one, other, at) => {
      const name = 'gosuslugi'
      for (const link of [
        `${one}gosuslugi.ru`,
        `https://gosuslugi.ru.${one}.${other}`,
        `https://gosuslugi.ru@${one}.com/`,
        `${name.slice(0, at)}${one}${name.slice(at)}.ru`,
        `https://${one}.com/gosuslugi.ru`,
        `https://${one}.com\\.gosuslugi.ru`,
        `gosuslugi.ru|https://${one}.com`,
      ]) {
        expect(checkLink(link).verdict, link).not.toBe('official')
      }
    }),
  )
})

test('any text is judged, and quickly', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 300 }), fc.nat(100), (unit, times) => {
      const start = performance.now()
      checkLink(unit.repeat(times).slice(0, 20_000))
      expect(performance.now() - start).toBeLessThan(1_000)
    }),
  )
})
