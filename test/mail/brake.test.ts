import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { silence, silent } from '../../src/mail/silence.ts'
import { openRoom, type Room } from './room.ts'

let room: Room
beforeAll(async () => {
  room = await openRoom()
})
beforeEach(() => room.empty())
afterAll(() => room.close())

const braked = async (): Promise<number> => {
  const [row] = await room.db.run<{ left: number }>(
    'select round(extract(epoch from not_before - now()))::int as left from pace where chat = 0',
  )
  return row?.left ?? 0
}
const flood = (chat: number, seconds: number) => silence(room.db, { chat, seconds, flood: true })

test('two chats within ten seconds put the brake on for all, for half a minute at the most', async () => {
  await flood(1, 10_072)
  await flood(1, 10_072)
  expect(await braked()).toBe(0)
  await flood(2, 10_072)
  expect(await braked()).toBeGreaterThan(25)
  expect(await braked()).toBeLessThanOrEqual(30)
})

test('a silence of another kind, or one long ago, is no reason', async () => {
  await silence(room.db, { chat: 1, seconds: 60 })
  await flood(2, 60)
  expect(await braked()).toBe(0)
  await room.db.run(`update pace set flooded_at = now() - interval '11 s' where chat = 2`)
  await flood(3, 60)
  expect(await braked()).toBe(0)
})

test('replies keep a silence that Telegram asked for, and not the pause of a group that is set aside', async () => {
  await silence(room.db, { chat: -1, seconds: 60 })
  expect(await silent(room.db)).toEqual([])
  await flood(-2, 60)
  expect((await silent(room.db)).map(({ chat }) => chat)).toEqual([-2])
  await room.db.run('update pace set not_before = now() where chat = -2')
  await silence(room.db, { chat: -2, seconds: 60 })
  expect(await silent(room.db)).toEqual([])
})
