import { afterAll, beforeAll, expect, test } from 'vitest'
import { takenAppeal } from '../appeal.ts'
import { GROUP, type House, openHouse } from '../house.ts'
import { untilSo } from '../people.ts'

let house: House
beforeAll(async () => {
  house = await openHouse({ pace: 10, sandbox: { limits: 10 } })
})
afterAll(() => house.stop())

const FULL = 19
/** The group has been sent all it may be sent, and for so long it stays so. */
const fill = async (ms: number) => {
  const sent = JSON.stringify(Array.from({ length: FULL }, () => Date.now() + ms))
  await house.db.run('update pace set sent = $2 where chat = $1', [GROUP, sent])
}

test('a reply waits for room in a full group, in its order, and the topic goes on meanwhile', async () => {
  const { citizen, desk } = await takenAppeal(house.sandbox)
  await untilSo('everything to be sent', async () => {
    const rows = await house.db.run(`select 1 from outbox where state in ('new', 'sending', 'ambiguous')`)
    return rows.length === 0
  })
  await fill(0)
  const first = desk.says('/was')
  desk.says('/unsend')
  await desk.hears('Ответьте командой /unsend', first.message_id)
  const replies = desk.fromBot().filter(({ message_id }) => message_id > first.message_id)
  expect(replies.map(({ text }) => text?.match(/\/(was|unsend)/)?.[1])).toEqual(['was', 'unsend'])

  await fill(600_000)
  const asked = desk.says('/was')
  desk.says('А ответ идёт')
  await citizen.hears('А ответ идёт')
  expect(desk.fromBot().filter(({ message_id }) => message_id > asked.message_id)).toEqual([])
  expect(house.sandbox.journal().refused).toEqual([])
})
