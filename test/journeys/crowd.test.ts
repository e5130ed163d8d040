import { afterEach, expect, test } from 'vitest'
import { type House, openHouse } from '../house.ts'
import { inTopic, newCitizen, numberIn, type Phone } from '../people.ts'

/** How much is said each way in every dialogue. */
const EACH_WAY = 10

let house: House
afterEach(() => house.stop())

test('200 citizens at once on two replicas: nothing lost, nothing doubled, order kept', {
  timeout: 120_000,
}, async () => {
  house = await openHouse({ replicas: 2 })
  const days = await Promise.all(Array.from({ length: 200 }, (_, n) => day(n)))
  for (const one of days) expectWhole(one)
  expect(new Set(days.map(({ number }) => number)).size).toBe(200)
  expectWire(days)
})

test('a few citizens under the limits of Telegram: none is passed, nothing is lost', { timeout: 120_000 }, async () => {
  // Thirty times Telegram's pace on both sides of the wire: twenty messages in two seconds for the group.
  house = await openHouse({ replicas: 2, pace: 30, sandbox: { limits: 30 } })
  const days = await Promise.all(Array.from({ length: 4 }, (_, n) => day(n)))
  for (const one of days) expectWhole(one)
  expectWire(days)
})

type Day = { n: number; number: string; citizen: Phone; operator: Phone }

/** /start, an answer, an operator, ten messages each way, close, rate. */
const day = async (n: number): Promise<Day> => {
  const citizen = newCitizen(house.sandbox, n % 2 ? 'ru' : 'en', `Citizen ${n}`)
  citizen.says('/start')
  await citizen.hears(/Okoshko|Окошко/)
  await citizen.presses(/Questions|Вопросы/)
  await citizen.presses(/Sign|Вход/)
  await citizen.presses(/code|код/i)
  await citizen.presses(/Оператор|Operator/)
  await citizen.presses(/^Согласен|I agree/)
  await citizen.hears(/Опишите|Describe/)
  citizen.says(`question ${n}`)
  const number = numberIn(await citizen.hears(/Ваш номер|Your appeal number/))
  const operator = await inTopic(house.sandbox, 5001 + (n % 3), number)
  await operator.presses('Взять')
  await citizen.hears(/В работе|In progress/)
  for (let m = 0; m < EACH_WAY; m += 1) {
    citizen.says(`c${n}-${m}`)
    operator.says(`o${n}-${m}`)
  }
  await citizen.hears(`o${n}-${EACH_WAY - 1}`)
  await operator.hears(`c${n}-${EACH_WAY - 1}`)
  operator.says(`/close done ${n}`)
  await citizen.hears(`done ${n}`)
  await citizen.presses('4')
  await citizen.hears(/Спасибо за оценку|Thank you for your rating/)
  return { n, number, citizen, operator }
}

/** Both sides hold every message once, in the order it was said; a burst may come as one message of several lines. */
const expectWhole = ({ n, citizen, operator }: Day): void => {
  const heard = (phone: Phone, mark: string) =>
    phone
      .fromBot()
      .flatMap((message) => message.text?.split('\n') ?? [])
      .filter((text) => text.startsWith(mark))
  const said = (mark: string) => Array.from({ length: EACH_WAY }, (_, m) => `${mark}${m}`)
  expect(heard(citizen, `o${n}-`)).toEqual(said(`o${n}-`))
  expect(heard(operator, `c${n}-`)).toEqual(said(`c${n}-`))
}

/** What really went over the wire: no repeat, and nothing that the other side refused. */
const expectWire = (days: Day[]): void => {
  const { entries, refused } = house.sandbox.journal()
  expect(refused.map(({ method, description }) => `${method}: ${description}`)).toEqual([])
  const sent = entries
    .filter(({ method }) => method === 'sendMessage')
    .flatMap(({ params }) =>
      String(params.text)
        .split('\n')
        .map((line) => `${params.chat_id} ${line}`),
    )
  const relayed = sent.filter((text) => / [co]\d+-\d+$/.test(text))
  expect(relayed).toHaveLength(days.length * EACH_WAY * 2)
  expect(new Set(relayed).size).toBe(relayed.length)
}
