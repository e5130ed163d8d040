import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import * as inbox from '../../src/mail/inbox.ts'
import { type InboxWorker, workInbox } from '../../src/mail/work.ts'
import { eventually, openRoom, quietLog, type Room, update } from './room.ts'

let room: Room
const workers: InboxWorker[] = []
beforeAll(async () => {
  room = await openRoom()
})
beforeEach(() => room.empty())
afterEach(async () => {
  await Promise.all(workers.splice(0).map((worker) => worker.stop()))
})
afterAll(() => room.close())

const worker = (db: Room['db'], handle: (row: inbox.InboxRow) => Promise<void>, atOnce = 4) => {
  const one = workInbox({
    db,
    log: quietLog(),
    owner: `worker ${workers.length}`,
    setAside: async () => {},
    handle,
    atOnce,
  })
  workers.push(one)
  return one
}
const states = async () =>
  Object.fromEntries(
    (await room.db.run<{ key: string; state: string }>('select key, state from inbox')).map(({ key, state }) => [
      key,
      state,
    ]),
  )

test('what is next of its lane is taken with its storing; the rest waits, and what came before stays before', async () => {
  await inbox.store(room.db, [update('tg:1', 'chat:1')])
  const rows = [update('tg:2', 'chat:1'), update('tg:3', 'chat:2'), update('tg:4', 'chat:2'), update('tg:5', 'chat:3')]
  const { taken, waits } = await inbox.storeTaking(room.db, rows, { owner: 'a', room: 1 })
  expect(taken.map(({ key, attempts, suspect }) => ({ key, attempts, suspect }))).toEqual([
    { key: 'tg:3', attempts: 1, suspect: false },
  ])
  expect(waits).toBe(true)
  expect(await states()).toEqual({ 'tg:1': 'new', 'tg:2': 'new', 'tg:3': 'working', 'tg:4': 'new', 'tg:5': 'new' })
})

test('an update that comes again, alone or beside others, is neither stored nor taken twice', async () => {
  await inbox.storeTaking(room.db, [update('tg:1', 'chat:1')], { owner: 'a', room: 9 })
  const again = await inbox.storeTaking(room.db, [update('tg:1', 'chat:1'), update('tg:2', 'chat:2')], {
    owner: 'b',
    room: 9,
  })
  expect(again.taken.map(({ key }) => key)).toEqual(['tg:2'])
  expect(again.waits).toBe(false)
})

test('two replicas that are handed the same lane at once: one row in hand, all of them handled in order', async () => {
  const handled: string[] = []
  const handle = async ({ key }: inbox.InboxRow) => void handled.push(key)
  const [one, other] = [worker(room.db, handle), worker(room.other, handle)]
  await room.db.listen('inbox', one.wake)
  await room.other.listen('inbox', other.wake)
  for (let n = 0; n < 20; n += 1)
    await Promise.all([one.store([update(`tg:${n}a`, 'chat:1')]), other.store([update(`tg:${n}b`, 'chat:1')])])
  await eventually('all of them', () => handled.length === 40)
  expect(new Set(handled).size).toBe(40)
  const rounds = handled.map((key) => Number.parseInt(key.slice(3), 10))
  expect(rounds).toEqual(rounds.toSorted((a, b) => a - b))
})

test('a storing that fails is said to whoever handed it in, and the next one is not lost with it', async () => {
  const handled: string[] = []
  const one = worker(room.db, async ({ key }) => void handled.push(key))
  await expect(one.store([update('tg:bad', null as never)])).rejects.toThrow()
  await one.store([update('tg:good', 'chat:1')])
  await eventually('the good one', () => handled.includes('tg:good'))
  expect(handled).toEqual(['tg:good'])
})

test('more than there is room for is stored all the same, and handled in its turn', async () => {
  let free: () => void = () => {}
  const gate = new Promise<void>((resolve) => {
    free = resolve
  })
  const handled: string[] = []
  const one = worker(
    room.db,
    async ({ key }) => {
      await gate
      handled.push(key)
    },
    2,
  )
  for (let n = 0; n < 6; n += 1) await one.store([update(`tg:${n}`, `chat:${n}`)])
  expect(Object.values(await states()).filter((state) => state === 'working')).toHaveLength(2)
  free()
  await eventually('all of them', () => handled.length === 6)
})

test('what is handed in while the worker stops is stored for whoever goes on', async () => {
  const one = worker(room.db, async () => {})
  const stopping = one.stop()
  await one.store([update('tg:late', 'chat:1')])
  await stopping
  expect(await states()).toEqual({ 'tg:late': 'new' })
})
