import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { readdirSync, readFileSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { compiled } from '../compiled.ts'
import type { Order } from './crash-child.ts'
import { openWire, type Wire } from './crash-wire.ts'
import { eventually, openRoom, type Room } from './room.ts'

const LANES = 4
const mail = new URL('../../src/mail/', import.meta.url)
const source = readdirSync(mail).map((file) => readFileSync(new URL(file, mail), 'utf8'))
/** Every named point of the mail room, as the source has them. */
const points = source.flatMap((text) => [...text.matchAll(/\bat\('([a-z:]+)'\)/g)].map(([, name]) => name ?? ''))

let room: Room
let wire: Wire
let script: Awaited<ReturnType<typeof compiled>>
const children: ChildProcess[] = []
beforeAll(async () => {
  ;[room, wire, script] = await Promise.all([openRoom(), openWire(), compiled('test/mail/crash-child.ts')])
})
afterAll(async () => {
  for (const child of children) child.kill('SIGKILL')
  wire.close()
  script.remove()
  await room.close()
})

const newChild = () => {
  const child = fork(script.file, { execArgv: [] })
  children.push(child)
  return child
}
let written = 0
const write = (updates: number) => {
  for (let n = 0; n < updates; n += 1) {
    written += 1
    wire.write(`tg:${String(written).padStart(4, '0')}`, `chat:${1 + (written % LANES)}`)
  }
}
/** The clock is moved on: leases of the dead run out, what waits for its next try is due. */
const timePasses = async () => {
  await room.db.run(`update inbox set due_at = now() where state = 'new' and due_at > now()`)
  await room.db.run(`update outbox set not_before = now() where state in ('new', 'ambiguous') and not_before > now()`)
  await room.db.run(`select pg_notify('inbox', ''), pg_notify('outbox', '')`)
}
const leasesRunOut = async () => {
  // One crash after the other would at last blame, and set aside, whoever was in hand in each.
  await room.db.run(`update inbox set lease_until = now() - interval '1 s', attempts = 1 where state = 'working'`)
  await room.db.run(`update outbox set lease_until = now() - interval '1 s' where state = 'sending'`)
}
const begin = (child: ChildProcess, n: number, dieAt: string) => {
  const order: Order = {
    databaseUrl: room.url,
    wireUrl: wire.url,
    owner: `child ${n}`,
    pace: n % 2 ? 'off' : 1_000,
    dieAt,
    dieOnPass: dieAt === 'inbox:told' ? 1 : 1 + (n % 3),
  }
  child.send(order)
}

test('the points are there', () => {
  expect(new Set(points).size).toBe(points.length)
  expect(points.length).toBeGreaterThanOrEqual(15)
})

test('killed between every two steps and started again: nothing lost, nothing doubled in the store, repeats marked, order kept', {
  timeout: 120_000,
}, async () => {
  let [child, ahead] = [newChild(), newChild()]
  for (const [n, point] of points.entries()) {
    write(10)
    if (point === 'inbox:told') wire.write('poison:1', 'chat:1')
    const died = once(child, 'exit')
    begin(child, n, point)
    const clock = setInterval(() => void timePasses(), 150)
    const late = sleep(15_000, 'never reached', { ref: false })
    const how = await Promise.race([died.then(([, signal]) => signal), late])
    clearInterval(clock)
    expect(how, point).toBe('SIGKILL')
    await leasesRunOut()
    ;[child, ahead] = [ahead, newChild()]
  }
  begin(child, points.length, 'nowhere')
  await eventually(
    'everything to be done',
    async () => {
      await timePasses()
      const open = await room.db.run(
        `select key from inbox where state not in ('done', 'quarantined') union all select key from outbox where state <> 'sent'`,
      )
      const stored = await room.db.run('select key from inbox')
      return open.length === 0 && stored.length === wire.updates.length
    },
    20_000,
  )
  await expectNothingLostOrDoubled()
})

const expectNothingLostOrDoubled = async () => {
  const wanted = wire.updates
    .map(({ key }) => (key.startsWith('poison') ? `relay:aside:${key}` : `relay:${key}`))
    .sort()
  const rows = await room.db.run<{ key: string }>('select key from outbox')
  expect(rows.map(({ key }) => key).sort()).toEqual(wanted)
  expect([...new Set(wire.arrived.map(({ key }) => key))].sort()).toEqual(wanted)
  const seen = new Set<string>()
  const repeats = wire.arrived.filter(({ key }) => seen.has(key) || !seen.add(key))
  expect(
    repeats.filter(({ repeated }) => repeated === 0),
    'doubles without a mark',
  ).toEqual([])
  const marked = wire.arrived.filter(({ repeated }) => repeated > 0)
  expect(marked.length).toBeLessThanOrEqual(points.length * LANES)
  expect(repeats.length, 'at least one crash left an answer unread').toBeGreaterThan(0)
  for (let lane = 1; lane <= LANES; lane += 1) {
    const keys = wire.arrived
      .filter((one) => one.lane === `chat:${lane}` && one.key.startsWith('relay:tg'))
      .map(({ key }) => key)
    expect(keys, `chat:${lane}`).toEqual(keys.toSorted())
  }
}
