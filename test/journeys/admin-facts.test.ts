import { afterAll, beforeAll, expect, test } from 'vitest'
import { type House, openHouse } from '../house.ts'
import { citizen, inGeneral } from '../people.ts'
import { type WordsFolder, wordsFolder } from '../words-folder.ts'

const FACTS = 'facts.yaml'
const HOTLINE = /hotline:\n {2}kind: phone\n {2}value: \{ ru: '[^']+', en: '[^']+' \}/
const POINTER = 'номер — на gosuslugi.ru'
const written = (value: string) => `hotline:\n  kind: phone\n  value: { ru: '${value}', en: '${value}' }`

let words: WordsFolder
let house: House
beforeAll(async () => {
  words = wordsFolder()
  words.change(FACTS, HOTLINE, written('8 800 555-01-01'))
  house = await openHouse({ replicas: 2, localesDir: words.dir })
})
afterAll(async () => {
  await house?.stop()
  words?.remove()
})

test('a fact is a pointer until an admin checks it, and again when its value changes', async () => {
  const [anna, olga] = [citizen(house.sandbox, 1001), inGeneral(house.sandbox, 5001)]
  const reads = async () => {
    anna.says('/start contact-phone')
    return (await anna.hears('Горячая линия:')).text ?? ''
  }
  expect(await reads()).not.toContain('8 800 555')

  olga.says('/facts')
  await olga.hears('Что проверить')
  const list = await olga.hears('8 800 555-01-01')
  const place = /(\d+)\. hotline:/.exec(list.text ?? '')?.[1]
  await olga.presses(`Проверено: ${place}`)
  await olga.hears('Проверено: hotline')
  await shown(reads, '8 800 555-01-01')
  // Both replicas know, whichever handles the next question.
  for (let n = 0; n < 4; n += 1) expect(await reads()).toContain('8 800 555-01-01')
  const [event] = await house.db.run<{ kind: string; data: { fact: string } }>(
    `select kind, data from events where kind = 'fact_checked'`,
  )
  expect(event?.data.fact).toBe('hotline')

  words.change(FACTS, '8 800 555-01-01', '8 800 555-02-02')
  await shown(reads, POINTER)
  expect(await reads()).not.toContain('8 800 555')
  words.change(FACTS, '8 800 555-02-02', '8 800 555-01-01')
  await shown(reads, '8 800 555-01-01')
})

test('only an admin checks facts, and in a private chat too', async () => {
  const petr = inGeneral(house.sandbox, 5002)
  petr.says('/facts')
  await petr.hears('Это может только администратор')
  const [stranger, olga] = [citizen(house.sandbox, 1001), citizen(house.sandbox, 5001)]
  stranger.says('/facts')
  await stranger.hears('команды')
  olga.says('/facts')
  await olga.hears('Что проверить')
})

/** Any replica may answer, so it is asked until the new words come. */
const shown = async (reads: () => Promise<string>, text: string): Promise<void> => {
  const end = Date.now() + 8_000
  while (!(await reads()).includes(text)) if (Date.now() > end) throw new Error(`never read ${text}`)
}
