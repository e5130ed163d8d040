import { afterAll, beforeAll, expect, test } from 'vitest'
import { freeAll, hold, letGo } from '../../src/mail/leases.ts'
import { openRoom, type Room } from './room.ts'

let room: Room
beforeAll(async () => {
  room = await openRoom()
})
afterAll(() => room.close())

const poll = (owner: string) => ({ name: 'poll', owner, seconds: 8 })

test('of many who want it at once one holds it, renews it, and lets it go', async () => {
  const all = await Promise.all(
    Array.from({ length: 20 }, (_, n) => hold(n % 2 ? room.db : room.other, poll(`owner ${n}`))),
  )
  expect(all.filter(Boolean)).toHaveLength(1)
  const winner = `owner ${all.indexOf(true)}`
  expect(await hold(room.other, poll(winner))).toBe(true)
  expect(await hold(room.other, { ...poll(winner), name: 'lead' }), 'another lease').toBe(true)
  await letGo(room.db, 'poll', 'somebody else')
  expect(await hold(room.db, poll('somebody else'))).toBe(false)
  await letGo(room.db, 'poll', winner)
  expect(await hold(room.db, poll('somebody else'))).toBe(true)
})

test('what a dead one held is taken over when its time is up, and at once where nobody else can be', async () => {
  await room.db.run(`update leases set until = now() - interval '1 s'`)
  expect(await hold(room.db, poll('next'))).toBe(true)
  expect(await hold(room.db, poll('other'))).toBe(false)
  await freeAll(room.db)
  expect(await hold(room.db, poll('other'))).toBe(true)
})
