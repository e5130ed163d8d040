import { afterAll, beforeAll, expect, test } from 'vitest'
import { delivered, MARINA, OLGA, openAppeal, PETR, takenAppeal } from '../appeal.ts'
import { labels } from '../citizen.ts'
import { type House, openHouse } from '../house.ts'
import { inGeneral, inTopic } from '../people.ts'

let house: House
beforeAll(async () => {
  house = await openHouse()
  await house.db.run(
    `insert into roles (operator_id, role) select id, 'senior' from operators where external_id = $1`,
    [OLGA],
  )
})
afterAll(() => house.stop())

const atWork = async (id: number) => {
  const general = inGeneral(house.sandbox, id)
  general.says('/online')
  await general.hears('Вы на смене')
  return general
}
const setCapacity = async (id: number, capacity: number | null) =>
  await house.db.run('update operators set capacity = $2 where external_id = $1', [id, capacity])
const inHandOf = async (id: number) =>
  (
    await house.db.run<{ n: number }>(
      `select count(*)::int as n from appeals a join operators o on o.id = a.owner_id where o.external_id = $1 and a.closed_at is null`,
      [id],
    )
  )[0]?.n

test('on a break nothing new is taken; who ends the shift keeps what is in hand, or gives it all back', async () => {
  const { sandbox } = house
  const general = await atWork(PETR)
  const one = await takenAppeal(sandbox)
  const two = await takenAppeal(sandbox)
  general.says('/break')
  await general.hears('Перерыв: новых обращений вам не будет')
  const three = await openAppeal(sandbox)
  general.says('/take')
  await general.hears('Вы на перерыве')
  const topic = await inTopic(sandbox, PETR, three.number)
  expect((await topic.presses('Взять')) as object).toMatchObject({ text: expect.stringContaining('на перерыве') })
  await delivered(sandbox, one.desk.says('Отвечаю и на перерыве'))

  general.says('/offline')
  const asked = await general.hears('У вас в работе 2 обращения')
  expect(labels(asked)).toEqual(['Оставить себе', 'Вернуть всё в очередь'])
  const marina = inGeneral(sandbox, MARINA)
  expect((await marina.presses('Вернуть всё в очередь')) as object).toMatchObject({
    text: expect.stringContaining('Решает тот'),
  })
  await general.presses('Оставить себе')
  await general.hears('Остаются у вас')
  expect(await inHandOf(PETR)).toBe(2)
  general.says('/offline')
  await general.hears('У вас в работе 2 обращения')
  await general.presses('Вернуть всё в очередь')
  await general.hears('Вернули в очередь: 2')
  await one.citizen.hears('вернулось в очередь')
  await two.citizen.hears('вернулось в очередь')
  general.says('/take')
  await general.hears('Ваша смена закончена')
  expect(await inHandOf(PETR)).toBe(0)
})

test('nothing is taken above capacity; a senior may give it all the same', async () => {
  const { sandbox } = house
  await setCapacity(MARINA, ((await inHandOf(MARINA)) ?? 0) + 1)
  const marina = await atWork(MARINA)
  const first = await takenAppeal(sandbox, { by: MARINA })
  const second = await openAppeal(sandbox)
  const topic = await inTopic(sandbox, MARINA, second.number)
  expect((await topic.presses('Взять')) as object).toMatchObject({
    text: expect.stringContaining('Больше взять нельзя'),
  })
  marina.says('/take')
  await marina.hears('Больше взять нельзя')

  await atWork(PETR)
  const petr = await inTopic(sandbox, PETR, second.number)
  await petr.presses('Взять')
  petr.says('/transfer Марина Вы её знаете')
  await petr.hears('Куда передать')
  const olga = await inTopic(sandbox, OLGA, second.number)
  olga.says('/transfer Марина Вы её знаете')
  await olga.hears('Марина, обращение теперь ведёте вы. Передаёт Ольга')
  await olga.hears('Заметка (Ольга): Вы её знаете')
  await second.citizen.hears('Отвечает Марина')
  await delivered(sandbox, topic.says('Здравствуйте снова'))
  await setCapacity(MARINA, null)
  await delivered(sandbox, first.desk.says('И вам'))
})

test('passed to a colleague by a button: only those on shift, with room and of the line are offered', async () => {
  const { sandbox } = house
  await atWork(PETR)
  const marina = await atWork(MARINA)
  const { citizen, desk, number } = await takenAppeal(sandbox)
  await desk.presses('Передать')
  const offered = await desk.hears('Куда передать')
  expect(labels(offered).filter((words) => words.startsWith('Марина'))).toHaveLength(1)
  expect(labels(offered).filter((words) => words.startsWith('Пётр') || words.startsWith('Ольга'))).toHaveLength(0)
  marina.says('/break')
  await marina.hears('Перерыв')
  expect((await desk.presses(/^Марина · /)) as object).toMatchObject({
    text: expect.stringContaining('уже нет на смене'),
  })
  marina.says('/online')
  await marina.hears('Вы на смене')
  await desk.presses(/^Марина · /)
  await desk.hears('Передано: Марина')
  await citizen.hears('Отвечает Марина')
  desk.says('Это уже не моё')
  await desk.hears('Не отправлено: обращение ведёт Марина')
  const there = await inTopic(sandbox, MARINA, number)
  await delivered(sandbox, there.says('Здравствуйте, я Марина'))
})

test('a senior takes an appeal over; an operator may not', async () => {
  const { sandbox } = house
  const { citizen, number, desk } = await takenAppeal(sandbox)
  const marina = await inTopic(sandbox, MARINA, number)
  marina.says('/takeover')
  await marina.hears('Это может только старший')
  const olga = await inTopic(sandbox, OLGA, number)
  olga.says('/takeover')
  await olga.hears('Ольга забирает обращение себе')
  await citizen.hears('Отвечает Ольга')
  desk.says('А я?')
  await desk.hears('Не отправлено: обращение ведёт Ольга')
  olga.says('/takeover')
  await olga.hears('Обращение и так ваше')
})
