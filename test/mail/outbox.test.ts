import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { connect, type Db } from '../../src/db/client.ts'
import type { OutboxRow, Settlement } from '../../src/mail/outbox.ts'
import * as outbox from '../../src/mail/outbox.ts'
import { PRIORITY } from '../../src/mail/outbox.ts'
import { settle } from '../../src/mail/settle.ts'
import * as silences from '../../src/mail/silence.ts'
import { giveBack, renew, takeReady } from '../../src/mail/take.ts'
import { letter, openRoom, type Room } from './room.ts'

let room: Room
beforeAll(async () => {
  room = await openRoom()
})
beforeEach(() => room.empty())
afterAll(() => room.close())

const take = async (owner = 'a', most = 50, pace: number | 'off' = 'off', db: Db = room.db) =>
  (await takeReady(db, { owner, pace, most })).rows
const keysOf = (rows: OutboxRow[]) => rows.map(({ key }) => key)
const end = (rows: OutboxRow[], state: Settlement['state'], owner = 'a') =>
  settle(
    room.db,
    owner,
    rows.map((row) => ({ row, state })),
  )
const expireAll = () => room.db.run(`update outbox set lease_until = now() - interval '1 s' where state = 'sending'`)
const rowOf = async (key: string) =>
  (
    await room.db.run<{
      state: string
      attempt: number
      repeated: number
      owner: string | null
      payload: Buffer | null
    }>('select state, attempt, repeated, owner, payload from outbox where key = $1', [key])
  )[0]

test('a lane goes in the order of its rows, whatever their priority, one at a time', async () => {
  await outbox.enqueue(room.db, [
    letter('1', 'chat:1', { priority: PRIORITY.broadcast }),
    letter('2', 'chat:1', { priority: PRIORITY.topic }),
    letter('3', 'chat:1', { priority: PRIORITY.answer }),
    letter('other', 'chat:2'),
  ])
  const sent: string[] = []
  expect(keysOf(await take()).sort()).toEqual(['1', 'other'])
  expect(await take('b')).toEqual([])
  for (const key of ['1', '2', '3']) {
    const [row] = await room.db.run<OutboxRow>(
      `select id, key, attempt from outbox where state = 'sending' and lane = 'chat:1'`,
    )
    sent.push(row?.key ?? '')
    await end([row as OutboxRow], key === '2' ? 'failed' : 'sent')
    await take()
  }
  expect(sent).toEqual(['1', '2', '3'])
})

test('across lanes the most urgent goes first', async () => {
  const priorities = [
    PRIORITY.broadcast,
    PRIORITY.status,
    PRIORITY.topic,
    PRIORITY.message,
    PRIORITY.answer,
    PRIORITY.board,
  ]
  await outbox.enqueue(
    room.db,
    priorities.map((priority, n) => letter(String(priority), `chat:${n + 1}`, { priority })),
  )
  for (const pace of ['off', 1000] as const) {
    const order: string[] = []
    for (let n = 0; n < 3; n += 1) order.push(...keysOf(await take('a', 1, pace)))
    expect(order).toEqual(pace === 'off' ? ['0', '1', '2'] : ['3', '5', '6'])
  }
})

test('a key is there once, however often and from wherever the deed is done', async () => {
  const twice = [letter('number:1', 'citizen:1'), letter('status:1:2', 'citizen:1')]
  await Promise.all(Array.from({ length: 20 }, (_, n) => outbox.enqueue(n % 2 ? room.db : room.other, twice)))
  expect(await room.db.run('select key from outbox order by key')).toEqual([{ key: 'number:1' }, { key: 'status:1:2' }])
  const rows = await take()
  await end(rows, 'sent')
  await outbox.enqueue(room.db, twice)
  expect(keysOf(await take())).toEqual(['status:1:2'])
})

test('two replicas that race never have two rows of a lane in flight', async () => {
  await outbox.enqueue(
    room.db,
    Array.from({ length: 120 }, (_, n) => letter(`${n}`, `chat:${(n % 12) + 1}`)),
  )
  const sent: OutboxRow[] = []
  for (let round = 0; round < 40 && sent.length < 120; round += 1) {
    const pace = round % 2 ? 'off' : 10_000
    const both = await Promise.all([take('a', 7, pace), take('b', 7, pace, room.other)])
    const lanes = await room.db.run<{ lane: string }>(`select lane from outbox where state = 'sending'`)
    expect(new Set(lanes.map(({ lane }) => lane)).size).toBe(lanes.length)
    for (const [n, rows] of both.entries()) await end(rows, 'sent', n ? 'b' : 'a')
    sent.push(...both.flat())
  }
  expect(sent).toHaveLength(120)
  for (let lane = 1; lane <= 12; lane += 1) {
    const places = sent.filter((row) => row.lane === `chat:${lane}`).map(({ place }) => place)
    expect(places).toEqual(places.toSorted((one, other) => one - other))
  }
})

test('an answer that comes after another attempt began changes nothing and is told apart; said twice it is not late', async () => {
  const copies = (copy: number) => [{ message: 1, chat: 1, copy }]
  await outbox.enqueue(room.db, [letter('1', 'chat:1')])
  const [slow] = await take('a')
  await expireAll()
  const [again] = await take('b')
  expect(again).toMatchObject({ attempt: 2, repeated: 1 })
  const late = await settle(room.db, 'a', [{ row: slow as OutboxRow, state: 'sent', copies: copies(1) }])
  expect([...late]).toEqual([slow?.id])
  expect(await rowOf('1')).toMatchObject({ state: 'sending', owner: 'b' })
  const settled: Settlement = { row: again as OutboxRow, state: 'sent' }
  expect((await settle(room.other, 'b', [settled])).size).toBe(0)
  expect((await settle(room.other, 'b', [settled])).size, 'its own repetition').toBe(0)
  expect(await rowOf('1')).toMatchObject({ state: 'sent', payload: null, owner: null })
})

test('what may have arrived is sent again as a possible repeat; what certainly did not, is not marked', async () => {
  await outbox.enqueue(room.db, [letter('unclear', 'chat:1'), letter('refused', 'chat:2')])
  const rows = await take()
  await end(
    rows.filter(({ key }) => key === 'unclear'),
    'ambiguous',
  )
  await end(
    rows.filter(({ key }) => key === 'refused'),
    'new',
  )
  const again = await take()
  expect(again.map(({ key, attempt, repeated }) => ({ key, attempt, repeated }))).toEqual([
    { key: 'unclear', attempt: 2, repeated: 1 },
    { key: 'refused', attempt: 2, repeated: 0 },
  ])
  await giveBack(room.db, 'a', [again[0]?.id ?? 0])
  expect(await rowOf('refused')).toMatchObject({ state: 'new', repeated: 0 })
  expect(await rowOf('unclear')).toMatchObject({ state: 'sending', owner: 'a' })
})

test('what goes out because this did is put out with its mark, once', async () => {
  await outbox.enqueue(room.db, [letter('relay', 'citizen:1')])
  const [row] = await take()
  const ended: Settlement = { row: row as OutboxRow, state: 'sent', follow: [letter('mark', 'appeal:1')] }
  await settle(room.db, 'a', [ended])
  await settle(room.db, 'a', [ended])
  expect(keysOf(await take())).toEqual(['mark'])
})

test('a lane that waited for its topic is taken at once when that is there', async () => {
  const notBefore = new Date(Date.now() + 60_000)
  await outbox.enqueue(room.db, [letter('here', 'appeal:1', { notBefore }), letter('there', 'appeal:2', { notBefore })])
  await outbox.hasten(room.db, 'appeal:1')
  expect(keysOf(await take())).toEqual(['here'])
})

test('a lease is renewed while the row is in flight', async () => {
  await outbox.enqueue(room.db, [letter('1', 'chat:1')])
  const [row] = await take('a')
  await expireAll()
  await renew(room.db, 'a', [row?.id ?? 0])
  expect(await take('b')).toEqual([])
})

test('a chat that is silent waits, over restarts too, and nobody else does; silence of all is silence of all', async () => {
  await outbox.enqueue(room.db, [letter('group', 'chat:-100'), letter('citizen', 'chat:7')])
  const [row] = await take('a', 1)
  await settle(room.db, 'a', [{ row: row as OutboxRow, state: 'new', silence: { chat: -100, seconds: 10_072 } }])
  const restarted = connect(room.url)
  for (const pace of ['off', 1] as const) {
    const others = await take('b', 5, pace, restarted)
    expect(keysOf(others)).toEqual(pace === 'off' ? ['citizen'] : [])
    await end(others, 'sent', 'b')
  }
  await restarted.close()
  expect((await takeReady(room.db, { owner: 'a', pace: 1, most: 5 })).nextMs).toBeGreaterThan(10_000_000)
  await silences.silence(room.db, { chat: -100, seconds: 1 })
  expect(await take('a'), 'a shorter silence does not end a longer one').toEqual([])
  await silences.liftSilence(room.db, -100)
  expect(keysOf(await take())).toEqual(['group'])
  await silences.silence(room.db, { chat: 0, seconds: 60 })
  await outbox.enqueue(room.db, [letter('anybody', 'chat:8')])
  expect(await take()).toEqual([])
})

test('a topic born again goes before the row that found the loss, also when that one’s owner died', async () => {
  await outbox.enqueue(room.db, [letter('relay:1', 'appeal:1'), letter('relay:2', 'appeal:1')])
  const [found] = await take()
  const place = found?.place ?? 0
  const birth = () => [
    letter('topic:1:2', 'appeal:1', { place: place - 2 }),
    letter('card:1:gen2', 'appeal:1', { place: place - 1 }),
  ]
  await outbox.enqueue(room.db, birth())
  expect(await take('b'), 'one in flight').toEqual([])
  await expireAll()
  const order: string[] = []
  const [again] = await take('b')
  order.push(again?.key ?? '')
  await end([again as OutboxRow], 'new', 'b')
  for (let n = 0; n < 4; n += 1) {
    const rows = await take('b')
    order.push(...keysOf(rows))
    await end(rows, 'sent', 'b')
  }
  expect(order).toEqual(['relay:1', 'topic:1:2', 'card:1:gen2', 'relay:1', 'relay:2'])
})

test('a row is not taken before its time, and the lane tells when that is', async () => {
  await outbox.enqueue(room.db, [
    letter('album', 'chat:1', { notBefore: new Date(Date.now() + 1_500) }),
    letter('after', 'chat:1'),
  ])
  for (const pace of ['off', 1] as const) {
    const { rows, nextMs } = await takeReady(room.db, { owner: 'a', pace, most: 5 })
    expect(rows).toEqual([])
    expect(nextMs).toBeGreaterThan(500)
    expect(nextMs).toBeLessThanOrEqual(1_500)
  }
})
