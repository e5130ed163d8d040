import { afterAll, beforeAll, expect, test } from 'vitest'
import { delivered, MARINA, OLGA, takenAppeal, untilClosed } from '../appeal.ts'
import { GROUP, type House, openHouse } from '../house.ts'
import { inTopic, until } from '../people.ts'

let house: House
beforeAll(async () => {
  house = await openHouse()
})
afterAll(() => house.stop())

test.concurrent('«Завершить» asks for a comment, «Не закрывать» takes the question back', async () => {
  const { citizen, number, desk } = await takenAppeal(house.sandbox)
  await desk.presses('Завершить')
  const question = await desk.hears('чем закончилось')
  const marina = await inTopic(house.sandbox, MARINA, number)
  expect(await marina.presses('Не закрывать')).toMatchObject({ text: 'Здесь уже нечего отменять.' })
  await desk.presses('Не закрывать')
  const back = await desk.hears('не закрываем')
  expect(back.message_id).toBe(question.message_id)
  const answer = desk.says('Уточните, пожалуйста, город')
  await delivered(house.sandbox, answer)

  await desk.presses('Отклонить')
  await desk.hears('причину отказа')
  desk.says('Это решает другое ведомство <b>')
  await citizen.hears(/«Отклонено»[\s\S]*Причина: Это решает другое ведомство <b>/)
  await desk.hears('Отклонено. Причина отправлена')
  await untilClosed(house.sandbox, number)
  const card = await desk.hears(/Отклонено · закрыто/)
  expect(card.reply_markup?.inline_keyboard.flat().map(({ text }) => text)).toEqual(['Открыть снова', 'Подробнее'])
})

test.concurrent('a command closes at once with its argument; only the owner can', async () => {
  const { citizen, number, desk } = await takenAppeal(house.sandbox)
  const marina = await inTopic(house.sandbox, MARINA, number)
  marina.says('/close Всё')
  await marina.hears('только тот, кто ведёт')
  desk.says('/reject Нет оснований\nСм. письмо')
  await citizen.hears('Причина: Нет оснований\nСм. письмо')
  await citizen.hears('от 1 до 5')
  await untilClosed(house.sandbox, number)
})

test.concurrent('a comment that was asked for is forgotten when the appeal changes hands', async () => {
  const { citizen, desk } = await takenAppeal(house.sandbox)
  await desk.presses('Завершить')
  await desk.hears('чем закончилось')
  desk.says('/release')
  await desk.hears('Вернули в очередь')
  desk.says('/take')
  await desk.hears(/ваше/)
  const answer = desk.says('Добрый день, я посмотрел')
  await delivered(house.sandbox, answer)
  await citizen.hears('Добрый день')
  expect(citizen.fromBot().some(({ text }) => text?.includes('«Завершено»'))).toBe(false)
})

test.concurrent('opened again by the desk: same topic, in the queue, the citizen knows', async () => {
  const { citizen, number, desk } = await takenAppeal(house.sandbox)
  desk.says('/close Готово')
  await untilClosed(house.sandbox, number)
  await desk.presses('Открыть снова')
  await untilClosed(house.sandbox, number, false)
  await desk.hears('снова открыто и ждёт в очереди')
  await citizen.hears('снова открыто')
  await desk.presses('Взять')
  await desk.hears('отвечает Пётр')
  await delivered(house.sandbox, desk.says('Вот ещё'))
  desk.says('/close Теперь всё')
  await citizen.hears('Теперь всё')
  await untilClosed(house.sandbox, number)
})

test.concurrent('the citizen adds to what is closed: same topic, in the queue again', async () => {
  const { citizen, number, desk } = await takenAppeal(house.sandbox)
  desk.says('/close Готово')
  await untilClosed(house.sandbox, number)
  citizen.says('Нет, не готово')
  await citizen.presses(/Дополнить/)
  await desk.hears('Нет, не готово')
  await untilClosed(house.sandbox, number, false)
  await desk.hears('дополнил закрытое обращение')
  await desk.hears(/ждёт с/)
})

test.concurrent('words in a closed topic go nowhere, and the topic stays closed', async () => {
  const { citizen, number, desk } = await takenAppeal(house.sandbox, { by: OLGA })
  desk.says('/close Готово')
  await untilClosed(house.sandbox, number)
  desk.says('Забыла добавить')
  const question = await desk.hears('Не отправлено: обращение закрыто')
  expect(question.reply_markup?.inline_keyboard.flat().map(({ text }) => text)).toEqual([
    'Оставить заметкой',
    'Не отправлять',
  ])
  await untilClosed(house.sandbox, number)
  desk.says('/take')
  await desk.hears('Обращение закрыто.')
  await untilClosed(house.sandbox, number)
  expect(citizen.fromBot().some(({ text }) => text?.includes('Забыла'))).toBe(false)
  desk.says('/reopen')
  await untilClosed(house.sandbox, number, false)
  await desk.hears('снова открыто')
})

test.concurrent('two close at once: one ending, one question about the rating', async () => {
  const { citizen, number, desk } = await takenAppeal(house.sandbox)
  const card = await desk.hears('отвечает Пётр')
  desk.says('/close Раз')
  desk.says('/reject Два')
  desk.says('/close Три')
  await untilClosed(house.sandbox, number)
  await until('all commands to be handled', () => house.sandbox.pending().length === 0)
  expect(citizen.fromBot().filter(({ text }) => /«Завершено»|«Отклонено»/.test(text ?? ''))).toHaveLength(1)
  expect(citizen.fromBot().filter(({ text }) => text?.includes('от 1 до 5'))).toHaveLength(1)
  expect(house.sandbox.messages(GROUP, desk.thread).find((one) => one.message_id === card.message_id)?.text).toMatch(
    /Завершено · закрыто/,
  )
})

test.concurrent('a command under a file closes nothing, so that the file is not left behind', async () => {
  const { citizen, desk } = await takenAppeal(house.sandbox)
  const files = [{ name: 'a.pdf', type: 'application/pdf', bytes: Buffer.from('a') }]
  house.sandbox.write({ from: desk.id, chat: GROUP, thread: desk.thread, files, text: '/close Вот справка' })
  await desk.hears('пришлите файл отдельным сообщением')
  await delivered(house.sandbox, house.sandbox.write({ from: desk.id, chat: GROUP, thread: desk.thread, files }))
  expect(citizen.fromBot().some(({ text }) => text?.includes('«Завершено»'))).toBe(false)
})
