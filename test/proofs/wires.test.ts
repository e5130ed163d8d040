import { expect, onTestFinished, test, vi } from 'vitest'
import { MARINA, PETR, takenAppeal } from '../appeal.ts'
import { testDatabase } from '../database.ts'
import { GROUP } from '../house.ts'
import { type Phone, untilSo } from '../people.ts'
import { runDesk } from '../start/desk-process.ts'
import { messenger } from '../start/messenger.ts'
import { type Chance, chanceOf } from './day-chance.ts'
import { FULL } from './full.ts'
import { judge, type Place, type Said, wordsOf } from './storm-oracle.ts'
import { type WireRoad, wireRoadTo } from './wire-road.ts'

vi.setConfig({ testTimeout: 600_000 })

const seed = Number(process.env.WIRES_SEED ?? Math.floor(Math.random() * 1e6))
const CUTS = FULL ? { database: 400, api: 80 } : { database: 24, api: 6 }
const STARTS = FULL ? 40 : 4
/** About as many bytes as a word and its answer take on either way. */
const BYTES = { database: 30_000, api: 6_000 }

type Talk = { citizen: Phone; desk: Phone; appeal: number }
type Ground = {
  roads: Record<'database' | 'api', WireRoad>
  talks: Talk[]
  /** One word each way in every talk; resolves when all arrived. */
  exchange(): Promise<void>
  /** Nothing lost, nothing doubled without its mark, order kept, and the same process all the time. */
  holds(what: string): void
}

const openGround = async (): Promise<Ground> => {
  const database = await testDatabase()
  const { sandbox, env } = await messenger(database.url)
  const roads = { database: await wireRoadTo(database.url), api: await wireRoadTo(env.BOT_API_ROOT ?? '') }
  const desk = runDesk({ ...env, PACE: 'off', DATABASE_URL: roads.database.url, BOT_API_ROOT: roads.api.url })
  let ended = false
  void desk.ended.then(() => (ended = true))
  onTestFinished(async () => {
    desk.stop('SIGKILL')
    await desk.ended
    await database.drop()
  })
  await desk.says(/desk\.open/)
  const talks: Talk[] = []
  const places: Place[] = []
  for (const by of [PETR, MARINA]) {
    const { citizen, desk } = await takenAppeal(sandbox, { by })
    places.push({ citizen: citizen.id, thread: desk.thread ?? 0 })
    talks.push({ citizen, desk, appeal: talks.length })
  }
  const said: Said[] = []
  const verdict = () => judge(sandbox.journal().entries, said, { places, group: GROUP })
  let n = 0
  return {
    roads,
    talks,
    exchange: async () => {
      for (const { citizen, desk, appeal } of talks) {
        for (const [who, side] of [[citizen, 'citizen'] as const, [desk, 'operator'] as const]) {
          said.push({ appeal, side, n })
          who.says(wordsOf({ appeal, side, n }))
        }
      }
      n += 1
      await untilSo('all to arrive', async () => ended || verdict().lost.length === 0, 60_000)
    },
    holds: (what) => {
      expect(verdict(), what).toMatchObject({ lost: [], astray: [], unmarked: [], inverted: [] })
      expect(ended, `${what}: it never ended`).toBe(false)
      expect(desk.said(), what).not.toMatch(/process\.uncaught|quarantined|lost_hold/)
    },
  }
}

const cuts = async (ground: Ground, way: 'database' | 'api', chance: Chance): Promise<void> => {
  for (let n = 0; n < CUTS[way]; n += 1) {
    const k = n < 3 ? n + 1 : chance.whole(1, BYTES[way])
    const done = ground.roads[way].cutAfter(k)
    await ground.exchange()
    await done
    ground.holds(`${way}, byte ${k}, seed ${seed}`)
  }
  await ground.exchange()
  ground.holds(`${way}, after the last cut`)
}

test(`connections are cut after any byte, seed ${seed}`, async () => {
  const ground = await openGround()
  const chance = chanceOf(seed)
  await cuts(ground, 'database', chance.apart(1))
  await cuts(ground, 'api', chance.apart(2))
})

test(`a start whose connections are cut goes on by itself, seed ${seed}`, async () => {
  const database = await testDatabase()
  const { env } = await messenger(database.url)
  const road = await wireRoadTo(database.url)
  const chance = chanceOf(seed).apart(3)
  for (let n = 0; n < STARTS; n += 1) {
    void road.cutAfter(chance.whole(1, 40_000))
    const desk = runDesk({ ...env, DATABASE_URL: road.url })
    await desk.says(/desk\.open/)
    desk.stop('SIGKILL')
    await desk.ended
  }
  await database.drop()
})

test('a link that goes silent is given up, and the desk comes back by itself', async () => {
  const grounds = await Promise.all([openGround(), openGround()])
  await Promise.all(
    (['database', 'api'] as const).map(async (way, n) => {
      const ground = grounds[n] as Ground
      // In the middle of a word as well as between words.
      const half = ground.exchange()
      ground.roads[way].blackHole()
      await half
      await ground.exchange()
      if (FULL) {
        ground.roads[way].blackHole()
        await ground.exchange()
      }
      ground.holds(`${way} silent`)
    }),
  )
})
