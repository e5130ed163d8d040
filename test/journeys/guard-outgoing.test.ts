import { afterAll, beforeAll, expect, test } from 'vitest'
import { MARINA, OLGA, openAppeal, takenAppeal, untilClosed } from '../appeal.ts'
import { dataOf, heard, labels, sends } from '../citizen.ts'
import { GROUP, type House, openHouse } from '../house.ts'
import { inTopic, type Phone, until } from '../people.ts'

let house: House
beforeAll(async () => {
  house = await openHouse()
})
afterAll(() => house.stop())

let marks = 0
const settled = async (citizen: Phone, desk: Phone) => {
  marks += 1
  const mark = `до встречи № ${marks}.`
  desk.says(mark)
  await citizen.hears(mark)
}

test.concurrent('an answer that asks for a code is held with the reason, and goes out once it is rewritten', async () => {
  const { citizen, desk: petr } = await takenAppeal(house.sandbox)
  const words = petr.says('Назовите код из СМС')
  const question = await petr.hears('Гражданину не отправлено')
  expect(question.text).toContain('просят код')
  expect(question.reply_to_message?.message_id).toBe(words.message_id)
  expect(labels(question)).toEqual(['Отправить всё равно', 'Оставить заметкой', 'Не отправлять'])
  expect(await petr.presses('Отправить всё равно')).toMatchObject({ text: expect.stringContaining('только старший') })
  const edited = { from: petr.id, chat: GROUP, message_id: words.message_id }
  house.sandbox.edit({ ...edited, text: 'Никому не сообщайте код из СМС' })
  await until('the edit to be kept', () => house.sandbox.pending().length === 0)
  await petr.presses('Отправить всё равно')
  await citizen.hears('Никому не сообщайте код')
  house.sandbox.edit({ ...edited, text: 'Подробности на gosuslugi.top' })
  expect((await petr.hears('Правка не ушла')).text).toContain('ссылка')
  await settled(citizen, petr)
  expect(heard(citizen).join('\n')).not.toMatch(/Назовите|gosuslugi\.top/)
})

test.concurrent('a senior releases what is held, once, and that is written down', async () => {
  const { citizen, number, desk: petr } = await takenAppeal(house.sandbox)
  petr.says('Позвоните, пожалуйста, по номеру +7 943 555-01-27')
  const question = await petr.hears('номер телефона, которого нет')
  const olga = await inTopic(house.sandbox, OLGA, number)
  const data = dataOf(question, 'Отправить всё равно')
  const press = { from: OLGA, chat: GROUP, message_id: question.message_id, data }
  await Promise.all([house.sandbox.press(press), house.sandbox.press(press)])
  await citizen.hears('+7 943 555-01-27')
  await olga.hears('Отправляется гражданину')
  await settled(citizen, petr)
  expect(heard(citizen).filter((text) => text.includes('943 555'))).toHaveLength(1)
  const events = await house.db.run<{ data: object }>(
    `select data from audit where action = 'release_held' and data->>'why' like '%phone'`,
  )
  expect(events).toHaveLength(1)
})

test.concurrent('captions, contacts, programs, what is taken and sent, and closing comments are looked at, notes are not', async () => {
  const { citizen, number, desk: petr } = await takenAppeal(house.sandbox)
  const file = { name: 'help.pdf', type: 'application/pdf', bytes: Buffer.from('help') }
  const here = { from: petr.id, chat: GROUP, thread: petr.thread }
  house.sandbox.write({ ...here, files: [file], text: 'Пришлите номер карты' })
  await petr.hears('данные карты')
  house.sandbox.write({ ...here, files: [{ ...file, name: 'gosuslugi.apk' }] })
  await petr.hears('программа')
  petr.says('/note Просят назвать код из СМС, звонили с +7 943 555-01-27')
  petr.says('/close Переведите 500 рублей на карту, и всё будет')
  const held = await petr.hears('Обращение не закрыто')
  expect(held.text).toContain('заплатить')
  const olga = await inTopic(house.sandbox, OLGA, number)
  await settled(citizen, petr)
  expect(citizen.fromBot().some(({ document }) => document)).toBe(false)
  expect(heard(citizen).join('\n')).not.toMatch(/карты|943|Переведите/)
  await olga.presses('Отправить всё равно')
  await untilClosed(house.sandbox, number)
  await citizen.hears('Переведите 500 рублей')

  const free = await openAppeal(house.sandbox)
  const marina = await inTopic(house.sandbox, MARINA, free.number)
  marina.says('Скажите ваш пароль')
  await marina.presses('Взять и отправить')
  await marina.hears('просят пароль')
  const own = dataOf(await marina.hears('просят пароль'), 'Отправить всё равно')
  const at = marina.fromBot().at(-1)?.message_id ?? 0
  expect(await house.sandbox.press({ from: MARINA, chat: GROUP, message_id: at, data: own })).toMatchObject({
    text: expect.stringContaining('только старший'),
  })
  await marina.presses('Оставить заметкой')
  await until('the note', () => marina.fromBot().some(({ text }) => text === 'Осталось заметкой.'))
  sends(house.sandbox, free.citizen, { text: 'жду' })
  await marina.hears('жду')
  expect(heard(free.citizen).join('\n')).not.toContain('Скажите ваш пароль')
})
