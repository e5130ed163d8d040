import { expect, test } from 'vitest'
import { target } from '../../../src/sandbox/page/links.ts'

const bot = 'okoshko_bot'

test('a link to the bot is a start, in every way it is written', () => {
  const start = { kind: 'start', payload: 'access.no_code' }
  expect(target('https://t.me/okoshko_bot?start=access.no_code', bot)).toEqual(start)
  expect(target('t.me/Okoshko_Bot?start=access.no_code', bot)).toEqual(start)
  expect(target('tg://resolve?domain=okoshko_bot&start=access.no_code', bot)).toEqual(start)
  expect(target('https://t.me/okoshko_bot', bot)).toEqual({ kind: 'start', payload: '' })
})

test('a link into the desk group opens the topic', () => {
  expect(target('https://t.me/c/2000000001/12', bot)).toEqual({ kind: 'topic', chat: -1002000000001, thread: 12 })
  expect(target('https://t.me/c/2000000001/12/40', bot)).toMatchObject({ kind: 'topic', thread: 12 })
})

test('everything else leads out, and to the site that is named', () => {
  expect(target('gosuslugi.ru', bot)).toEqual({ kind: 'out', href: 'https://gosuslugi.ru/' })
  expect(target('example.org:8080/a', bot)).toEqual({ kind: 'out', href: 'https://example.org:8080/a' })
  expect(target('mailto:help@example.org', bot)).toEqual({ kind: 'out', href: 'mailto:help@example.org' })
  expect(target('https://t.me/another', bot)).toMatchObject({ kind: 'out' })
  expect(target('https://example.org/okoshko_bot?start=1', bot)).toMatchObject({ kind: 'out' })
})

test.each(['javascript:alert(1)', 'data:text/html,x', 'file:///etc/passwd', ' java\nscript:alert(1)', 'https://', ''])(
  '%j is not followed',
  (address) => {
    expect(target(address, bot)).toBeNull()
  },
)
