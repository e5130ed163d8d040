import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { type House, openHouse } from '../house.ts'
import { citizen, newCitizen, numberIn } from '../people.ts'

// A restart takes long on a busy machine.
vi.setConfig({ testTimeout: 60_000 })

let house: House
beforeAll(async () => {
  house = await openHouse()
})
afterAll(() => house.stop())

test('status: own appeals are known, applications on the portal are not', async () => {
  const vera = citizen(house.sandbox, 1001)
  vera.says('/feedback')
  await vera.presses('Согласен')
  await vera.hears('Напишите, что хотите сообщить')
  vera.says('Спасибо')
  for (const next of ['Как ещё с вами связаться', 'прежним обращением', 'Пришлите фото']) {
    await vera.hears(next)
    await vera.presses('Пропустить')
  }
  await vera.hears('Проверьте')
  await vera.presses('Отправить')
  const number = numberIn(await vera.hears('Ваш номер обращения'))
  vera.says('/start status-where')
  await vera.presses('Узнать о статусе')
  await vera.hears('разные вещи, и статусы у них разные')
  await vera.presses('Заявление на портале')
  await vera.hears('отсюда не виден')
  await vera.presses('Уведомления')
  await vera.hears('Уведомления')
  vera.says('/status')
  await vera.presses('Обращение в этот чат')
  await vera.hears('Потеряли номер')
  await vera.presses(number)
  await vera.hears('Статус: «Принято»')
})

test('status in English', async () => {
  const ann = newCitizen(house.sandbox, 'en')
  ann.says('/start status-meaning')
  await ann.presses('Ask about a status')
  await ann.presses('An application on the portal')
  await ann.hears('cannot be seen from here')
  ann.says('/start ticket-restore')
  await ann.hears(/number/)
  await ann.presses('My appeals')
  await ann.hears('No appeals yet')
})

test('cards, questions, notes and letters are composed and can be copied', async () => {
  const ann = newCitizen(house.sandbox, 'en')
  ann.says('/start contact-prepare')
  await ann.presses('Preparation card')
  await ann.hears('Do not send here: passport')
  ann.says('/start contact-questions')
  await ann.hears('What to ask the operator')
  await ann.presses(/^What to ask$/)
  const questions = await ann.hears('What to ask – copy')
  const copied = questions.reply_markup?.inline_keyboard?.flat().find((one) => 'copy_text' in one)
  expect(JSON.stringify(copied)).toContain('What is my status')
  ann.says('how do I get a paper for my dog <b>quickly</b>')
  await ann.hears(/operator|answers/i)
  ann.says('/start contact-mfc')
  await ann.presses('A note for your visit')
  const note = await ann.hears('a paper for my dog <b>quickly</b>')
  expect(note.entities?.map(({ type }) => type)).toContain('pre')
  ann.says('/start contact-email')
  await ann.presses('E-mail template')
  await ann.hears('Subject: a question')
  const vera = newCitizen(house.sandbox)
  vera.says('/start contact-mfc')
  await vera.presses('Записка для визита')
  await vera.hears('С собой: паспорт')
})
