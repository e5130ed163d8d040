import { afterAll, beforeAll, expect, test } from 'vitest'
import { delivered, MARINA, OLGA, openAppeal, PETR, takenAppeal, topicOf } from '../appeal.ts'
import { labels, times } from '../citizen.ts'
import { type House, openHouse } from '../house.ts'
import { inGeneral, inTopic } from '../people.ts'
import { untilEvent } from '../watch.ts'

let house: House
beforeAll(async () => {
  house = await openHouse()
})
afterAll(() => house.stop())

test.concurrent('released, it waits again, and the citizen knows; a colleague takes it', async () => {
  const { citizen, number, desk } = await takenAppeal(house.sandbox)
  await desk.presses('Вернуть')
  const card = await desk.hears(/В работе · ждёт с/)
  expect(card.reply_markup?.inline_keyboard.flat().map(({ text }) => text)).toEqual(['Взять', 'Передать', 'Подробнее'])
  const back = await citizen.hears('вернулось в очередь')
  expect(back.text).toContain('Место в очереди')
  expect(labels(back)).toContain('Подожду здесь')
  expect(times(citizen, 'снова в очереди')).toBe(0)
  const marina = await inTopic(house.sandbox, MARINA, number)
  await marina.presses('Взять')
  await citizen.hears('Отвечает Марина')
  desk.says('/release')
  await desk.hears('Это может только тот, кто ведёт обращение')
})

test.concurrent('given back, it keeps the place it had before it was taken', async () => {
  const { number, desk } = await takenAppeal(house.sandbox)
  const later = await openAppeal(house.sandbox)
  await desk.presses('Вернуть')
  await desk.hears(/В работе · ждёт с/)
  const queue = await house.db.run<{ number: string }>(
    'select number from appeals where waiting_since is not null order by waiting_since',
  )
  const places = [number, later.number].map((one) => queue.findIndex((row) => row.number === one.replaceAll('-', '')))
  expect(places[0]).toBeGreaterThanOrEqual(0)
  expect(places[0]).toBeLessThan(places[1] ?? -1)
})

test.concurrent('transferred by a button: the question makes room for what came of it, the topic is renamed', async () => {
  const { citizen, number, desk } = await takenAppeal(house.sandbox)
  await desk.presses('Передать')
  const question = await desk.hears('Куда передать')
  const here = topicOf(house.sandbox, number)?.name.split(' · ')[1] ?? ''
  const lines = question.reply_markup?.inline_keyboard.flat().map(({ text }) => text) ?? []
  expect(lines).toHaveLength(4)
  expect(lines).not.toContain(here)
  await desk.presses('Мошенники')
  const done = await desk.hears('Передано: Мошенники')
  expect(done.message_id).toBe(question.message_id)
  expect(done.reply_markup).toBeUndefined()
  await citizen.hears('передано другим специалистам')
  await desk.hears(/· Мошенники[\s\S]*ждёт с/)
  await untilEvent(
    house.sandbox,
    'the new name',
    () => topicOf(house.sandbox, number)?.name === `${number} · Мошенники`,
  )
})

test.concurrent('transferred by name; a name nobody knows gets the list; who has it no more cannot', async () => {
  const { citizen, desk } = await takenAppeal(house.sandbox)
  desk.says('/transfer в бухгалтерию')
  await desk.hears('Куда передать')
  desk.says('/transfer жалобы')
  await desk.hears('Передано: Жалобы')
  await citizen.hears('передано другим специалистам')
  desk.says('/take')
  await desk.hears(/ваше/)
  const answer = desk.says('Я снова с вами')
  await delivered(house.sandbox, answer)
})

test('a line’s own people get the oldest of their lines only', async () => {
  const { number } = await openAppeal(house.sandbox)
  const petr = await inTopic(house.sandbox, PETR, number)
  await petr.presses('Передать')
  await petr.presses('Мошенники')
  await petr.hears('Передано: Мошенники')
  await house.db.run(
    `insert into operator_lines (operator_id, line) select id, 'fraud' from operators where external_id = $1`,
    [OLGA],
  )
  const general = inGeneral(house.sandbox, OLGA)
  const mine = async () => {
    general.says('/take')
    return (await general.hears(/Вы взяли|никто не ждёт/)).text ?? ''
  }
  const taken = [await mine()]
  while (!taken.at(-1)?.includes('никто не ждёт')) taken.push(await mine())
  expect(taken.join('\n')).toContain(number)
  const { lines } = (
    await house.db.run<{ lines: string }>(
      `select string_agg(distinct line, ',') as lines from appeals a join operators o on o.id = a.owner_id where o.external_id = $1`,
      [OLGA],
    )
  )[0] ?? { lines: '' }
  expect(lines).toBe('fraud')
})
