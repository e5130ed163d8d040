import { afterAll, beforeAll, test, vi } from 'vitest'
import { type House, openHouse } from '../house.ts'
import { inTopic, newCitizen, numberIn, type Phone, type Words } from '../people.ts'

// Two people and a restart of the desk, on a machine that others use as well.
vi.setConfig({ testTimeout: 120_000 })

type By = { (ru: string, en: string): string; (ru: Words, en: Words): Words }

/** One person on the way through a row of the checklist, in a language of their own. */
export type Walk = {
  house: House
  me: Phone
  lang: 'ru' | 'en'
  by: By
  /** The desk stops and starts again; whoever walks beside is at the same point. */
  restart(): Promise<void>
  /** Questions → section → answer, by the buttons. */
  reads(section: Words, entry: Words): Promise<void>
  /** Says it, then hears an answer that fits. */
  told(text: string, answer: Words): ReturnType<Phone['hears']>
  /** Asks for a person and gets a number. */
  calls(text: string): Promise<string>
  /** An operator in the topic of an appeal. */
  desk(number: string, operator?: number): Promise<Phone>
}

export type Checklist = { row(title: string, walk: (on: Walk) => Promise<void>): void }

/** A house for some rows. Each is walked in Russian and in English at once, through the same restart. */
export const checklist = (): Checklist => {
  let house: House
  beforeAll(async () => {
    house = await openHouse()
  })
  afterAll(() => house.stop())
  return {
    row: (title, walk) =>
      test(`${title}, in Russian and in English`, async () => {
        const restart = together(2, () => house.restart())
        await Promise.all([walk(walker(house, 'ru', restart)), walk(walker(house, 'en', restart))])
      }),
  }
}

/** Does it once as soon as so many have asked for it, and lets all of them go on. */
const together = (many: number, deed: () => Promise<void>): (() => Promise<void>) => {
  let waiting: (() => void)[] = []
  return async () => {
    const done = new Promise<void>((resolve) => waiting.push(resolve))
    if (waiting.length === many) {
      const all = waiting
      waiting = []
      await deed()
      for (const go of all) go()
    }
    await done
  }
}

const walker = (house: House, lang: 'ru' | 'en', restart: () => Promise<void>): Walk => {
  const me = newCitizen(house.sandbox, lang, lang === 'ru' ? 'Вера' : 'Ann')
  const by = ((ru: Words, en: Words) => (lang === 'ru' ? ru : en)) as By
  const told = async (text: string, answer: Words) => {
    me.says(text)
    return await me.hears(answer)
  }
  return {
    house,
    me,
    lang,
    by,
    restart,
    told,
    reads: async (section, entry) => {
      await told(by('Вопросы', 'Questions'), by('Выберите раздел', 'Choose a section'))
      await me.presses(section)
      await me.hears(by('Что случилось', 'What happened'))
      await me.presses(entry)
      await me.hears(entry)
    },
    calls: async (text) => {
      me.says(by('Оператор', 'Operator'))
      const first = await me.hears(/Согласны|Do you agree|Опишите|Describe/)
      if (/Согласны|Do you agree/.test(first.text ?? '')) await me.presses(by('Согласен', 'I agree'))
      await me.hears(by('Опишите', 'Describe'))
      return numberIn(await told(text, by('Ваш номер обращения', 'Your appeal number')))
    },
    desk: (number, operator = 5002) => inTopic(house.sandbox, operator, number),
  }
}
