import { setTimeout as sleep } from 'node:timers/promises'
import { expect, test, vi } from 'vitest'
import { MARINA, OLGA, PETR, takenAppeal } from '../appeal.ts'
import { GROUP } from '../house.ts'
import { type Chance, chanceOf } from './day-chance.ts'
import { FULL } from './full.ts'
import { type Ground, openGround } from './storm-ground.ts'
import { judge, type Place, type Said, wordsOf } from './storm-oracle.ts'

vi.setConfig({ testTimeout: 600_000 })

const seed = Number(process.env.STORM_SEED ?? Math.floor(Math.random() * 1e6))
const kills = Number(process.env.STORM_KILLS ?? (FULL ? 200 : 20))
const SIZE = { kills, messages: kills * 50, appeals: Math.max(25, kills), crashes: Math.max(1, Math.round(kills / 50)) }
/** Rows one replica has on the wire at once, at the most: see the outbox. */
const IN_FLIGHT = 24
const REPLICAS = 3

test(`a storm of kills, seed ${seed}: nothing lost, nothing doubled without its mark, order kept`, async () => {
  const chance = chanceOf(seed)
  const began = Date.now()
  const passed = () => Math.round((Date.now() - began) / 1000)
  const ground = await openGround(chance.apart(1))
  const { sandbox, gate, herd, db } = ground
  const places = await settle(ground)
  const opened = passed()
  process.stderr.write(`all appeals taken after ${opened} s\n`)

  const said = program(chance.apart(2))
  await storm(ground, { said, places, chance: chance.apart(3) })
  const stormed = passed()
  process.stderr.write(`${kills} kills after ${stormed} s\n`)
  const look = () => judge(sandbox.journal().entries, said, { places, group: GROUP })
  await quiet(ground, look)
  const verdict = look()
  const figures = { seed, ...SIZE, opened, stormed, all: passed(), ...gate.told, ...herd.sums() }
  console.log(
    JSON.stringify({ ...figures, arrived: verdict.arrived, marked: verdict.marked, doubles: verdict.doubles }),
  )

  expect(verdict).toMatchObject({ lost: [], astray: [], unmarked: [], inverted: [] })
  expect(herd.complaints()).toEqual([])
  expect(herd.kills).toBe(kills)
  expect(verdict.marked).toBeLessThanOrEqual((kills + SIZE.crashes * REPLICAS) * IN_FLIGHT)
  const stored = await db.run<{ n: number }>(
    `select count(*)::int as n from messages where author in ('citizen', 'operator') and version = 1`,
  )
  expect(stored[0]?.n, 'nothing doubled in the store').toBe(SIZE.messages + SIZE.appeals)
})

/** All appeals open and taken, ten people at a time. */
const settle = async ({ sandbox }: Ground): Promise<Place[]> => {
  const places: Place[] = []
  const staff = [OLGA, PETR, MARINA]
  let next = 0
  const hand = async () => {
    for (let n = next++; n < SIZE.appeals; n = next++) {
      const { citizen, desk } = await takenAppeal(sandbox, { by: staff[n % staff.length] })
      places[n] = { citizen: citizen.id, thread: desk.thread ?? 0 }
    }
  }
  await Promise.all(Array.from({ length: 10 }, hand))
  return places
}

/** Everything that will be said, in an order by chance that keeps each person's own. */
const program = (chance: Chance): Said[] => {
  const count = new Map<string, number>()
  return Array.from({ length: SIZE.messages }, () => {
    const [appeal, side] = [chance.whole(0, SIZE.appeals - 1), chance.one(['citizen', 'operator'] as const)]
    const lane = `${appeal}:${side}`
    const n = count.get(lane) ?? 0
    count.set(lane, n + 1)
    return { appeal, side, n }
  })
}

type Storm = { said: Said[]; places: Place[]; chance: Chance }

/** Between two kills a share of what there is to say is said, at moments of chance; the crashes are spread over the whole. */
const storm = async ({ sandbox, herd, crashDatabase }: Ground, { said, places, chance }: Storm): Promise<void> => {
  const share = said.length / SIZE.kills
  const crashes = new Set(
    Array.from({ length: SIZE.crashes }, (_, n) => Math.round(((n + 0.5) * SIZE.kills) / SIZE.crashes)),
  )
  let crash: Promise<void> = Promise.resolve()
  for (let kill = 0; kill < SIZE.kills; kill += 1) {
    const pause = chance.between(0.1, 0.6) * 1_000
    const now = said.slice(Math.round(kill * share), Math.round((kill + 1) * share))
    for (const one of now) {
      await sleep((pause / now.length) * chance.between(0, 2))
      const { citizen, thread } = places[one.appeal] as Place
      const who =
        one.side === 'citizen' ? { from: citizen, chat: citizen } : { from: staffOf(one), chat: GROUP, thread }
      sandbox.write({ ...who, text: wordsOf(one) })
    }
    if (crashes.has(kill)) crash = crashDatabase()
    await herd.kill(chance)
  }
  await crash
}

const staffOf = ({ appeal }: Said): number => [OLGA, PETR, MARINA][appeal % 3] ?? OLGA

const QUIET_MS = 120_000

/** Everything arrived, nothing is left to be told to the desk, and nothing that the desk still means to send. */
const quiet = async ({ sandbox, db }: Ground, look: () => { lost: string[] }): Promise<void> => {
  const end = Date.now() + QUIET_MS
  const open = async () => {
    if (sandbox.pending().length > 0 || look().lost.length > 0) return true
    const rows = await db.run(
      `select 1 from outbox where state in ('new', 'sending', 'ambiguous') and priority < 4
       union all select 1 from inbox where state in ('new', 'working') and key like 'tg:%'`,
    )
    return rows.length > 0
  }
  while ((await open().catch(() => true)) && Date.now() < end) await sleep(250)
}
