import { afterAll, beforeAll, expect, test } from 'vitest'
import { verify } from '../../src/desk/audit-chain.ts'
import { OLGA, PETR, takenAppeal } from '../appeal.ts'
import { type House, openHouse } from '../house.ts'
import { citizen, inGeneral } from '../people.ts'

let house: House
beforeAll(async () => {
  house = await openHouse()
})
afterAll(() => house?.stop())

test('what operators do to an appeal is in the audit, read by admins, sealed within seconds', async () => {
  const { number, desk } = await takenAppeal(house.sandbox)
  const [petr, olga] = [inGeneral(house.sandbox, PETR), inGeneral(house.sandbox, OLGA)]
  petr.says(`/find ${number}`)
  await petr.hears(number)
  petr.says('/audit')
  await petr.hears('Это может только администратор')

  olga.says(`/audit ${number}`)
  const page = await olga.hears('Журнал действий')
  expect(page.text).toContain(`Пётр: поиск – ${number}, искали: по номеру, нашлось: 1`)
  expect(page.text).toContain(`Пётр: обращение взято – ${number}`)
  olga.says('/audit Пётр')
  await olga.hears('обращение взято')
  olga.says('/audit Никто')
  await olga.hears('Нет такого номера или сотрудника')
  expect(desk.fromBot().some(({ text }) => text?.includes('Журнал'))).toBe(false)

  const unsealed = () => house.db.run('select 1 from audit where position is null')
  while ((await unsealed()).length > 0) await new Promise((resolve) => setTimeout(resolve, 100))
  expect(await verify(house.db)).toBeNull()
})

test('a long audit is read page by page, in a private chat too; reading it is an entry', async () => {
  for (let n = 0; n < 25; n += 1)
    await house.db.run(`insert into audit (key, actor, action, data) values ($1, 'system', 'retry', '{}')`, [`x:${n}`])
  const olga = citizen(house.sandbox, OLGA)
  olga.says('/audit')
  expect((await olga.hears('Журнал действий')).text?.match(/отложенное повторено/g)?.length).toBe(9)
  await olga.presses('Раньше')
  await olga.hears(/(отложенное повторено[\s\S]*){10}/)
  expect(await house.db.run(`select 1 from audit where action = 'audit' and actor_id is not null`)).not.toEqual([])
})
