import { afterEach, expect, test, vi } from 'vitest'
import { takenAppeal } from '../appeal.ts'
import { heard, times } from '../citizen.ts'
import { type House, openHouse } from '../house.ts'
import { until } from '../people.ts'

vi.setConfig({ testTimeout: 180_000 })

const RESTARTS = 5
const SILENCE_S = 10_072

let house: House
afterEach(() => house.stop())

const flood = (seconds: number) => ({
  error_code: 429,
  description: `Too Many Requests: retry after ${seconds}`,
  parameters: { retry_after: seconds },
})
const callsTo = (chat: number, since: number) => {
  const { entries, refused } = house.sandbox.journal(since)
  return [...entries, ...refused].filter(({ params }) => params.chat_id === chat)
}
const refusals = () => house.sandbox.journal().refused.filter(({ error_code }) => error_code === 429)

test('10,072 s of silence outlive five restarts: not one early call to that chat, others go on, and nothing is lost', async () => {
  house = await openHouse({ replicas: 0 })
  const begin = async () => [await house.replica(), await house.replica()]
  let running = await begin()
  const { citizen: anna, desk: petr } = await takenAppeal(house.sandbox)
  const other = await takenAppeal(house.sandbox)
  house.sandbox.fault({ method: 'sendMessage', match: { chat_id: anna.chat }, answer: flood(SILENCE_S) })
  const first = house.sandbox.journal().last
  petr.says('Тихо 0')
  await until('the refusal', () => callsTo(anna.chat, first)[0])
  await expect.poll(() => leftS(anna.chat)).toBeGreaterThan(SILENCE_S - 60)
  const since = house.sandbox.journal().last
  for (let n = 1; n <= RESTARTS; n += 1) {
    await Promise.all(running.map((one) => one.stop()))
    running = await begin()
    petr.says(`Тихо ${n}`)
    anna.says('/menu')
    other.desk.says(`Мимо ${n}`)
    await other.citizen.hears(`Мимо ${n}`)
  }
  expect(callsTo(anna.chat, since)).toEqual([])
  expect(await leftS(anna.chat)).toBeGreaterThan(SILENCE_S - 600)
  await house.db.run('update pace set not_before = now() where chat = $1', [anna.chat])
  await house.db.run(`select pg_notify('silence', ''), pg_notify('outbox', '')`)
  await until('the last', () => times(anna, `Тихо ${RESTARTS}`) === 1)
  const quiet = heard(anna).filter((text) => text.startsWith('Тихо'))
  expect(quiet).toEqual(Array.from({ length: RESTARTS + 1 }, (_, n) => `Тихо ${n}`))
})

const leftS = async (chat: number): Promise<number> => {
  const [row] = await house.db.run<{ left: number }>(
    'select extract(epoch from not_before - now())::float8 as left from pace where chat = $1',
    [chat],
  )
  return row?.left ?? 0
}

test('too much in two chats within ten seconds is too much altogether: a third waits as well', async () => {
  house = await openHouse()
  const [one, two, three] = [
    await takenAppeal(house.sandbox),
    await takenAppeal(house.sandbox),
    await takenAppeal(house.sandbox),
  ]
  for (const { citizen } of [one, two]) {
    house.sandbox.fault({ method: 'sendMessage', match: { chat_id: citizen.chat }, answer: flood(3) })
  }
  one.desk.says('Раз')
  await until('the first refusal', () => refusals().length === 1)
  two.desk.says('Два')
  await until('the second refusal', () => refusals().length === 2)
  await expect.poll(() => leftS(0)).toBeGreaterThan(0)
  three.desk.says('Три')
  const brakeUntil = (refusals()[1]?.time ?? 0) + 3_000
  for (const [{ citizen }, words] of [
    [one, 'Раз'],
    [two, 'Два'],
    [three, 'Три'],
  ] as const) {
    await citizen.hears(words)
  }
  const sent = house.sandbox.journal().entries.find(({ params }) => params.text === 'Три')
  expect(sent?.time).toBeGreaterThanOrEqual(brakeUntil)
})
