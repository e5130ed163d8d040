import fc from 'fast-check'
import { describe, expect, it, vi } from 'vitest'
import { TextsError } from '../../src/texts/source.ts'
import { loadTexts, type TextsOptions } from '../../src/texts.ts'
import { change, copied, GOOD, TODAY } from './fixture.ts'

const load = (options: TextsOptions = {}) => loadTexts(GOOD, { strict: true, today: () => TODAY, ...options })
const HOURS = 'пн–пт 09:00–13:00 и 14:00–18:00 (Москва)'

describe('a phrase', () => {
  it('has its values, facts and hours filled in', () => {
    const hello = load().t('ru', 'start.hello', { name: 'Анна' })
    expect(hello).toBe(`Здравствуйте, <b>Анна</b>! Телефон: 8 800 000-00-00. Мы работаем ${HOURS}.`)
  })

  it('escapes every value, also what looks like a placeholder', () => {
    const texts = load()
    const name = '<a href="https://evil.example">Анна</a> & {{fact.portal}} $t(start.portal)'
    expect(texts.t('ru', 'card.number', { number: name })).toBe(
      'Обращение <code>&lt;a href=&quot;https://evil.example&quot;&gt;Анна&lt;/a&gt; &amp; {{fact.portal}} $t(start.portal)</code>',
    )
  })

  it('lets no value out of its place, whatever it holds', () => {
    const texts = load()
    const part = fc.constantFrom('{{', '}}', '$t(', ')', '$&', '$1', '<b>', '&', '"', 'fact.portal', 'count', 'я')
    fc.assert(
      fc.property(fc.array(part), (parts) => {
        const value = parts.join('')
        const escaped = value.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;').replace(/"/g, '&quot;')
        expect(texts.t('en', 'card.number', { number: value })).toBe(`Appeal <code>${escaped}</code>`)
      }),
    )
  })

  it.each(Array.from({ length: 126 }, (_, count) => count))('counts appeals in Russian: %i', (count) => {
    expect(load().t('ru', 'appeals.open', { count })).toBe(`${count} ${russian(count)}`)
  })

  it('counts appeals in English, and in a language that has no such phrase', () => {
    const texts = load()
    expect([0, 1, 2, 21].map((count) => texts.t('en', 'appeals.open', { count }))).toEqual([
      '0 open appeals',
      '1 open appeal',
      '2 open appeals',
      '21 open appeals',
    ])
    expect(texts.t('tt', 'appeals.open', { count: 3 })).toBe('3 открытых обращения')
  })

  it('falls back to Russian, and says when nobody wrote it', () => {
    const onWarning = vi.fn()
    const texts = load({ strict: false, onWarning })
    expect(texts.t('tt', 'button.menu')).toBe('Меню (татарча)')
    expect(texts.t('tt', 'card.number', { number: 7 })).toBe('Обращение <code>7</code>')
    expect(texts.has('tt', 'card.number')).toBe(false)
    expect(texts.has('ru', 'appeals.open')).toBe(true)
    expect(onWarning).not.toHaveBeenCalled()
    expect(texts.t('ru', 'no.such')).toBe('no.such')
    expect(texts.t('ru', 'card')).toBe('card')
    expect(texts.t('ru', 'appeals.open')).toBe('appeals.open')
    expect(texts.t('ru', 'card.number')).toBe('Обращение <code></code>')
    expect(onWarning.mock.calls.flat()).toEqual([
      'no phrase no.such',
      'no phrase card',
      'no phrase appeals.open',
      'phrase card.number was not given {{number}}',
    ])
  })

  it('throws in tests when it is unknown or not given a value', () => {
    expect(() => load().t('ru', 'no.such')).toThrow('no phrase no.such')
    expect(() => load().t('ru', 'card.number')).toThrow('was not given {{number}}')
  })
})

describe('a fact', () => {
  it('is shown while its check holds, and points elsewhere from the day after', () => {
    expect(load({ today: () => '2026-12-31' }).fact('ru', 'hotline')).toBe('8 800 000-00-00')
    expect(load({ today: () => '2027-01-01' }).fact('ru', 'hotline')).toBe('номер — на портале')
  })

  it('expires in a running bot too', () => {
    let today = '2026-12-31'
    const texts = load({ today: () => today })
    expect(texts.entry('en', 'access.no_code')?.answer).toContain('8 800 000-00-00')
    today = '2027-01-01'
    expect(texts.entry('en', 'access.no_code')?.answer).toContain('the number is on the portal')
    expect(texts.t('en', 'start.hello', { name: 'A' })).toContain('the number is on the portal')
  })

  it('is marked in the sandbox while nobody has verified it', () => {
    const texts = load({ showUnverified: true })
    expect(texts.fact('ru', 'portal')).toBe('portal.example (не проверено)')
    expect(texts.fact('en', 'portal')).toBe('portal.example (not verified)')
    expect(texts.fact('ru', 'hotline')).toBe('8 800 000-00-00')
    expect(texts.fact('ru', 'runner')).toBe('ещё не назван')
    expect(load().fact('tt', 'runner')).toBe('ещё не назван')
  })

  it('is escaped where it enters HTML, and plain where it is asked for', () => {
    const escaped = 'адрес — у &lt;оператора&gt; &amp; друзей'
    expect(load().fact('ru', 'portal')).toBe('адрес — у <оператора> & друзей')
    expect(load().t('ru', 'start.portal')).toBe(`Портал: ${escaped}`)
    expect(load().fraud('ru').signs).toEqual([`Не торопитесь: ${escaped}`])
    expect(load().replies('ru')[0]?.text).toContain(escaped)
  })
})

describe('the person’s language', () => {
  it.each([
    ['ru', 'ru'],
    ['ru-RU', 'ru'],
    ['en', 'en'],
    ['EN-us', 'en'],
    ['tt', 'tt'],
    ['uk', 'ru'],
    ['be', 'ru'],
    ['kk', 'ru'],
    ['de', 'en'],
    ['pt-br', 'en'],
    ['', 'en'],
    [null, 'ru'],
    [undefined, 'ru'],
  ])('%s is spoken to in %s', (code, lang) => {
    expect(load().lang(code)).toBe(lang)
  })
})

describe('the set', () => {
  it('is told from another by its version', () => {
    const dir = copied()
    const before = loadTexts(dir).version
    change(dir, 'en/operator.json', ['Appeal', 'The appeal'])
    expect(loadTexts(dir).version).not.toBe(before)
    expect(load().version).toBe(before)
  })

  it('is not loaded with a fault in it', () => {
    const dir = copied()
    change(dir, 'ru/operator.json', ['<code>', '<cod>'])
    expect(() => loadTexts(dir)).toThrow(TextsError)
    expect(() => loadTexts(dir)).toThrow(/ru\/operator\.json:1: error: card\.number/)
  })
})

function russian(count: number): string {
  const [ten, hundred] = [count % 10, count % 100]
  if (ten === 1 && hundred !== 11) return 'открытое обращение'
  return ten >= 2 && ten <= 4 && (hundred < 12 || hundred > 14) ? 'открытых обращения' : 'открытых обращений'
}
