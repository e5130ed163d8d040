import fc from 'fast-check'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { LostConnection } from '../../src/db/faults.ts'
import type { Ending, InboxRow } from '../../src/mail/inbox.ts'
import * as inbox from '../../src/mail/inbox.ts'
import { claimAll, openRoom, type Room, update } from './room.ts'

let room: Room
beforeAll(async () => {
  room = await openRoom()
})
beforeEach(() => room.empty())
afterAll(() => room.close())

const stateOf = async (key: string) =>
  (
    await room.db.run<{ state: string; attempts: number; body: Buffer | null; owner: string | null }>(
      'select state, attempts, body, owner from inbox where key = $1',
      [key],
    )
  )[0]
const expireAll = () => room.db.run(`update inbox set lease_until = now() - interval '1 s' where state = 'working'`)
const keysOf = (rows: InboxRow[]) => rows.map(({ key }) => key).sort()

test('the same updates 1 to 50 times at once, through two replicas, in any order: each is stored once', async () => {
  const keys = Array.from({ length: 25 }, (_, n) => `tg:${n}`)
  const deliveries = keys.flatMap((key, n) => Array.from({ length: 1 + ((n * 7) % 50) }, () => [key]))
  const batches = [keys, keys.toReversed(), keys, keys.toReversed()]
  const all = [...deliveries, ...batches].map((wanted, n) =>
    inbox.store(
      n % 2 ? room.db : room.other,
      wanted.map((key) => update(key, `chat:${key}`)),
    ),
  )
  await Promise.all(all)
  const rows = await room.db.run<{ key: string }>('select key from inbox')
  expect(rows.map(({ key }) => key).sort()).toEqual(keys.toSorted())
})

test('a done update that comes again stays done, and its body is gone', async () => {
  await inbox.store(room.db, [update('tg:1', 'chat:1')])
  const [row] = await claimAll(room.db, 'a')
  await inbox.settle(room.db, 'a', [{ row: row as InboxRow, state: 'done' }])
  await inbox.store(room.db, [update('tg:1', 'chat:1')])
  expect(await claimAll(room.db, 'a')).toEqual([])
  expect(await stateOf('tg:1')).toEqual({ state: 'done', attempts: 1, body: null, owner: null })
})

type Step =
  | { do: 'store'; lane: number; later: boolean }
  | { do: 'claim'; owner: number; most: number }
  | { do: 'race' }
  | { do: 'end'; owner: number; how: 'done' | 'fail' | 'storage' }
  | { do: 'crash'; owner: number }
  | { do: 'time' }

const owner = fc.nat({ max: 2 })
const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 5,
    arbitrary: fc.record({ do: fc.constant('store' as const), lane: fc.nat({ max: 3 }), later: fc.boolean() }),
  },
  {
    weight: 4,
    arbitrary: fc.record({ do: fc.constant('claim' as const), owner, most: fc.integer({ min: 1, max: 4 }) }),
  },
  { weight: 2, arbitrary: fc.constant({ do: 'race' as const }) },
  {
    weight: 6,
    arbitrary: fc.record({
      do: fc.constant('end' as const),
      owner,
      how: fc.constantFrom('done' as const, 'done' as const, 'fail' as const, 'storage' as const),
    }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('crash' as const), owner }) },
  { weight: 2, arbitrary: fc.constant({ do: 'time' as const }) },
)

/** Three owners who take, finish, fail and die; what each has in hand, and what was begun and ended in each lane. */
const play = async (steps: Step[]) => {
  await room.empty()
  const inHand: InboxRow[][] = [[], [], []]
  const begun = new Set<string>()
  const ended = new Set<string>()
  const stored: string[] = []
  const lanes = async () =>
    (await room.db.run<{ lane: string }>(`select lane from inbox where state = 'working'`)).map(({ lane }) => lane)
  const took = async (rows: InboxRow[], who: number) => {
    for (const row of rows) {
      begun.add(row.key)
      const before = await room.db.run<{ key: string }>(
        `select key from inbox where lane = $1 and id < $2 and state in ('new', 'working') and key like 'tg:%'`,
        [row.lane, row.id],
      )
      expect(before, `${row.key} was taken before its turn`).toEqual([])
      inHand[who]?.push(row)
    }
    const working = await lanes()
    expect(new Set(working).size, 'two rows of a lane in hand').toBe(working.length)
  }
  const end = async (who: number, how: 'done' | 'fail' | 'storage') => {
    const row = inHand[who]?.shift()
    if (!row) return
    const failure = how === 'storage' ? new LostConnection() : new Error('broken')
    const ending: Ending = how === 'done' ? { row, state: 'done' } : inbox.afterFailure(row, failure)
    await inbox.settle(room.db, `owner ${who}`, [ending])
    if (ending.state !== 'new') ended.add(row.key)
  }
  const moveTime = async () => {
    await room.db.run(`update inbox set due_at = now() where state in ('new', 'later')`)
    await inbox.wakeTimers(room.db)
  }
  const act = async (one: Step) => {
    if (one.do === 'store') {
      const key = `${one.later ? 'timer' : 'tg'}:${stored.length}`
      stored.push(key)
      await inbox.store(room.db, [
        update(key, `chat:${one.lane}`, one.later ? new Date(Date.now() + 60_000) : undefined),
      ])
    } else if (one.do === 'claim') await took(await claimAll(room.db, `owner ${one.owner}`, one.most), one.owner)
    else if (one.do === 'race') {
      const both = await Promise.all([claimAll(room.db, 'owner 0'), claimAll(room.other, 'owner 1')])
      for (const [who, rows] of both.entries()) await took(rows, who)
    } else if (one.do === 'end') await end(one.owner, one.how)
    else if (one.do === 'crash') {
      inHand[one.owner] = []
      await room.db.run(`update inbox set lease_until = now() - interval '1 s' where owner = $1`, [
        `owner ${one.owner}`,
      ])
    } else await moveTime()
  }
  for (const one of steps) await act(one)
  for (let round = 0; round < 400; round += 1) {
    await act({ do: 'crash', owner: round % 3 })
    await moveTime()
    await took(await claimAll(room.db, 'owner 0'), 0)
    while (inHand[0]?.length) await end(0, 'done')
    const [left] = await room.db.run<{ n: number }>(
      `select count(*) as n from inbox where state not in ('done', 'quarantined')`,
    )
    if (left?.n === 0) break
  }
  return { stored, begun, ended }
}

test('three owners, any order of events: one row of a lane in hand, order kept, everything handled, nothing lost', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 15, maxLength: 45 }), async (steps) => {
      const { stored, begun, ended } = await play(steps)
      const rows = await room.db.run<{ key: string; state: string }>('select key, state from inbox order by id')
      expect(rows.map(({ key }) => key)).toEqual(stored)
      expect(rows.filter(({ state }) => state !== 'done' && state !== 'quarantined')).toEqual([])
      expect([...begun].sort()).toEqual(stored.toSorted())
      expect([...ended].sort()).toEqual(stored.toSorted())
    }),
    { numRuns: 60, endOnFailure: true },
  )
}, 30_000)

test('a lease that ran out is taken over; the late owner changes nothing any more', async () => {
  await inbox.store(room.db, [update('tg:1', 'chat:1'), update('tg:2', 'chat:1')])
  const [lost] = await claimAll(room.db, 'a')
  expect(await claimAll(room.other, 'b')).toEqual([])
  await expireAll()
  const [mine] = await claimAll(room.other, 'b')
  expect(mine).toMatchObject({ key: 'tg:1', attempts: 2, suspect: true })
  await inbox.settle(room.db, 'a', [{ row: lost as InboxRow, state: 'done' }])
  await inbox.settle(room.db, 'a', [inbox.afterFailure(lost as InboxRow, new Error('late'))])
  expect(await stateOf('tg:1')).toMatchObject({ state: 'working', owner: 'b', attempts: 2 })
  await inbox.settle(room.other, 'b', [{ row: mine as InboxRow, state: 'done' }])
  expect(keysOf(await claimAll(room.db, 'a'))).toEqual(['tg:2'])
})

test('a lease is renewed for as long as the row is in hand, and only by its owner', async () => {
  await inbox.store(room.db, [update('tg:1', 'chat:1')])
  const [row] = await claimAll(room.db, 'a')
  const ids = [row?.id ?? 0]
  const left = async () =>
    (await room.db.run<{ s: number }>(`select extract(epoch from lease_until - now())::float8 as s from inbox`))[0]?.s
  await expireAll()
  await inbox.renew(room.db, 'b', ids)
  expect(await left()).toBeLessThan(0)
  await inbox.renew(room.db, 'a', ids)
  expect(await left()).toBeGreaterThan(10)
})

test('of those whose owner vanished one at a time: it may have killed it and would take its neighbours along', async () => {
  await inbox.store(
    room.db,
    [1, 2, 3, 4].map((n) => update(`tg:${n}`, `chat:${n}`)),
  )
  await claimAll(room.db, 'a', 3)
  await expireAll()
  const first = await inbox.claim(room.db, 'b', { most: 10, suspects: 1 })
  expect(keysOf(first)).toEqual(['tg:1', 'tg:4'])
  expect(await inbox.claim(room.db, 'b', { most: 10, suspects: 0 })).toEqual([])
  expect(keysOf(await inbox.claim(room.db, 'b', { most: 10, suspects: 1 }))).toEqual(['tg:2'])
})

test('a timer that is not due blocks nobody; due, it goes into its lane once, whoever looks', async () => {
  const due = new Date(Date.now() + 60_000)
  await inbox.store(room.db, [update('timer:nudge:1', 'chat:1', due), update('tg:1', 'chat:1')])
  expect(keysOf(await claimAll(room.db, 'a'))).toEqual(['tg:1'])
  await room.db.run(`update inbox set due_at = now() where state = 'later'`)
  expect((await Promise.all([inbox.wakeTimers(room.db), inbox.wakeTimers(room.other)])).sort()).toEqual([0, 1])
  expect(await claimAll(room.other, 'b'), 'its lane is busy').toEqual([])
  const [row] = await room.db.run<InboxRow>(`select id, attempts from inbox where key = 'tg:1'`)
  await inbox.settle(room.db, 'a', [{ row: row as InboxRow, state: 'done' }])
  const both = await Promise.all([claimAll(room.db, 'a'), claimAll(room.other, 'b')])
  expect(both.flat().map(({ key }) => key)).toEqual(['timer:nudge:1'])
})

test('what a stopping replica has not finished goes back untouched, what it has in hand stays', async () => {
  await inbox.store(room.db, [update('tg:1', 'chat:1'), update('tg:2', 'chat:2')])
  const rows = await claimAll(room.db, 'a')
  const kept = rows.find(({ key }) => key === 'tg:2')?.id ?? 0
  await inbox.giveBack(room.db, 'a', [kept])
  expect(await stateOf('tg:1')).toMatchObject({ state: 'new', attempts: 0, owner: null })
  expect(await stateOf('tg:2')).toMatchObject({ state: 'working', attempts: 1, owner: 'a' })
})
