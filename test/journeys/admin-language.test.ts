import { afterAll, beforeAll, expect, test } from 'vitest'
import { type House, openHouse } from '../house.ts'
import { newCitizen } from '../people.ts'
import { type WordsFolder, wordsFolder } from '../words-folder.ts'

const PHRASES = {
  lang: { name: 'Татарча', chosen: 'Килештек, татарча сөйләшәбез.' },
  questions: { sections: 'Бүлекне сайлагыз:' },
  button: { helped: 'Ярдәм итте' },
}
const SECTION = `section: access
order: 1
title: Керү
line: access
entries:
  - id: access.forgot_password
    title: Серсүзне оныттыгызмы
    answer: |
      Яңа серсүзне порталда үзегез куя аласыз, искесе кирәкми: {{fact.portal}}. Шәхсән: {{fact.mfc_site}}
  - id: access.no_code
    title: Код килми
    answer: |
      Телефоныгызда безнең хәбәрләр тыелмаганмы, шуны карагыз. Ярдәм: {{fact.contacts}}
  - id: access.locked
    title: Керү ябылган
    answer: |
      Берничә сәгать көтегез һәм яңадан керегез: {{fact.portal}}. Ярдәм: {{fact.contacts}}
`

let words: WordsFolder
let house: House
beforeAll(async () => {
  words = wordsFolder()
  words.write('tt/citizen.json', JSON.stringify(PHRASES))
  words.write('tt/faq/access.yaml', SECTION)
  house = await openHouse({ localesDir: words.dir })
})
afterAll(async () => {
  await house?.stop()
  words?.remove()
})

test('a third language is a folder: its own words where it has them, Russian for the rest', async () => {
  const alsu = newCitizen(house.sandbox, 'tt', 'Алсу')
  alsu.says('/start')
  await alsu.hears('никогда не спрашиваем')
  await alsu.presses('Вопросы')
  await alsu.hears('Бүлекне сайлагыз')
  await alsu.presses('Керү')
  await alsu.presses('Код килми')
  await alsu.hears('хәбәрләр тыелмаганмы')
  expect(alsu.inlineButton('Ярдәм итте')).not.toBeNull()
  expect(alsu.inlineButton('Не помогло')).not.toBeNull()
  alsu.says('/start contact-phone')
  await alsu.hears('Номер горячей линии')
  alsu.says('/language')
  await alsu.presses('English')
  await alsu.hears(/English/)
  alsu.says('/start access-no_code')
  await alsu.hears(/code/i)
  alsu.says('/language')
  await alsu.presses('Татарча')
  await alsu.hears('татарча сөйләшәбез')
})

test('who speaks neither Tatar nor Russian is not answered in Tatar', async () => {
  const john = newCitizen(house.sandbox, 'de', 'John')
  john.says('/start access-no_code')
  await john.hears(/code/i)
  expect(
    john
      .fromBot()
      .map((message) => message.text)
      .join('\n'),
  ).not.toContain('тыелмаганмы')
})
