import { afterAll, beforeAll, expect, test } from 'vitest'
import { delivered, takenAppeal } from '../appeal.ts'
import { type House, openHouse } from '../house.ts'
import { until } from '../people.ts'

let house: House
let replica: Awaited<ReturnType<House['replica']>>
beforeAll(async () => {
  house = await openHouse({ replicas: 0 })
  replica = await house.replica()
})
afterAll(() => house.stop())

test('a chat that Telegram silenced waits, also after a restart, and others do not', async () => {
  const { sandbox } = house
  const [one, two] = [await takenAppeal(sandbox), await takenAppeal(sandbox)]
  const seconds = 4
  sandbox.fault({
    method: 'sendMessage',
    match: { chat_id: one.citizen.chat },
    answer: {
      error_code: 429,
      description: `Too Many Requests: retry after ${seconds}`,
      parameters: { retry_after: seconds },
    },
  })
  const said = ['раз', 'два', 'три'].map((text) => one.desk.says(text))
  const refused = () => sandbox.journal().refused.find(({ error_code }) => error_code === 429)
  await until('the silence', refused)
  await delivered(sandbox, two.desk.says('Вам отвечаю сразу'))
  await replica.stop()
  replica = await house.replica()
  await delivered(sandbox, two.desk.says('И после перезапуска'))
  for (const one of said) await delivered(sandbox, one)

  const silent = refused()
  const calls = sandbox.journal(silent?.seq).entries.filter(({ params }) => params.chat_id === one.citizen.chat)
  expect(calls.map(({ params }) => params.text)).toEqual(['раз', 'два', 'три'])
  // The clocks of the desk's database and of the sandbox are the same machine's.
  expect((calls[0]?.time ?? 0) - (silent?.time ?? 0)).toBeGreaterThanOrEqual(seconds * 1_000 - 50)
})
