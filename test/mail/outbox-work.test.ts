import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import type { Db } from '../../src/db/client.ts'
import { LostConnection } from '../../src/db/faults.ts'
import { type OutboxWork, type Outcome, workOutbox } from '../../src/mail/deliver.ts'
import type { OutboxRow } from '../../src/mail/outbox.ts'
import * as outbox from '../../src/mail/outbox.ts'
import { PRIORITY } from '../../src/mail/outbox.ts'
import { passing, saveSent, waitFor } from '../../src/mail/pace.ts'
import type { Worker } from '../../src/mail/rounds.ts'
import { takeReady } from '../../src/mail/take.ts'
import { eventually, letter, openRoom, quietLog, type Room } from './room.ts'

let room: Room
let workers: Worker[] = []
let wire: { key: string; repeated: number; attempt: number }[] = []
beforeAll(async () => {
  room = await openRoom()
})
beforeEach(async () => {
  wire = []
  await room.empty()
})
afterEach(async () => {
  await Promise.all(workers.map((worker) => worker.stop()))
  workers = []
})
afterAll(() => room.close())

const work = (more: Partial<OutboxWork> = {}): Worker => {
  const deliver = async (row: OutboxRow): Promise<Outcome> => {
    wire.push({ key: row.key, repeated: row.repeated, attempt: row.attempt })
    return { kind: 'sent' }
  }
  const owner = `worker ${workers.length}`
  const worker = workOutbox({
    db: room.db,
    log: quietLog(),
    owner,
    pace: 'off',
    deliver,
    late: async () => {},
    ...more,
  })
  workers.push(worker)
  return worker
}
const sent = () => wire.map(({ key }) => key)
const unsent = () => room.db.run<{ key: string }>(`select key from outbox where state not in ('sent', 'failed')`)
const allGone = (worker: Worker) =>
  eventually('everything to go', async () => {
    await room.db.run(`update outbox set not_before = now() where state in ('new', 'ambiguous')`)
    worker.wake()
    return (await unsent()).length === 0
  })

test('each answer of the error table does what it says: again, silence, ambiguous, failed, and a throw is not known', async () => {
  const answers: Record<string, Outcome | 'throw'> = {
    again: { kind: 'again', afterMs: 5_000, fault: 'not-sent' },
    silent: { kind: 'silence', chat: 2, seconds: 1 },
    unclear: { kind: 'ambiguous', fault: '5xx' },
    thrown: 'throw',
    failed: { kind: 'failed', fault: 'refused' },
  }
  await outbox.enqueue(
    room.db,
    Object.keys(answers).map((key, n) => letter(key, `chat:${n + 1}`)),
  )
  const worker = work({
    deliver: async ({ key, attempt, repeated }) => {
      wire.push({ key, attempt, repeated })
      const answer = attempt === 1 ? answers[key] : undefined
      if (answer === 'throw') throw new Error('in the middle')
      return answer ?? { kind: 'sent' }
    },
  })
  await eventually(
    'all answers',
    async () => (await room.db.run(`select 1 from outbox where attempt = 1 and state <> 'sending'`)).length === 5,
  )
  const rows = await room.db.run<{ key: string; state: string; fault: string; wait: number }>(
    `select key, state, fault, extract(epoch from not_before - now())::float8 as wait from outbox order by id`,
  )
  expect(rows.map(({ key, state, fault }) => `${key} ${state} ${fault}`)).toEqual([
    'again new not-sent',
    'silent new 429',
    'unclear ambiguous 5xx',
    'thrown ambiguous unplanned',
    'failed failed refused',
  ])
  expect(rows[0]?.wait).toBeGreaterThan(3)
  expect(rows[2]?.wait).toBeGreaterThan(0.5)
  await allGone(worker)
  expect(
    wire
      .slice(5)
      .map(({ key, repeated }) => `${key} ${repeated}`)
      .sort(),
  ).toEqual(['again 0', 'silent 0', 'thrown 1', 'unclear 1'])
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

test('marks and takings whose answer was lost: nothing is sent twice, nothing is taken for late', async () => {
  const late: string[] = []
  const keys = Array.from({ length: 40 }, (_, n) => `${n}`)
  await outbox.enqueue(
    room.db,
    keys.map((key, n) => letter(key, `chat:${n % 10}`)),
  )
  const worker = work({ db: losingAnswers(room.db, /update outbox/, 8), late: async ({ key }) => void late.push(key) })
  await allGone(worker)
  expect(sent().sort()).toEqual(keys.toSorted())
  expect(late).toEqual([])
  expect(wire.filter(({ repeated }) => repeated > 0)).toEqual([])
})

test('an answer that comes after another replica sent again: its extra copy is handed to be taken away', async () => {
  let answer: (outcome: Outcome) => void = () => {}
  const late: number[] = []
  await outbox.enqueue(room.db, [letter('1', 'chat:1')])
  work({
    deliver: () => new Promise((resolve) => (answer = resolve)),
    late: async (_, copies) => void late.push(...copies.map(({ copy }) => copy)),
  })
  await eventually(
    'the first attempt',
    async () => (await room.db.run(`select 1 from outbox where state = 'sending'`)).length === 1,
  )
  await room.db.run(`update outbox set lease_until = now() - interval '1 s'`)
  work({ db: room.other })
  await eventually('the second attempt', () => wire.length === 1)
  answer({ kind: 'sent', copies: [{ message: 1, chat: 1, copy: 77 }] })
  await eventually('the extra copy', () => late.length > 0)
  expect(late).toEqual([77])
  expect(wire).toEqual([{ key: '1', repeated: 1, attempt: 2 }])
})

/** Appeals whose topics are all in one group, so that many lanes lead there. */
const topicsIn = async (chat: number, appeals: number[]) => {
  await room.db.transaction(async (tx) => {
    await tx.run('set local session_replication_role = replica')
    await tx.run('delete from topics')
    for (const appeal of appeals) {
      await tx.run('insert into topics (appeal_id, gen, chat_id, thread_id) values ($1, 1, $2, $1)', [appeal, chat])
    }
  })
}

test('a group whose minute is full keeps nobody else waiting, however much waits for it', async () => {
  const appeals = Array.from({ length: 200 }, (_, n) => n + 1)
  await topicsIn(-100, appeals)
  await outbox.enqueue(
    room.db,
    appeals.map((n) => letter(`topic ${n}`, `appeal:${n}`, { priority: PRIORITY.answer })),
  )
  const worker = work({ pace: 1 })
  await eventually('the group’s minute', () => wire.length === 18)
  await outbox.enqueue(room.db, [
    letter('citizen', 'chat:7', { priority: PRIORITY.broadcast }),
    letter('card', 'appeal:200000'),
  ])
  await topicsIn(-100, [...appeals, 200_000])
  await room.db.run(`update outbox set priority = 0 where key = 'card'`)
  worker.wake()
  await eventually('the others', () => wire.length === 20, 2_000)
  expect(sent().slice(18).sort()).toEqual(['card', 'citizen'])
  await room.db.run(
    `update pace set opens_at = opens_at - interval '60 s', opens_for_new_at = opens_for_new_at - interval '60 s',
       sent = (select json_agg(t::float8 - 60000) from json_array_elements_text(sent::json) t)::text`,
  )
  worker.wake()
  await eventually('the next minute', () => wire.length === 38, 2_000)
})

test('what the store looks for and what is counted agree: a chat opens when waitFor says so', async () => {
  const { now } = (
    await room.db.run<{ now: number }>('select (extract(epoch from now()) * 1000)::float8 as now')
  )[0] ?? { now: 0 }
  const histories = [
    { chat: -100, ago: Array.from({ length: 20 }, (_, n) => 50_000 - n * 2_000) },
    { chat: -100, ago: Array.from({ length: 18 }, (_, n) => 40_000 - n * 1_000) },
    { chat: 7, ago: [400] },
    { chat: 7, ago: [] },
  ]
  for (const [n, { chat, ago }] of histories.entries()) {
    for (const times of [1, 0.25]) {
      await room.empty()
      const sentAt = ago.map((ms) => Math.ceil(now - ms))
      await room.db.run('insert into pace (chat) values ($1)', [chat])
      await room.db.transaction((tx) => saveSent(tx, new Map([[chat, sentAt]]), { now: Date.now(), times }))
      await outbox.enqueue(room.db, [letter(`${n}`, `chat:${chat}`)])
      const window = chat > 0 ? { most: 1, withinMs: 1_000 } : { most: 18, withinMs: 60_000 }
      const wait = waitFor(sentAt, window, { now: Date.now(), times })
      const { rows, nextMs } = await takeReady(room.db, { owner: 'a', pace: times, most: 1 })
      expect(rows.length, `history ${n}, ${times} times`).toBe(wait > 0 ? 0 : 1)
      if (wait > 0) expect(Math.abs((nextMs ?? 0) - wait)).toBeLessThan(300)
    }
  }
})

test('what is said past the outbox is counted, goes before waiting words, and leaves a place for a new card', async () => {
  await outbox.enqueue(
    room.db,
    Array.from({ length: 40 }, (_, n) => letter(`word ${n}`, 'chat:-100')),
  )
  await room.db.run('insert into pace (chat, sent) values (-100, $1)', [
    JSON.stringify(Array.from({ length: 17 }, () => Date.now())),
  ])
  expect(await passing(room.db, -100, 1)).toBe(0)
  expect(await passing(room.db, -100, 1)).toBe(0)
  expect(await passing(room.db, -100, 1)).toBeGreaterThan(0)
  expect(await passing(room.db, -200, 1)).toBe(0)
  expect((await takeReady(room.db, { owner: 'a', pace: 1, most: 5 })).rows).toEqual([])
  await outbox.enqueue(room.db, [letter('card', 'appeal:1', { priority: PRIORITY.topic })])
  await room.db.run(`update outbox set lane = 'chat:-100', place = 1 where key = 'card'`)
  const { rows } = await takeReady(room.db, { owner: 'a', pace: 1, most: 5 })
  expect(rows.map(({ key }) => key)).toEqual(['card'])
})

test('all chats together send thirty in a second, whatever waits', async () => {
  await outbox.enqueue(
    room.db,
    Array.from({ length: 100 }, (_, n) => letter(`${n}`, `chat:${n + 1}`)),
  )
  const first = await takeReady(room.db, { owner: 'a', pace: 1, most: 100 })
  expect(first.rows).toHaveLength(30)
  const second = await takeReady(room.other, { owner: 'b', pace: 1, most: 100 })
  expect(second.rows).toEqual([])
  expect(second.nextMs).toBeLessThanOrEqual(1_000)
})
