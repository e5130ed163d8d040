import { afterAll, beforeAll, expect, test } from 'vitest'
import { takenAppeal } from '../appeal.ts'
import { sends } from '../citizen.ts'
import { eventually } from '../hours.ts'
import { type House, openHouse } from '../house.ts'
import { picture } from '../sandbox/desk.ts'

let house: House
beforeAll(async () => {
  house = await openHouse()
})
afterAll(() => house.stop())

test('a part that comes at the moment its album is taken to be sent arrives once all the same', async () => {
  const { citizen, desk } = await takenAppeal(house.sandbox)
  const part = (n: number) => {
    const files = [{ ...picture, bytes: Buffer.concat([Buffer.from(picture.bytes), Buffer.from([n])]) }]
    return sends(house.sandbox, citizen, { files, extra: { media_group_id: 'late' } }).photo?.at(-1)?.file_id
  }
  const seen = () => desk.fromBot().flatMap(({ photo }) => photo?.at(-1)?.file_id ?? [])
  const first = part(1)
  const count = async (sql: string) => (await house.db.run(sql)).length
  await eventually(
    'the album to wait',
    async () => (await count(`select 1 from outbox where key like 'album:%'`)) === 1,
  )
  // A sender that takes the album, and ends without having sent it.
  const second = await house.db.transaction(async (tx) => {
    await tx.run(
      `update outbox set state = 'sending', attempt = 1, owner = 'gone', lease_until = now() where key like 'album:%'`,
    )
    const id = part(2)
    const waits = `select 1 from pg_stat_activity where wait_event_type = 'Lock' and query like '%outbox%' and datname = current_database()`
    await eventually('the second part to wait for the sender', async () => (await count(waits)) > 0)
    return id
  })
  await eventually('both', async () => seen().length >= 2)
  citizen.says('Это всё')
  await desk.hears('Это всё')
  expect(seen().toSorted()).toEqual([first, second].toSorted())
})
