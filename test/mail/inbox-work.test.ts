import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import type { Db } from '../../src/db/client.ts'
import { LostConnection } from '../../src/db/faults.ts'
import type { InboxRow } from '../../src/mail/inbox.ts'
import * as inbox from '../../src/mail/inbox.ts'
import type { Worker } from '../../src/mail/rounds.ts'
import { type InboxWork, workInbox } from '../../src/mail/work.ts'
import { eventually, openRoom, quietLog, type Room, update } from './room.ts'

let room: Room
let workers: Worker[] = []
beforeAll(async () => {
  room = await openRoom()
})
beforeEach(() => room.empty())
afterEach(async () => {
  await Promise.all(workers.map((worker) => worker.stop()))
  workers = []
})
afterAll(() => room.close())

const work = (more: Partial<InboxWork> & Pick<InboxWork, 'handle'>): Worker => {
  const owner = `worker ${workers.length}`
  const worker = workInbox({ db: room.db, log: quietLog(), owner, setAside: async () => {}, ...more })
  workers.push(worker)
  return worker
}
const row = async (key: string) =>
  (
    await room.db.run<{ state: string; attempts: number; wait: number; fault: string | null; body: Buffer | null }>(
      `select state, attempts, fault, body, extract(epoch from due_at - now())::float8 as wait from inbox where key = $1`,
      [key],
    )
  )[0]
const isDone = (key: string) => async () => (await row(key))?.state === 'done'
const makeDue = () => room.db.run(`update inbox set due_at = now() where state = 'new'`)

test('a poisoned update comes again after 1, 5 and 20 seconds, then is set aside and its author told; no lane waits for it but its own', async () => {
  const told: string[] = []
  const handled: string[] = []
  const handle = async ({ key, lane }: InboxRow) => {
    if (key === 'tg:poison') throw new Error('broken')
    handled.push(`${lane} ${key}`)
  }
  await inbox.store(room.db, [
    update('tg:poison', 'chat:1'),
    update('tg:after', 'chat:1'),
    update('tg:other', 'chat:2'),
  ])
  const worker = work({ handle, setAside: async ({ key }) => void told.push(key) })
  for (const [n, wait] of [1, 5, 20].entries()) {
    await eventually(`attempt ${n + 1}`, async () => {
      const now = await row('tg:poison')
      return now?.state === 'new' && now.attempts === n + 1
    })
    const after = await row('tg:poison')
    expect(after?.wait).toBeGreaterThan(wait - 0.9)
    expect(after?.wait).toBeLessThanOrEqual(wait)
    expect(handled).toEqual(['chat:2 tg:other'])
    await makeDue()
    worker.wake()
  }
  await eventually('the rest of its lane', isDone('tg:after'))
  expect(await row('tg:poison')).toMatchObject({ state: 'quarantined', attempts: 4, body: Buffer.from('tg:poison') })
  expect(told).toEqual(['tg:poison'])
})

test('an admin’s retry handles it again from its first attempt', async () => {
  let broken = true
  await inbox.store(room.db, [update('tg:1', 'chat:1')])
  await room.db.run(`update inbox set attempts = 3`)
  const worker = work({
    handle: async () => {
      if (broken) throw new Error('broken')
    },
  })
  await eventually('quarantine', async () => (await row('tg:1'))?.state === 'quarantined')
  broken = false
  expect(await inbox.retryQuarantined(room.db)).toBe(1)
  worker.wake()
  await eventually('its handling', isDone('tg:1'))
  expect((await row('tg:1'))?.attempts).toBe(1)
})

test('an author who cannot be told yet: nothing is handled again, it stays until it was said', async () => {
  let [handlings, tellings] = [0, 0]
  await inbox.store(room.db, [update('tg:1', 'chat:1')])
  await room.db.run(`update inbox set attempts = 3`)
  const worker = work({
    handle: async () => {
      handlings += 1
      throw new Error('broken')
    },
    setAside: async () => {
      tellings += 1
      if (tellings < 3) throw new Error('cannot say it')
    },
  })
  await eventually('quarantine', async () => {
    await makeDue()
    worker.wake()
    return (await row('tg:1'))?.state === 'quarantined'
  })
  expect({ handlings, tellings }).toEqual({ handlings: 1, tellings: 3 })
})

test('failures of the storage count against nobody, however many', async () => {
  let handlings = 0
  await inbox.store(room.db, [update('tg:1', 'chat:1')])
  const worker = work({
    handle: async () => {
      handlings += 1
      if (handlings <= 9) throw new LostConnection()
    },
  })
  await eventually('its handling', async () => {
    await makeDue()
    worker.wake()
    return await isDone('tg:1')()
  })
  expect(handlings).toBe(10)
  expect((await row('tg:1'))?.attempts).toBe(1)
})

test('an update that kills the process four times is set aside without another try', async () => {
  let handled = false
  await inbox.store(room.db, [update('tg:1', 'chat:1')])
  for (let n = 0; n < 4; n += 1) {
    await inbox.claim(room.db, `killed ${n}`, { most: 1, suspects: 1 })
    await room.db.run(`update inbox set lease_until = now() - interval '1 s'`)
  }
  const told: string[] = []
  work({
    handle: async () => {
      handled = true
    },
    setAside: async ({ key }) => void told.push(key),
  })
  await eventually('quarantine', async () => (await row('tg:1'))?.state === 'quarantined')
  expect({ handled, told }).toEqual({ handled: false, told: ['tg:1'] })
})

/** The statement is done, the answer never comes. */
const losingAnswers = (db: Db, matches: RegExp, times: number): Db => {
  let left = times
  return {
    ...db,
    query: db.query,
    run: async (statement, params) => {
      const rows = await db.run(statement, params)
      if (!matches.test(statement) || left === 0) return rows as never
      left -= 1
      throw new LostConnection()
    },
  }
}

test('claims and endings whose answer was lost: everything is handled soon, no attempt counts, nothing twice', async () => {
  const handled: string[] = []
  const keys = Array.from({ length: 30 }, (_, n) => `tg:${n}`)
  await inbox.store(
    room.db,
    keys.map((key, n) => update(key, `chat:${n % 10}`)),
  )
  const db = losingAnswers(room.db, /update inbox/, 6)
  const began = Date.now()
  const worker = work({ db, handle: async ({ key }) => void handled.push(key) })
  await eventually('all', async () => {
    worker.wake()
    return (await room.db.run(`select 1 from inbox where state <> 'done'`)).length === 0
  })
  expect(Date.now() - began).toBeLessThan(5_000)
  expect(handled.sort()).toEqual(keys.toSorted())
  expect(await room.db.run('select max(attempts) as most from inbox')).toEqual([{ most: 1 }])
})

test('two workers: lanes side by side, one row of a lane at a time, in order; a timer rings once', async () => {
  const running = new Map<string, number>()
  const order = new Map<string, string[]>()
  const handle = async ({ lane, key }: InboxRow) => {
    running.set(lane, (running.get(lane) ?? 0) + 1)
    expect(running.get(lane), `${lane} twice at once`).toBe(1)
    order.set(lane, [...(order.get(lane) ?? []), key])
    await sleep(Math.random() * 6)
    running.set(lane, 0)
  }
  const two = [work({ handle }), work({ handle, db: room.other })]
  const due = new Date(Date.now() + 400)
  await inbox.store(room.db, [update('timer:1', 'timer', due)])
  for (let n = 0; n < 20; n += 1) {
    await inbox.store(
      room.db,
      Array.from({ length: 8 }, (_, lane) => update(`tg:${lane}:${n}`, `chat:${lane}`)),
    )
    for (const worker of two) worker.wake()
  }
  await eventually('all', async () => {
    for (const worker of two) worker.wake()
    return (await room.db.run(`select 1 from inbox where state <> 'done'`)).length === 0
  })
  for (let lane = 0; lane < 8; lane += 1) {
    expect(order.get(`chat:${lane}`)).toEqual(Array.from({ length: 20 }, (_, n) => `tg:${lane}:${n}`))
  }
  expect(order.get('timer')).toEqual(['timer:1'])
})

test('stopping lets what is in hand finish, takes nothing new and leaves nothing in hand', async () => {
  let finished = 0
  await inbox.store(room.db, [update('tg:1', 'chat:1'), update('tg:2', 'chat:1'), update('tg:3', 'chat:2')])
  let begun = 0
  const worker = work({
    handle: async () => {
      begun += 1
      await sleep(150)
      finished += 1
    },
  })
  await eventually('two in hand', () => begun === 2)
  await worker.stop()
  expect({ begun, finished }).toEqual({ begun: 2, finished: 2 })
  const states = await room.db.run<{ key: string; state: string }>('select key, state from inbox order by key')
  expect(states.map(({ state }) => state)).toEqual(['done', 'new', 'done'])
})
