import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Opened, openAppeal } from '../appeal.ts'
import { labels, times } from '../citizen.ts'
import { type House, openHouse } from '../house.ts'
import { inTopic, newCitizen, numberIn } from '../people.ts'

let house: House
let address: URL
beforeAll(async () => {
  house = await openHouse({ webhook: true, replicas: 2 })
  const set = house.sandbox.journal().entries.findLast(({ method }) => method === 'setWebhook')
  address = new URL(String(set?.params.url))
})
afterAll(() => house.stop())

const tellAgain = async (update: object): Promise<number> => {
  const answer = await fetch(address, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-telegram-bot-api-secret-token': 'journey-secret' },
    body: JSON.stringify(update),
  })
  return answer.status
}

test('demand-07-webhook-repeats: an update that comes again and again does everything once', async () => {
  const vera = newCitizen(house.sandbox)
  vera.says('/operator')
  await vera.presses('Согласен')
  await vera.hears('Опишите')
  const person = { id: vera.id, is_bot: false, first_name: 'Вера', language_code: 'ru' }
  const update = {
    update_id: 900_000_007,
    message: {
      message_id: 700_007,
      date: Math.floor(Date.now() / 1000),
      chat: { id: vera.id, type: 'private', first_name: 'Вера' },
      from: person,
      text: 'Повторяется одно и то же',
    },
  }
  const statuses = await Promise.all(Array.from({ length: 8 }, () => tellAgain(update)))
  expect(new Set(statuses)).toEqual(new Set([200]))
  const number = numberIn(await vera.hears('Ваш номер обращения'))
  const petr = await inTopic(house.sandbox, 5002, number)
  await petr.hears('Повторяется одно и то же')
  expect(await tellAgain(update)).toBe(200)
  vera.says('/appeals')
  const list = await vera.hears('Ваше обращение')
  expect(labels(list).filter((label) => /\d{3}-\d{3}-\d{3}/.test(label))).toHaveLength(1)
  expect(times(vera, 'Ваш номер обращения')).toBe(1)
  expect(times(petr, 'Повторяется одно и то же')).toBe(1)
})

test('demand-24-number-at-once: said at once, spoken over a phone, found again, and nobody else’s', async () => {
  const mine: Opened = await openAppeal(house.sandbox, 'Потерял бумажку с номером')
  const { citizen: vera, number } = mine
  expect(number).toMatch(/^\d{3}-\d{3}-\d{3}$/)
  // As people write it down, with a slip of the finger, and a stranger's try.
  for (const typed of [number, number.replaceAll('-', ''), number.replaceAll('-', ' ')]) {
    vera.says(typed)
    await vera.hears(`Обращение ${number}`)
  }
  const slip = number.replace(/\d$/, (last) => String((Number(last) + 1) % 10))
  vera.says(slip)
  await vera.hears(/не похоже|такого номера нет/)
  const ann = newCitizen(house.sandbox, 'en')
  ann.says(number)
  await ann.hears('no such number among your appeals')
  vera.says('/status')
  await vera.presses('Обращение в этот чат')
  await vera.hears('Потеряли номер')
  await vera.presses(number)
  await vera.hears('Статус: «Принято»')
})

test.each([
  ['ru', 'Напишите, что хотите сообщить', 'не приходит код из смс', 'уже есть ответ', 'Не приходит код', 'Нет нужного'],
  [
    'en',
    'Write what you would like to tell us',
    'the sms code does not arrive',
    'may be an answer',
    'The code does not come',
    'None of these',
  ],
])(
  'demand-30-answers-while-filling: three answers and a person, and the form waits (%s)',
  async (lang, ask, said, may, title, no) => {
    const person = newCitizen(house.sandbox, lang)
    person.says('/feedback')
    await person.presses(/Согласен|I agree/)
    await person.hears(ask)
    person.says(said)
    const offer = await person.hears(may)
    const [first, , , fourth] = labels(offer)
    expect(first).toBe(title)
    expect(fourth).toContain(no)
    await person.presses(title)
    await person.hears(title)
    // The form has not lost its place: what is typed now answers its question.
    person.says('vera@example.org')
    await person.hears(/прежним обращением|about an earlier appeal|earlier appeal/)
    // None of these is it: a person, and nothing has to be typed again.
    await person.presses(/^(Не помогло|It did not help)$/)
    await person.presses(/^(Спросить оператора|Ask an operator)$/)
    const question = await person.hears(/Опишите|Describe/)
    expect(question.text).toContain(said)
    await person.presses(/^(Отправить|Send)$/)
    await person.hears(/Ваш номер обращения|Your appeal number/)
  },
)

test('demand-30-answers-while-filling: none of them, so a person, in one press', async () => {
  const ann = newCitizen(house.sandbox, 'en')
  ann.says('/start portal-upload_failed')
  await ann.presses('Report a fault')
  await ann.presses('I agree')
  for (const words of ['today', 'the phone', 'I forgot my password and cannot sign in']) {
    await ann.hears(/When did it happen|Where was it|What does the screen say/)
    ann.says(words)
  }
  const offer = await ann.hears('may be an answer')
  expect(labels(offer)[0]).toBe('Forgot the password')
  await ann.presses('None of these')
  const question = await ann.hears('Describe')
  expect(question.text).toContain('I forgot my password')
})

test('demand-30-answers-while-filling: who asks for a person gets one, with answers to read meanwhile', async () => {
  const { citizen: vera, number } = await openAppeal(house.sandbox, 'забыл пароль, не могу войти')
  const meanwhile = await vera.hears('А пока посмотрите')
  expect(labels(meanwhile)[0]).toBe('Забыли пароль')
  const petr = await inTopic(house.sandbox, 5002, number)
  await petr.hears('забыл пароль, не могу войти')
})
