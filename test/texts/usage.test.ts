import { describe, expect, it } from 'vitest'
import { checkLocales } from '../../src/tools/locale-rules.ts'
import { GOOD } from './fixture.ts'

const ALL = `t(lang, 'start.hello'); t('start.portal'); t('appeals.open', { count }); menu({ label: 'button.menu' }); t('card.number')`

const errorsWith = (text: string) =>
  checkLocales(GOOD, [{ path: 'src/some.ts', text }])
    .filter((fault) => fault.severity === 'error')
    .map(({ file, line, message }) => `${file}:${line}: ${message}`)

describe('keys in the sources', () => {
  it('are all written, and all phrases asked for', () => {
    expect(errorsWith(ALL)).toEqual([])
  })

  it('may be built from a template', () => {
    expect(errorsWith(ALL.replace("'card.number'", '`card.$' + '{what}`'))).toEqual([])
    expect(errorsWith(`${ALL}\nctx.t(\`kind.$\{appeal.kind}\`)`)).toEqual([
      `src/some.ts:2: asks for the phrase kind.$\{appeal.kind}, which is not in locales`,
    ])
  })

  it.each([
    ["t('no.such')"],
    ["texts.t(lang, 'no.such', { count })"],
    ["texts.t(\n  ctx.lang,\n  'no.such',\n)"],
    ["this.t(langOf(ctx), 'no.such')"],
  ])('unknown in %s are named', (call) => {
    expect(errorsWith(`${ALL}\n${call}`)).toEqual([
      'src/some.ts:2: asks for the phrase no.such, which is not in locales',
    ])
  })

  it('that nobody asks for are named, once for every plural form', () => {
    expect(errorsWith(ALL.replace("'appeals.open'", 'key'))).toEqual([
      'locales/ru/citizen.json:7: appeals.open_one: no source asks for this phrase',
      'locales/ru/citizen.json:8: appeals.open_few: no source asks for this phrase',
      'locales/ru/citizen.json:9: appeals.open_many: no source asks for this phrase',
    ])
  })
})
