import { describe, expect, it } from 'vitest'
import { rich } from '../../src/telegram/rich.ts'
import { readTextSet, WHOLE } from '../../src/texts/set.ts'
import { showFault } from '../../src/texts/source.ts'
import { LOCALES, loadTexts } from '../../src/texts.ts'
import { checkLocales } from '../../src/tools/locale-rules.ts'

describe('the texts of this desk', () => {
  it('have no fault: same entries and placeholders, valid markup, lengths, facts, keys', () => {
    const errors = checkLocales().filter((fault) => fault.severity === 'error')
    expect(errors.map(showFault)).toEqual([])
  })

  it.each(WHOLE)('are all there in %s, without a phrase from another language', (lang) => {
    const language = readTextSet(LOCALES).languages.find((one) => one.lang === lang)
    const ids = language?.faq.flatMap(({ data }) => data.entries.map((entry) => entry.id))
    expect(ids?.length).toBeGreaterThanOrEqual(44)
    expect(language?.phrases.length).toBeGreaterThan(0)
  })

  it.each(WHOLE)('read as Telegram would show them in %s, in the sandbox and outside', (lang) => {
    for (const showUnverified of [true, false]) {
      const texts = loadTexts(LOCALES, { strict: true, showUnverified })
      for (const entry of texts.entries(lang)) {
        const { text } = rich(entry.answer)
        expect(text.length, entry.id).toBeLessThanOrEqual(1200)
        expect(text, entry.id).not.toMatch(/\{\{|\}\}|undefined/)
      }
      const { intro, handoff, ...lists } = texts.fraud(lang)
      for (const html of [intro, handoff, ...Object.values(lists).flat()]) expect(rich(html).text).not.toBe('')
    }
  })

  it('name no unverified phone outside the sandbox', () => {
    const texts = loadTexts(LOCALES, { today: () => '9999-12-31' })
    for (const { key, value } of texts.facts().filter(({ kind }) => kind === 'phone')) {
      for (const lang of value ? WHOLE : []) expect(texts.fact(lang, key)).not.toContain(value?.[lang])
    }
  })
})
