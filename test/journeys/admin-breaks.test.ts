import { afterAll, beforeAll, expect, test } from 'vitest'
import { type House, openHouse } from '../house.ts'
import { inGeneral, newCitizen, type Phone } from '../people.ts'
import { type WordsFolder, wordsFolder } from '../words-folder.ts'

let words: WordsFolder
let house: House
let olga: Phone
let anna: Phone
beforeAll(async () => {
  words = wordsFolder()
  house = await openHouse({ localesDir: words.dir })
  olga = inGeneral(house.sandbox, 5001)
  anna = newCitizen(house.sandbox)
  anna.says('/start')
  await anna.presses('Обратная связь')
  await anna.presses(/^Согласен/)
  await anna.hears('Напишите')
})
afterAll(async () => {
  await house?.stop()
  words?.remove()
})

const ACCESS = 'ru/faq/access.yaml'
const ANSWER = 'Новый пароль можно задать и без старого.'
const HALF = 'section: access\nentries:\n  - id: "acc'
const spoil = (to: string) => () => words.change(ACCESS, ANSWER, to)

const BREAKS: [what: string, told: RegExp, spoil: () => void][] = [
  ['a file half written', /ru\/faq\/access\.yaml:3/, () => words.write(ACCESS, HALF)],
  ['phrases half written', /ru\/citizen\.json:\d/, () => words.write('ru/citizen.json', '{ "start": ')],
  ['a file taken away', /en\/operator\.json:1/, () => words.drop('en/operator.json')],
  ['a folder taken away', /faq/, () => words.drop('ru/faq')],
  ['a file nobody reads', /ru\/notes\.yaml:1/, () => words.write('ru/notes.yaml', 'a: b')],
  ['a folder named as a file', /Make the folder readable/, () => words.write('ru/faq/x.yaml/y.yaml', 'a: b')],
  ['a date that is none', /facts\.yaml:\d/, () => words.change('facts.yaml', 'checked: null', 'checked: soon')],
  ['an entry in one language', /access\.no_such/, () => words.change(ACCESS, /id: access\.\w+/, 'id: access.no_such')],
  ['an open tag', /ru\/faq\/access\.yaml:9/, spoil('<b>Новый пароль')],
  ['a fact nobody knows', /ru\/faq\/access\.yaml:9/, spoil('Звоните: {{fact.nobody}}.')],
  ['words of the search', /words\/deeds\.yaml:1/, () => words.write('words/deeds.yaml', 'a: [b')],
  ['questions of the search', /ru\/off-topic\.yaml:1/, () => words.write('ru/off-topic.yaml', 'weather: rain')],
]

test.each(BREAKS)('%s: the talk goes on in the old words, and admins read where it is', async (_, told, spoil) => {
  spoil()
  await olga.hears('Новые тексты не загружены')
  expect((await olga.hears(told)).text).toMatch(told)
  anna.says('/start access-forgot_password')
  await anna.hears(ANSWER)
  await anna.presses('Обратная связь')
  await anna.hears('Напишите')
  words.restore()
  olga.says('/reload')
  expect((await olga.hears('Тексты бота')).text).not.toContain('не загружено')
})
