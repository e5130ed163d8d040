import { afterAll, beforeAll, expect, test } from 'vitest'
import { type House, openHouse } from '../house.ts'
import { inGeneral, newCitizen } from '../people.ts'

let house: House
beforeAll(async () => {
  house = await openHouse()
  const [anna, vera, petr] = [newCitizen(house.sandbox), newCitizen(house.sandbox), newCitizen(house.sandbox)]
  const asks = async (who: typeof anna, text: string) => {
    who.says(text)
    await who.hears(/оператор|Похоже/i)
  }
  await asks(anna, 'где купить билеты на дирижабль')
  await asks(vera, 'билеты на дирижабль купить где')
  await asks(petr, 'хочу билет на дирижабль, карта 4111 1111 1111 1111')
  await asks(anna, 'почём нынче бублики с маком')
  // This one is answered, and the answer is of no use.
  await asks(vera, 'не приходит код из смс')
  await vera.presses('Не помогло')
  await vera.hears('оператор')
})
afterAll(() => house?.stop())

test('/gaps: what found no answer, alike together, secrets masked, each with an entry to paste', async () => {
  const olga = inGeneral(house.sandbox, 5001)
  olga.says('/gaps')
  const list = (await olga.hears('не получили ответа')).text ?? ''
  expect(list).toMatch(/1\. 3 × «[^»]*дирижабль/)
  expect(list).toMatch(/1 × «почём нынче бублики/)
  expect(list).toMatch(/1 × «не приходит код из смс/)
  expect(list).not.toContain('4111')

  await olga.presses('1')
  const paste = (await olga.hears('Вставьте')).text ?? ''
  expect(paste).toMatch(/- id: [a-z]+\.[a-z_]+\n {4}title: .*дирижабль/i)
  expect(paste).toContain('- где купить билеты на дирижабль')
  expect(paste).toMatch(/en, раздел \w+:\n {2}- id: [a-z]+\.[a-z_]+\n {4}title: ""/)
  expect(paste).not.toContain('4111')
})

test('only admins read it', async () => {
  const petr = inGeneral(house.sandbox, 5002)
  petr.says('/gaps')
  await petr.hears('Это может только администратор')
})

test('on Monday the admins get the week', async () => {
  const olga = inGeneral(house.sandbox, 5001)
  const woken = await house.db.run(`update inbox set due_at = now() where key like 'timer:digest:%' returning key`)
  expect(woken).toHaveLength(1)
  const week = (await olga.hears('Неделя: вопросы без ответа')).text ?? ''
  expect(week).toContain('Всего: 5')
  expect(week).toMatch(/3 × «[^»]*дирижабль/)
})
