import { afterAll, beforeAll, expect, test } from 'vitest'
import { ask, delivered, MARINA, type Opened, PETR, takenAppeal } from '../appeal.ts'
import { type House, openHouse } from '../house.ts'
import { inGeneral, inTopic, type Phone } from '../people.ts'

let house: House
beforeAll(async () => {
  house = await openHouse()
})
afterAll(() => house.stop())

const says = async (id: number, word: 'online' | 'break' | 'offline', hears: RegExp) => {
  const general = inGeneral(house.sandbox, id)
  general.says(`/${word}`)
  await general.hears(hears)
}
const closed = async (): Promise<Opened & { desk: Phone }> => {
  const opened = await takenAppeal(house.sandbox)
  opened.desk.says('/close Сделано')
  await opened.citizen.hears('Сделано')
  return opened
}
const asksAgain = async ({ citizen }: Opened): Promise<string> => {
  citizen.says('/operator')
  await citizen.hears('Опишите')
  return await ask(citizen, 'Снова та же беда')
}

test('a returning citizen meets the same operator at once, if that one is on shift with room', async () => {
  const before = await closed()
  await says(PETR, 'online', /Вы на смене/)
  const number = await asksAgain(before)
  await before.citizen.hears('Отвечает Пётр, вы уже говорили')
  const topic = await inTopic(house.sandbox, PETR, number)
  await topic.hears('Пётр, это обращение сразу ваше')
  await topic.hears(/отвечает Пётр/)
  await delivered(house.sandbox, topic.says('Здравствуйте снова'))
})

test('otherwise into the queue, and the card says with whom the citizen was', async () => {
  const before = await closed()
  await says(PETR, 'break', /Перерыв/)
  const number = await asksAgain(before)
  const topic = await inTopic(house.sandbox, MARINA, number)
  const card = await topic.hears('Был у: Пётр')
  expect(card.text).toMatch(/Принято · ждёт с/)
  await topic.presses('Взять')
  const taken = await topic.hears('отвечает Марина')
  expect(taken.text).not.toContain('Был у')
})

test('with no room there is no assigning; reopened, it goes back into the same hands when there is', async () => {
  await says(PETR, 'online', /Вы на смене/)
  const before = await closed()
  await house.db.run(`update operators set capacity = 0 where external_id = $1`, [PETR])
  const number = await asksAgain(before)
  const topic = await inTopic(house.sandbox, MARINA, number)
  await topic.hears('Был у: Пётр')
  await house.db.run(`update operators set capacity = null where external_id = $1`, [PETR])
  const again = await closed()
  await again.citizen.presses('Открыть снова')
  await again.citizen.hears('Отвечает Пётр, вы уже говорили')
  await again.desk.hears('Пётр, это обращение сразу ваше')
})
