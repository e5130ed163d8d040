import { afterAll, beforeAll, expect, test } from 'vitest'
import { OLGA, PETR } from '../appeal.ts'
import { type House, openHouse } from '../house.ts'
import { citizen, inGeneral } from '../people.ts'
import { type WordsFolder, wordsFolder } from '../words-folder.ts'

let words: WordsFolder
let house: House
beforeAll(async () => {
  words = wordsFolder()
  words.change(
    'facts.yaml',
    /hotline:\n {2}kind: phone\n {2}value: \{ ru: '[^']+', en: '[^']+' \}/,
    `hotline:\n  kind: phone\n  value: { ru: '8 800 555-01-01', en: '8 800 555-01-01' }`,
  )
  house = await openHouse({ localesDir: words.dir })
})
afterAll(async () => {
  await house?.stop()
  words?.remove()
})

const asked = async () => {
  const anna = citizen(house.sandbox, 1001)
  anna.says('/start contact-phone')
  return (await anna.hears('Горячая линия:')).text ?? ''
}
const checkIt = async () => {
  const olga = inGeneral(house.sandbox, OLGA)
  olga.says('/facts')
  const list = await olga.hears('8 800 555-01-01')
  await olga.presses(`Проверено: ${/(\d+)\. hotline:/.exec(list.text ?? '')?.[1]}`)
  return olga
}
const until = async (look: () => Promise<boolean>) => {
  while (!(await look())) await new Promise((resolve) => setTimeout(resolve, 50))
}

test('one admin alone: it holds at once, the admins are told and may undo it for ten minutes', async () => {
  const olga = await checkIt()
  await olga.hears('Сделано одним человеком')
  await until(async () => (await asked()).includes('8 800 555'))
  await olga.presses('Отменить')
  await olga.hears('Отменено: Ольга')
  await until(async () => !(await asked()).includes('8 800 555'))
  expect(await house.db.run(`select 1 from audit where action = 'undo'`)).toHaveLength(1)
  await checkIt()
  await olga.hears('Сделано одним человеком')
  await house.db.run(`update proposals set until = now() where state = 'open'`)
  await olga.presses('Отменить')
  await until(async () => JSON.stringify(house.sandbox.journal()).includes('Поздно: это уже решено'))
  expect((await asked()).includes('8 800 555')).toBe(true)
})

test('with a second admin nothing holds until that one confirms; operators and the proposer do not', async () => {
  await house.db.run('delete from fact_checks')
  await house.db.run(`select pg_notify('facts', '')`)
  await house.db.run(
    `insert into roles (operator_id, role) select id, 'admin' from operators where external_id = ${PETR}`,
  )
  await until(async () => !(await asked()).includes('8 800 555'))
  const olga = await checkIt()
  await olga.hears('Нужен второй человек')
  expect(await asked()).not.toContain('8 800 555')
  await olga.presses('Подтвердить')
  expect(await house.db.run('select 1 from fact_checks')).toEqual([])
  const petr = inGeneral(house.sandbox, PETR)
  await petr.presses('Подтвердить')
  await petr.hears('Подтверждено: Пётр')
  await until(async () => (await asked()).includes('8 800 555'))
})
