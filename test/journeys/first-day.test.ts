import { afterAll, beforeAll, expect, test } from 'vitest'
import { type House, openHouse } from '../house.ts'
import { citizen, inTopic, newCitizen, numberIn, until } from '../people.ts'

let house: House
beforeAll(async () => {
  house = await openHouse()
})
afterAll(() => house.stop())

test('a citizen asks, gets an answer, asks for a person; the operator takes, answers, closes; the citizen rates', async () => {
  const anna = citizen(house.sandbox, 1001)
  anna.says('/start')
  await anna.hears('никогда не спрашиваем')
  await anna.presses('Вопросы')
  await anna.hears('Выберите раздел')
  await anna.presses('Вход и доступ')
  await anna.presses('Не приходит код')
  await anna.hears('Не приходит код')
  await anna.presses('Не помогло')
  await anna.presses('Спросить оператора')
  await anna.hears('Согласны')
  await anna.presses('Согласен')
  await anna.hears('Опишите')
  anna.says('Код не приходит третий день')
  const number = numberIn(await anna.hears('Ваш номер обращения'))
  expect(number).toMatch(/^\d{3}-\d{3}-\d{3}$/)

  const olga = await inTopic(house.sandbox, 5001, number)
  await olga.hears('Не приходит код')
  await olga.hears('Код не приходит третий день')
  await olga.presses('Взять')
  await anna.hears('В работе')
  const answer = olga.says('Проверьте, не в чёрном ли списке отправитель')
  await anna.hears('Проверьте, не в чёрном ли списке')
  await until(
    'the delivered mark',
    () => house.sandbox.state().reactions[`${answer.chat.id}:${answer.message_id}`]?.bot === '👌',
  )
  anna.says('Нашла, спасибо!')
  await olga.hears('Нашла, спасибо!')

  await olga.presses('Завершить')
  await olga.hears('Напишите следующим сообщением')
  olga.says('Код пришёл, отправитель был в чёрном списке')
  await anna.hears('Завершено')
  await anna.hears('отправитель был в чёрном списке')
  await anna.presses('5')
  await anna.hears('Спасибо за оценку: 5')
  await anna.presses('Пропустить')
  await until(
    'the closed topic',
    () =>
      house.sandbox
        .state()
        .chats.find((one) => one.id === olga.chat)
        ?.topics.find((one) => one.thread_id === olga.thread)?.closed,
  )
})

test('feedback: text, contact, number, attachments, review', async () => {
  const vera = newCitizen(house.sandbox, 'en')
  vera.says('/start')
  await vera.presses('Feedback')
  await vera.presses('I agree')
  await vera.hears('Write what you would like')
  vera.says('Thank you <b>all</b>')
  await vera.presses('Skip')
  await vera.hears('earlier appeal')
  await vera.presses('Skip')
  await vera.hears('Send photos')
  await vera.presses('Skip')
  await vera.hears('Please check')
  await vera.presses('Send')
  const number = numberIn(await vera.hears('Your appeal number'))
  const petr = await inTopic(house.sandbox, 5002, number)
  await petr.hears('Thank you <b>all</b>')
  vera.says(number)
  await vera.hears('Status: “Accepted”')
})
