import { afterAll, beforeAll, expect, test } from 'vitest'
import { ask, delivered, MARINA, openAppeal, takenAppeal } from '../appeal.ts'
import { GROUP, type House, openHouse } from '../house.ts'
import { inTopic, newCitizen, numberIn, type Phone } from '../people.ts'
import { untilEvent } from '../watch.ts'

let house: House
beforeAll(async () => {
  house = await openHouse()
})
afterAll(() => house.stop())

const cardIn = (desk: Phone) => desk.fromBot().find(({ text }) => text?.includes('Гражданин:'))
const cards = (desk: Phone) => desk.fromBot().filter(({ text }) => text?.includes('Гражданин:'))

test.concurrent('the card says who, in which language, since when, the way here, and shows numbers by their ends', async () => {
  const citizen = newCitizen(house.sandbox, 'en', 'Joan')
  citizen.says('The code does not come')
  await citizen.hears(/./)
  citizen.says('/operator')
  await citizen.presses('I agree')
  await citizen.hears('Describe')
  const number = await ask(citizen, 'My SNILS is 112-233-445 95 and the code does not come')
  const desk = await inTopic(house.sandbox, MARINA, number)
  const card = await desk.hears('Гражданин: Joan · язык: English')
  expect(card.text).toMatch(/ждёт с .*открыто/)
  expect(card.text).not.toContain('112-233-445')
  expect(card.text).not.toContain(String(citizen.id))
  citizen.says('/language')
  await citizen.presses('Русский')
  const changed = await untilEvent(house.sandbox, 'the chosen language', () =>
    desk.fromBot().find(({ text }) => text?.includes('язык: Русский (выбран)')),
  )
  expect(changed.message_id).toBe(card.message_id)
  expect(cards(desk)).toHaveLength(1)
})

test.concurrent('however much was written, the card fits, and «Подробнее» brings the whole with how earlier ones ended', async () => {
  const { citizen, number, desk } = await takenAppeal(house.sandbox)
  const answer = desk.says('Смените пароль на портале')
  await delivered(house.sandbox, answer)
  desk.says('/close Пароль сменён')
  await citizen.hears('от 1 до 5')
  citizen.says('/feedback')
  await citizen.hears('Напишите, что хотите сообщить')
  citizen.says(`${'Очень длинный рассказ о том, как всё было. '.repeat(85)}И самый конец.`)
  await citizen.hears('Как ещё с вами связаться')
  citizen.says('нет')
  await citizen.hears('Это связано с прежним обращением')
  await citizen.presses('Пропустить')
  await citizen.hears('Пришлите фото или файлы')
  await citizen.presses(/Готово|Пропустить/)
  await citizen.presses('Отправить')
  const told = await untilEvent(house.sandbox, 'a second number', () =>
    citizen.fromBot().find((one) => one.text?.includes('Ваш номер') && numberIn(one) !== number),
  )
  const second = await inTopic(house.sandbox, MARINA, numberIn(told))
  const card = await second.hears('Прежние обращения')
  expect(card.text).toMatch(new RegExp(`${number} · .* · Завершено · \\d`))
  expect(card.text).not.toContain('самый конец')
  await second.presses('Подробнее')
  const whole = await second.hears('самый конец')
  expect(whole.text?.length).toBeLessThanOrEqual(4_096)
  const last = await second.hears('итог: «Пароль сменён»')
  expect(last.text).toContain('последний ответ: «Смените пароль на портале»')
  const looked = await house.db.run(
    `select 1 from audit where action = 'look' and appeal_id = (select id from appeals where number = $1)`,
    [/\d{3}-\d{3}-\d{3}/.exec(card.text ?? '')?.[0].replaceAll('-', '') ?? ''],
  )
  expect(looked.length).toBeGreaterThan(0)
})

test.concurrent('who takes over reads what happened meanwhile, as one message', async () => {
  const { citizen, number, desk: petr } = await takenAppeal(house.sandbox)
  await delivered(house.sandbox, petr.says('Сейчас посмотрю'))
  const marina = await inTopic(house.sandbox, MARINA, number)
  const asked = citizen.says('А ещё не открывается чек')
  await marina.hears('не открывается чек')
  house.sandbox.edit({
    from: citizen.id,
    chat: citizen.chat,
    message_id: asked.message_id,
    text: 'Не открывается квитанция',
  })
  await marina.hears('Не открывается квитанция')
  const note = petr.says('/note Проверить оплату')
  await untilEvent(
    house.sandbox,
    'the mark of a note',
    () => house.sandbox.state().reactions[`${GROUP}:${note.message_id}`]?.bot,
  )
  marina.says('Квитанция в почте')
  await marina.hears('Что сделать с этим сообщением')
  petr.says('/release')
  await petr.hears('Вернули в очередь')
  marina.says('/take')
  const summary = await marina.hears('Пока вас не было')
  expect(summary.text).toMatch(/1 сообщение гражданина, 1 правка, 1 заметка, 1 неотправленное/)
  expect(summary.text).toMatch(/Пётр, заметка: Проверить оплату/)
  expect(summary.text).toMatch(/Марина, не отправлено: Квитанция в почте/)
  expect(marina.fromBot().filter(({ text }) => text?.includes('Пока вас не было'))).toHaveLength(1)
})

test.concurrent('a first take needs no summary', async () => {
  const { desk } = await takenAppeal(house.sandbox)
  await delivered(house.sandbox, desk.says('Здравствуйте'))
  expect(desk.fromBot().some(({ text }) => text?.includes('Пока вас не было'))).toBe(false)
  expect(cardIn(desk)?.text).toContain('отвечает Пётр')
  await openAppeal(house.sandbox)
})
