import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { loadTexts } from '../../src/texts.ts'
import { labels } from '../citizen.ts'
import { type House, openHouse } from '../house.ts'
import { newCitizen } from '../people.ts'

let house: House
beforeAll(async () => {
  house = await openHouse()
})
afterAll(() => house.stop())

const texts = loadTexts()
const WORDS = {
  ru: { start: /^Вопросы$/, back: /Назад/, menu: 'Меню', operator: 'Оператор', helped: /^Помогло/, not: /^Не помогло/ },
  en: { start: /^Questions$/, back: /Back/, menu: 'Menu', operator: 'Operator', helped: /^It helped/, not: /did not/ },
} as const

const exactly = (title: string) => new RegExp(`^${title.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}$`)
const begins = (title: string) => new RegExp(`${exactly(title).source.slice(0, -1)}\\n`)
const CHOOSE = /Choose a section|Выберите раздел/

test('the sections hold all 44 entries, once each', () => {
  for (const lang of ['ru', 'en']) {
    const ids = texts.sections(lang).flatMap(({ entries }) => entries)
    expect(ids).toHaveLength(44)
    expect(new Set(ids).size).toBe(44)
    expect(Math.max(...texts.sections(lang).map(({ entries }) => entries.length))).toBeLessThanOrEqual(8)
  }
})

describe.each(['ru', 'en'] as const)('in %s', (lang) => {
  const words = WORDS[lang]

  describe.concurrent.each(texts.sections(lang))('$title', ({ title, entries }) => {
    test('opens entry by entry, with ways back, to the menu and to a person', async () => {
      const person = newCitizen(house.sandbox, lang)
      person.says('/start')
      await person.hears(/Okoshko|Окошко/)
      await person.presses(words.start)
      expect(labels(await person.hears(CHOOSE))).toEqual(expect.arrayContaining([title, words.menu, words.operator]))
      for (const id of entries) {
        const entry = texts.entry(lang, id)
        if (!entry) throw new Error(id)
        await person.presses(exactly(title))
        const section = labels(await person.hears(begins(title)))
        expect(section).toEqual(expect.arrayContaining([words.menu, words.operator]))
        await person.presses(exactly(entry.title))
        const screen = await person.hears(begins(entry.title))
        expect(screen.text).not.toMatch(/\{\{|<b>|undefined/)
        expect(screen.text?.length).toBeLessThan(1_400)
        const shown = labels(screen)
        for (const near of entry.see) expect(shown).toContain(texts.entry(lang, near)?.title)
        expect(shown).toEqual(expect.arrayContaining([words.menu, words.operator]))
        await person.presses(words.back)
        await person.hears(begins(title))
        await person.presses(words.back)
        await person.hears(CHOOSE)
      }
      expect(person.fromBot()).toHaveLength(2)
    })
  })

  test.concurrent('«Помогло» is glad, «Не помогло» offers a person and what is near', async () => {
    const person = newCitizen(house.sandbox, lang)
    const entry = texts.entry(lang, 'access.no_code')
    person.says('/start access.no_code')
    await person.hears(begins(entry?.title ?? ''))
    await person.presses(words.helped)
    expect(labels(await person.hears(/Хорошо, что|Good to hear/))).toContain(words.operator)
    await person.presses(words.not)
    const sorry = labels(await person.hears(/Жаль|Sorry/))
    expect(sorry[0]).toMatch(/Спросить оператора|Ask an operator/)
    expect(sorry).toContain(texts.entry(lang, entry?.see[0] ?? '')?.title)
    const votes = await house.db.run<{ helped: boolean }>(
      `select helped from faq_votes v join citizens c on c.id = v.citizen_id where c.external_id = $1`,
      [person.id],
    )
    expect(votes).toEqual([{ helped: false }])
    await person.presses(exactly(texts.entry(lang, entry?.see[0] ?? '')?.title ?? ''))
    await person.hears(texts.entry(lang, entry?.see[0] ?? '')?.title ?? '')
  })

  test.concurrent('the fraud screen is one tap away, and its entries and a person one more', async () => {
    const person = newCitizen(house.sandbox, lang)
    person.says('/menu')
    await person.presses(/Мошенники|^Fraud/)
    const screen = await person.hears(/Если уже случилось|If it has already happened/)
    const fraud = texts.fraud(lang)
    for (const part of ['Признаки|Warning signs', 'никому|Never tell', 'Как проверить|How to check'])
      expect(screen.text).toMatch(new RegExp(part))
    expect(screen.text).toContain(fraud.signs[0])
    expect(screen.text?.length).toBeLessThanOrEqual(4_096)
    expect(labels(screen)).toEqual(expect.arrayContaining([words.menu, words.operator]))
  })
})
