import { afterAll, beforeAll, expect, test } from 'vitest'
import { verify } from '../../src/desk/audit-chain.ts'
import { OLGA, PETR, takenAppeal } from '../appeal.ts'
import { citizenId, expectGone, forgets } from '../forgotten.ts'
import { type House, openHouse } from '../house.ts'
import { inGeneral } from '../people.ts'

let house: House
beforeAll(async () => {
  house = await openHouse()
})
afterAll(() => house?.stop())

test('demand-27-retention-and-deletion: what is held is shown, goes on demand at once, and only numbers that lead to nobody stay', async () => {
  const { citizen: vera, number } = await takenAppeal(house.sandbox)
  vera.says('/mydata')
  await vera.hears('Всё, что о вас хранится')
  const id = await citizenId(house, vera)
  expect(await forgets(vera)).not.toBe('')
  await expectGone(house, id, vera.id)
  const kept = await house.db.run<{ number: string; status: string; closed: boolean }>(
    'select number, status, closed_at is not null as closed from appeals where citizen_id = $1',
    [id],
  )
  expect(kept).toEqual([{ number: number.replaceAll('-', ''), status: 'completed', closed: true }])
})

test('demand-28-who-looked: taking, searching and reading the audit are in it, unchangeable; the citizen sees who opened theirs', async () => {
  const { citizen: vera, number } = await takenAppeal(house.sandbox)
  const [petr, olga] = [inGeneral(house.sandbox, PETR), inGeneral(house.sandbox, OLGA)]
  petr.says(`/find ${number}`)
  await petr.hears(number)
  olga.says(`/audit ${number}`)
  const page = await olga.hears('Журнал действий')
  for (const line of ['Пётр: обращение взято', 'Пётр: поиск', 'Ольга: журнал прочитан'])
    expect(page.text).toContain(line)
  await expect(house.db.run(`update audit set action = 'retry'`)).rejects.toThrow('only added to')
  await expect(house.db.run('delete from audit')).rejects.toThrow('only added to')
  while ((await house.db.run('select 1 from audit where position is null')).length > 0)
    await new Promise((resolve) => setTimeout(resolve, 100))
  expect(await verify(house.db)).toBeNull()
  vera.says('/mydata')
  await vera.hears('То же самое для программ')
  const rows = await house.db.run<{ action: string }>(
    `select action from audit where actor = 'operator' and citizen_id = $1 order by id`,
    [await citizenId(house, vera)],
  )
  expect(rows.map(({ action }) => action)).toEqual(['take', 'search'])
})
