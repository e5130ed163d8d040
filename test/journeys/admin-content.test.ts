import { afterAll, beforeAll, expect, test } from 'vitest'
import { type House, openHouse } from '../house.ts'
import { citizen, inGeneral } from '../people.ts'
import { type WordsFolder, wordsFolder } from '../words-folder.ts'

let words: WordsFolder
let house: House
beforeAll(async () => {
  words = wordsFolder()
  house = await openHouse({ replicas: 2, localesDir: words.dir })
})
afterAll(async () => {
  await house?.stop()
  words?.remove()
})

test('a saved file is in use on every replica within two seconds, and admins read what changed', async () => {
  const [anna, olga] = [citizen(house.sandbox, 1001), inGeneral(house.sandbox, 5001)]
  const versions = async () => {
    const rows = await house.db.run<{ data: string }>(`select data from leases where name like 'texts:%'`)
    return rows.map(({ data }) => JSON.parse(data).version as string)
  }
  const before = await versions()
  expect(before).toHaveLength(2)
  expect(new Set(before).size).toBe(1)

  const saved = Date.now()
  words.change('ru/faq/access.yaml', 'Новый пароль можно задать и без старого.', 'Старый пароль не понадобится.')
  let now = before
  while (new Set(now).size > 1 || now[0] === before[0]) {
    expect(Date.now() - saved, JSON.stringify(now)).toBeLessThan(2_000)
    now = await versions()
  }
  anna.says('/start access-forgot_password')
  await anna.hears('Старый пароль не понадобится')

  olga.says('/content')
  const report = (await olga.hears('Тексты бота')).text ?? ''
  expect(report.match(/изменено: ru access\.forgot_password/g)).toHaveLength(2)
  expect(report).toContain('Фактов без проверки')
})

test('only admins read it', async () => {
  const petr = inGeneral(house.sandbox, 5002)
  for (const command of ['/content', '/reload']) {
    petr.says(command)
    await petr.hears('Это может только администратор')
  }
})
