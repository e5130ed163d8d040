import { describe, expect, it } from 'vitest'
import { loadTexts } from '../../src/texts.ts'
import { GOOD, TODAY } from './fixture.ts'

const texts = loadTexts(GOOD, { strict: true, today: () => TODAY })

describe('answers', () => {
  it('stand in sections, in the order of the files', () => {
    expect(texts.sections('en')).toEqual([
      { id: 'safety', title: 'Safety', line: 'fraud', entries: ['safety.signs', 'safety.number'] },
      {
        id: 'access',
        title: 'Sign-in',
        line: 'access',
        entries: ['access.no_code', 'access.locked', 'access.browser'],
      },
    ])
  })

  it('have facts, and the hours of their own line', () => {
    expect(texts.entry('en', 'access.no_code')).toEqual({
      id: 'access.no_code',
      section: 'access',
      title: 'No code comes',
      answer: 'Wait a little.\nThe phone: 8 800 000-00-00\nWe work Mon–Fri 09:00–13:00 and 14:00–18:00 (Moscow Time).',
      ask: ['no code'],
      words: ['code', '502'],
      see: ['access.locked'],
      line: 'access',
      flow: null,
    })
    expect(texts.entry('ru', 'safety.signs')?.answer).toBe(
      'Мы работаем пн–пт 09:00–13:00 и 14:00–18:00, сб 10:00–16:00 (Москва).',
    )
    expect(texts.entry('ru', 'safety.number')).toMatchObject({ line: 'services' })
    expect(texts.entry('ru', 'access.locked')).toMatchObject({ flow: 'operator' })
  })

  it('are borrowed from Russian one by one', () => {
    expect(texts.langs).toEqual(['ru', 'en', 'tt'])
    expect(texts.entries('tt').map(({ title }) => title)).toEqual([
      'Признаки',
      'Номер',
      'Код килми',
      'Керү ябык',
      'Браузер (татарча)',
    ])
    expect(texts.sections('tt').map(({ title }) => title)).toEqual(['Безопасность', 'Керү'])
    expect(texts.entries('xx')).toEqual(texts.entries('ru'))
    expect(texts.fraud('tt')).toEqual(texts.fraud('ru'))
    expect(texts.replies('tt')).toEqual(texts.replies('ru'))
  })

  it('are null when there is no such entry', () => {
    expect(texts.entry('ru', 'access.gone')).toBeNull()
    expect(texts.entry('ru', 'constructor')).toBeNull()
  })
})
