import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { delivered, takenAppeal } from '../appeal.ts'
import { type House, openHouse } from '../house.ts'
import { newCitizen } from '../people.ts'
import { openRoad, type Road } from './counting-road.ts'

let house: House
let road: Road
beforeAll(async () => {
  house = await openHouse({
    webhook: true,
    road: async (url) => {
      road = await openRoad(url)
      return road.url
    },
  })
})
afterAll(async () => {
  await house.stop()
  await road.close()
})

/** Longer than an ending waits for others to be written down with. */
const REST_MS = 60
const ROUNDS = 6
const TRIES = 5

/** The middle of a few looks: what the clock asks comes when it likes. */
const middle = async (deeds: (() => Promise<unknown>)[]): Promise<number> => {
  const seen: number[] = []
  for (let n = 0; n < TRIES; n += 1) seen.push(await each(deeds))
  return seen.toSorted((a, b) => a - b)[Math.floor(TRIES / 2)] ?? 0
}

/** Statements a deed takes while nothing else happens, without those that the clock asks. */
const each = async (deeds: (() => Promise<unknown>)[]): Promise<number> => {
  const begun = performance.now()
  const before = road.statements()
  for (const deed of deeds) {
    await deed()
    await sleep(REST_MS)
  }
  const counted = road.statements() - before
  const spent = performance.now() - begun
  const still = road.statements()
  await sleep(spent)
  return (counted - (road.statements() - still)) / deeds.length
}
const times = <T>(make: (n: number) => T) => Array.from({ length: ROUNDS }, (_, n) => make(n))

test('a relay and an answer take at most 8 statements each, the mark included', async () => {
  const { citizen, desk } = await takenAppeal(house.sandbox)
  let tried = 0
  const asks = (n: number) => async () => {
    tried += 1
    const words = `Вопрос ${n}, попытка ${tried}: что дальше?`
    citizen.says(words)
    await desk.hears(words)
  }
  const answers = (n: number) => async () => {
    await delivered(house.sandbox, desk.says(`Ответ ${n}: откройте профиль`))
  }
  await each([asks(100), answers(100)])
  const relay = await middle(times(asks))
  const answer = await middle(times(answers))
  expect(relay).toBeGreaterThan(1)
  expect(relay).toBeLessThanOrEqual(8)
  expect(answer).toBeGreaterThan(1)
  expect(answer).toBeLessThanOrEqual(8)
})

test('a press in the FAQ takes at most 4', async () => {
  const guest = newCitizen(house.sandbox)
  guest.says('/questions')
  await guest.presses(/Вход/)
  await guest.hears(/Вход/)
  const opens = async () => {
    await guest.presses(/парол/i)
  }
  const goesBack = async () => {
    await guest.presses(/Назад/)
  }
  await each([opens, goesBack])
  const press = await middle(times((n) => (n % 2 === 0 ? opens : goesBack)))
  expect(press).toBeGreaterThan(1)
  expect(press).toBeLessThanOrEqual(4)
})
