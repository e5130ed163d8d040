import { afterAll, beforeAll, expect, test } from 'vitest'
import { OLGA, openAppeal, PETR, takenAppeal, untilClosed } from '../appeal.ts'
import { GROUP, type House, openHouse } from '../house.ts'
import { inTopic, until } from '../people.ts'
import { untilEvent } from '../watch.ts'

let house: House
beforeAll(async () => {
  house = await openHouse({ replicas: 2 })
})
afterAll(() => house.stop())

const topicsOf = (number: string) =>
  house.sandbox
    .state()
    .chats.find((one) => one.id === GROUP)
    ?.topics.filter((one) => one.name.startsWith(number)) ?? []
const made = (number: string) =>
  house.sandbox
    .journal()
    .entries.filter(({ method, params }) => method === 'createForumTopic' && String(params.name).startsWith(number))
    .length
const byHand = (thread: number, deed: 'close' | 'delete') =>
  house.sandbox.topic({ from: OLGA, chat: GROUP, thread, deed })

test('a deleted topic is made again once, with its card, and nothing said is lost', async () => {
  const { citizen, number, desk } = await takenAppeal(house.sandbox)
  byHand(desk.thread ?? 0, 'delete')
  const said = Array.from({ length: 20 }, (_, n) => `вопрос ${n}`)
  for (const text of said) citizen.says(text)
  const again = await inTopic(house.sandbox, PETR, number)
  await again.hears('вопрос 19')
  expect(made(number)).toBe(2)
  const texts = again.fromBot().flatMap(({ text }) => (text === undefined ? [] : [text]))
  expect(texts[0]).toContain('отвечает Пётр')
  expect(texts.slice(1)).toEqual(said)
  again.says('Вижу всё')
  await citizen.hears('Вижу всё')
  again.says('/close Готово')
  await untilClosed(house.sandbox, number)
})

test('a server that goes on saying "not found" gets one new topic, and the message waits', async () => {
  const { citizen, number } = await takenAppeal(house.sandbox)
  const lost = { error_code: 400, description: 'Bad Request: message thread not found' }
  const end = house.sandbox.fault({ method: 'sendMessage', match: { text: 'Вы здесь?' }, times: 0, answer: lost })
  const tried = () => house.sandbox.journal().refused.filter(({ params }) => params.text === 'Вы здесь?').length
  citizen.says('Вы здесь?')
  await until('the second refusal', () => tried() === 2)
  await new Promise((resolve) => setTimeout(resolve, 1_200))
  expect(tried()).toBe(2)
  expect(topicsOf(number)).toHaveLength(2)
  const [row] = await house.db.run<{ state: string; later: boolean }>(
    `select state, not_before > now() + interval '30 seconds' as later from outbox
     where state = 'new' and lane = (select 'appeal:' || id from appeals where number = $1)`,
    [number.replaceAll('-', '')],
  )
  expect(row).toEqual({ state: 'new', later: true })
  end()
})

test('a topic that is closed by hand is opened again, and the line says how to end an appeal', async () => {
  const { citizen, number, desk } = await takenAppeal(house.sandbox)
  byHand(desk.thread ?? 0, 'close')
  await desk.hears('Тему закрыли вручную, а обращение открыто')
  await untilClosed(house.sandbox, number, false)
  citizen.says('Я ещё здесь')
  await desk.hears('Я ещё здесь')
})

test('who deletes the topic of an appeal that is done does not get it back', async () => {
  const { citizen, number, desk } = await takenAppeal(house.sandbox)
  desk.says('/close Готово')
  await untilClosed(house.sandbox, number)
  byHand(desk.thread ?? 0, 'delete')
  await citizen.presses('5')
  await citizen.hears('Спасибо за оценку')
  await citizen.presses('Пропустить')
  await until('the card to have been tried', () =>
    house.sandbox.journal().refused.some(({ description }) => description.includes('message to edit not found')),
  )
  expect(topicsOf(number)).toHaveLength(1)
  await citizen.presses(/Открыть снова/)
  citizen.says('Всё-таки нет')
  const again = await inTopic(house.sandbox, PETR, number)
  await again.hears('Всё-таки нет')
  await again.hears(/ждёт с/)
})

test('the answer to a topic’s birth is lost – a restart, a cut line, a proxy: it is adopted, not made twice', async () => {
  const restart = { error_code: 500, description: 'Internal Server Error: restart' }
  for (const answer of [restart, 'reset', 'html502'] as const) {
    house.sandbox.fault({ method: 'createForumTopic', when: 'after', answer })
  }
  const opened = await Promise.all([1, 2, 3].map((n) => openAppeal(house.sandbox, `Первое слово ${n}`)))
  for (const [n, { number }] of opened.entries()) {
    const desk = await inTopic(house.sandbox, PETR, number)
    await desk.hears(`Первое слово ${n + 1}`)
    expect((await desk.hears(number)).reply_markup?.inline_keyboard).toBeDefined()
    expect(topicsOf(number)).toHaveLength(1)
    expect(made(number)).toBe(1)
  }
})

test('a card that was deleted by hand comes back with its buttons', async () => {
  const { number } = await openAppeal(house.sandbox)
  const desk = await inTopic(house.sandbox, PETR, number)
  const card = await desk.hears(number)
  await fetch(`${house.url}/bot${house.sandbox.token}/deleteMessage?chat_id=${GROUP}&message_id=${card.message_id}`)
  desk.says('/take')
  const again = await desk.hears('отвечает Пётр')
  expect(again.message_id).not.toBe(card.message_id)
  expect(again.reply_markup?.inline_keyboard.flat().map(({ text }) => text)).toContain('Завершить')
})

test('a message that a server puts into General is taken away and goes to its topic', async () => {
  const { citizen, number } = await takenAppeal(house.sandbox)
  const secret = 'Мой адрес: Лесная, 5'
  house.sandbox.fault({ method: 'sendMessage', match: { text: secret }, answer: 'general' })
  citizen.says(secret)
  await untilEvent(house.sandbox, 'a second topic', () => topicsOf(number).length === 2)
  await until('the words in a topic', () =>
    house.sandbox.messages(GROUP).some((one) => one.text === secret && one.is_topic_message),
  )
  expect(house.sandbox.messages(GROUP).some((one) => one.text === secret && !one.is_topic_message)).toBe(false)
})
