import { afterAll, beforeAll, expect, test } from 'vitest'
import { delivered, PETR, takenAppeal } from '../appeal.ts'
import { type House, openHouse } from '../house.ts'
import { inTopic, type Phone } from '../people.ts'
import { untilEvent } from '../watch.ts'

let house: House
beforeAll(async () => {
  house = await openHouse()
})
afterAll(() => house.stop())

const edits = (phone: Phone, message: { message_id: number }, text: string) =>
  house.sandbox.edit({ from: phone.id, chat: phone.chat, message_id: message.message_id, text })

test.concurrent('what the citizen changes stands at the desk with what it said before', async () => {
  const { citizen, desk } = await takenAppeal(house.sandbox)
  const asked = citizen.says('Мой город Казань')
  const copy = await desk.hears('Мой город Казань')
  edits(citizen, asked, 'Мой город Курск')
  const changed = await desk.hears(/Мой город Курск/)
  expect(changed.message_id).toBe(copy.message_id)
  expect(changed.text).toBe('Мой город Курск\nизменено, раньше было:\nМой город Казань')
  edits(citizen, asked, 'Мой город Пермь')
  expect((await desk.hears(/Пермь/)).text).toBe('Мой город Пермь\nизменено, раньше было:\nМой город Курск')
})

test.concurrent('an answer that is changed changes at the citizen’s, words of a file included', async () => {
  const { citizen, desk } = await takenAppeal(house.sandbox)
  const said = desk.says('Приходите в среду')
  await delivered(house.sandbox, said)
  edits(desk, said, 'Приходите в четверг')
  await untilEvent(house.sandbox, 'the change', () =>
    citizen.fromBot().some((one) => one.text === 'Приходите в четверг'),
  )
  expect(citizen.fromBot().some((one) => one.text === 'Приходите в среду')).toBe(false)

  const files = [{ name: 'plan.pdf', type: 'application/pdf', bytes: Buffer.from('plan') }]
  const sent = house.sandbox.write({ from: desk.id, chat: desk.chat, thread: desk.thread, text: 'План', files })
  await delivered(house.sandbox, sent)
  edits(desk, sent, 'План на среду')
  await untilEvent(house.sandbox, 'the words', () => citizen.fromBot().some((one) => one.caption === 'План на среду'))
})

test.concurrent('an edit whose copy is gone comes as a new line', async () => {
  const { citizen, desk } = await takenAppeal(house.sandbox)
  const asked = citizen.says('Мне 30 лет')
  const copy = await desk.hears('Мне 30 лет')
  const gone = { error_code: 400, description: "Bad Request: message can't be edited" }
  house.sandbox.fault({ method: 'editMessageText', match: { message_id: copy.message_id }, answer: gone })
  edits(citizen, asked, 'Мне 31 год')
  const line = await desk.hears('Мне 31 год')
  expect(line.message_id).not.toBe(copy.message_id)
  expect(line.text).toContain('раньше было')
})

test.concurrent('an edit that comes too late is not passed over in silence', async () => {
  const { citizen, desk } = await takenAppeal(house.sandbox)
  const said = desk.says('До десятого числа')
  await delivered(house.sandbox, said)
  desk.says('/release')
  await desk.hears('Вернули в очередь')
  edits(desk, said, 'До двадцатого числа')
  await desk.hears('Правка не ушла')
  expect(citizen.fromBot().some((one) => one.text === 'До десятого числа')).toBe(true)
})

test.concurrent('an edit while the message waits to be sent loses nothing', async () => {
  const { citizen, number } = await takenAppeal(house.sandbox)
  const petr = await inTopic(house.sandbox, PETR, number)
  const flood = { error_code: 429, description: 'Too Many Requests: retry after 1', parameters: { retry_after: 1 } }
  house.sandbox.fault({ method: 'sendMessage', match: { chat_id: citizen.chat }, answer: flood })
  const said = petr.says('Сначала так')
  edits(petr, said, 'Потом иначе')
  await untilEvent(house.sandbox, 'the last words', () => citizen.fromBot().some((one) => one.text === 'Потом иначе'))
})
