import { afterAll, beforeAll, expect, test } from 'vitest'
import { MARINA, openAppeal, PETR, takenAppeal } from '../appeal.ts'
import { type House, openHouse } from '../house.ts'
import { inGeneral } from '../people.ts'

let house: House
beforeAll(async () => {
  house = await openHouse()
})
afterAll(() => house.stop())

const numbersIn = (text = '') => text.match(/\d{3}-\d{3}-\d{3}/g) ?? []
const audited = (key: string) =>
  house.db.run<{ action: string; data: string }>(`select action, data::text as data from audit where ${key}`)

test('/find by the last four digits of a phone that the citizen left, and by nothing else of it', async () => {
  const { citizen, number } = await openAppeal(house.sandbox)
  citizen.says('+7 (912) 345-67-89')
  const general = inGeneral(house.sandbox, PETR)
  for (;;) {
    if ((await house.db.run('select 1 from contact_marks')).length > 0) break
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
  general.says('/find 6789')
  const found = await general.hears('Нашлось 1 обращение')
  expect(numbersIn(found.text)).toEqual([number])
  expect(found.entities?.some(({ type }) => type === 'text_link')).toBe(true)
  general.says('/find 3456')
  await general.hears('Нашлось 0')
  const marks = await house.db.run<{ mark: string }>('select mark from contact_marks')
  expect(marks.map(({ mark }) => mark).join()).not.toContain('6789')
  expect(await audited(`action = 'search' and data ->> 'by' = 'digits'`)).toHaveLength(2)
})

test('/find by words, in any form of them; it says how far it looked and shows page after page', async () => {
  const numbers: string[] = []
  for (let n = 0; n < 12; n += 1)
    numbers.push((await openAppeal(house.sandbox, `Пропал документ про квартиру, случай ${n}`)).number)
  const general = inGeneral(house.sandbox, PETR)
  general.says('/find документами квартира')
  const first = await general.hears('Нашлось 12 обращений')
  expect(first.text).toMatch(/Просмотрен.*13 последних обращений ваших линий/)
  expect(numbersIn(first.text)).toEqual(numbers.toReversed().slice(0, 10))
  await general.presses('Дальше')
  await general.hears(numbers[0] ?? '')
  const marina = inGeneral(house.sandbox, MARINA)
  const alert = await marina.presses('Назад')
  expect(alert?.text).toContain('Это искал другой человек')
  general.says('/find дирижабль')
  await general.hears('Нашлось 0')
  general.says('/find')
  await general.hears('Последние четыре цифры')
})

test('words of other lines are not found', async () => {
  const general = inGeneral(house.sandbox, MARINA)
  await house.db.run(`insert into operator_lines select id, 'fraud' from operators where external_id = ${MARINA}`)
  general.says('/find квартира')
  await general.hears('Нашлось 0')
  await house.db.run('delete from operator_lines')
})

test('/mine shows what is in hand, page by page', async () => {
  const general = inGeneral(house.sandbox, MARINA)
  general.says('/mine')
  await general.hears('ничего нет')
  for (let n = 0; n < 11; n += 1) general.says('/take')
  for (;;) {
    const [row] = await house.db.run<{ n: number }>(
      `select count(*)::int as n from appeals a join operators o on o.id = a.owner_id where o.external_id = ${MARINA}`,
    )
    if (row?.n === 11) break
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
  general.says('/mine')
  const shown = await general.hears('У вас в работе')
  expect(numbersIn(shown.text)).toHaveLength(10)
  await general.presses('Дальше')
  expect(numbersIn((await general.hears('У вас в работе')).text)).toHaveLength(1)
})

test('/history tells everything that happened, with who and when, and is in the audit', async () => {
  const { citizen, desk, number } = await takenAppeal(house.sandbox, { text: 'История вопроса' })
  desk.says('Отвечаю')
  await citizen.hears('Отвечаю')
  desk.says('/note для своих')
  desk.says('/history')
  const told = (await desk.hears('что происходило')).text ?? ''
  expect(told).not.toContain('Отвечаю')
  expect(told).not.toContain('История вопроса')
  const name = await house.db.run<{ name: string }>(`select name from operators where external_id = ${PETR}`)
  for (const words of [
    'открыто · гражданин',
    `взято · ${name[0]?.name}`,
    'сообщение · гражданин',
    `сообщение · ${name[0]?.name}`,
  ])
    expect(told).toContain(words)
  expect(told.split('\n')[1]).toMatch(/^\d\d\.\d\d\.\d{4}, \d\d:\d\d · /)
  const general = inGeneral(house.sandbox, PETR)
  general.says(`/history ${number}`)
  await general.hears(`${number}: что происходило`)
  while ((await audited(`action = 'look' and data ->> 'at' = 'history'`)).length < 2)
    await new Promise((resolve) => setTimeout(resolve, 20))
})
