import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { newNumber, showNumber } from '../../src/desk/appeal-number.ts'
import { eventually } from '../hours.ts'
import { GROUP, type House, openHouse } from '../house.ts'
import { citizen, inGeneral, inTopic, newCitizen, numberIn, type Phone } from '../people.ts'

// A restart takes long on a busy machine.
vi.setConfig({ testTimeout: 60_000 })

let house: House
beforeAll(async () => {
  house = await openHouse()
})
afterAll(() => house.stop())

const screenshot = { name: 'screen.pdf', type: 'application/pdf', bytes: Buffer.from('%PDF-1.4') }
const sends = (from: Phone) => house.sandbox.write({ from: from.id, chat: from.chat, text: '', files: [screenshot] })

test('a fault is reported step by step, over a restart, and gets a number', async () => {
  const vera = citizen(house.sandbox, 1001)
  vera.says('/start portal-cabinet_down')
  await vera.hears('Кабинет не открывается')
  await vera.presses('Сообщить о сбое')
  await vera.presses('Согласен')
  await vera.hears('Когда случился сбой')
  vera.says('сегодня утром')
  await vera.hears('Где это было')
  await house.restart()
  vera.says('приложение на телефоне')
  await vera.hears('Что написано на экране')
  vera.says('Ошибка 502')
  await vera.hears('Закройте на них личные данные')
  sends(vera)
  await vera.hears('Принято: 1 из 10')
  await vera.presses('Готово')
  await vera.hears('Вы уже обращались')
  await vera.presses('Пропустить')
  await vera.hears('приложение на телефоне')
  await vera.presses('Отправить')
  const number = numberIn(await vera.hears('Спасибо, что сообщили о сбое'))
  const petr = await inTopic(house.sandbox, 5002, number)
  await petr.hears('сегодня утром')
  await petr.hears('Ошибка 502')
})

test('a fault in English', async () => {
  const ann = newCitizen(house.sandbox, 'en')
  ann.says('/start portal-upload_failed')
  await ann.presses('Report a fault')
  await ann.presses('I agree')
  for (const words of ['yesterday', 'the upload form', 'file too large']) {
    await ann.hears(/When did it happen|Where was it|What does the screen say/)
    ann.says(words)
  }
  await ann.hears('Cover personal data')
  await ann.presses('Skip')
  await ann.hears('written to us about this before')
  await ann.presses('Skip')
  await ann.presses('Send')
  await ann.hears('Your appeal number')
})

test('a complaint is for seniors, and never for the operator it is about', async () => {
  const ann = newCitizen(house.sandbox, 'en')
  ann.says('/operator')
  await ann.presses('I agree')
  await ann.hears('Describe')
  ann.says('Where is my certificate?')
  const first = numberIn(await ann.hears('Your appeal number'))
  const admin = await inTopic(house.sandbox, 5001, first)
  await admin.presses('Взять')
  await ann.hears('In progress')

  ann.says('/start operator-complaint')
  await ann.presses('Complain about an operator')
  await ann.hears('What happened?')
  ann.says('He was rude to me')
  await ann.hears('Which appeal was it')
  ann.says(newNumber())
  await ann.hears('no such number among your appeals')
  await house.restart()
  ann.says(first)
  await ann.hears('What would you like?')
  await ann.presses('Skip')
  await ann.hears('Please check')
  await ann.presses('Send')
  const number = numberIn(await ann.hears('not the operator it is about'))
  const about = await inTopic(house.sandbox, 5001, number)
  await about.hears('Жалобы')
  about.says('/take')
  await about.hears('Это обращение разбирает другой человек')
  // Nor does a search tell of it more than of a number that nobody has; a colleague finds it.
  const general = inGeneral(house.sandbox, 5001)
  general.says(`/find ${number}`)
  const none = await general.hears(/нет/)
  const nobodys = showNumber(newNumber())
  general.says(`/find ${nobodys}`)
  expect((await general.hears(nobodys)).text?.replace(nobodys, number)).toBe(none.text)
  for (const asked of [number, nobodys]) general.says(`/history ${asked}`)
  await eventually('the history of both to be refused alike', async () => {
    const alike = general.fromBot().filter(({ text }) => text?.replace(nobodys, number) === none.text)
    return alike.length >= 4
  })
  const colleague = inGeneral(house.sandbox, 5002)
  colleague.says(`/find ${number}`)
  await colleague.hears(/Жалобы/)
  inGeneral(house.sandbox, 5001).says('/take')
  await inGeneral(house.sandbox, 5001).hears(/Вы взяли|никто не ждёт/)
  // The only admin is the one it is about, so an operator takes it.
  const petr = await inTopic(house.sandbox, 5002, number)
  petr.says('/take')
  await ann.hears(/In progress.*answering/)
  expect(petr.chat).toBe(GROUP)
})
