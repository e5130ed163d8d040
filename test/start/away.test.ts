import { afterAll, beforeAll, expect, test } from 'vitest'
import { OLGA, openAppeal } from '../appeal.ts'
import { heard } from '../citizen.ts'
import { surviveDriverSlips } from '../db/driver-slips.ts'
import { type House, openHouse } from '../house.ts'
import { inGeneral, inTopic } from '../people.ts'
import { type Road, roadTo } from '../road.ts'
import { wordsFolder } from '../words-folder.ts'

const words = wordsFolder()
let house: House
let road: Road
let slips: ReturnType<typeof surviveDriverSlips>
beforeAll(async () => {
  slips = surviveDriverSlips()
  words.change('targets.yaml', 'database_away: { tell: 60,', 'database_away: { tell: 1,')
  house = await openHouse({
    replicas: 2,
    localesDir: words.dir,
    road: async (databaseUrl) => {
      road = await roadTo(databaseUrl)
      await road.open()
      return road.url
    },
  })
})
afterAll(async () => {
  await house.stop()
  await road.close()
  words.remove()
  slips.stop()
})

const told = (what: string) => heard(inGeneral(house.sandbox, OLGA)).filter((text) => text.includes(what)).length

test('while the database is away seniors are told once, by one replica, and once that it is over; nothing is lost', async () => {
  const { citizen, number } = await openAppeal(house.sandbox, 'До перерыва')
  const general = inGeneral(house.sandbox, OLGA)
  for (const outage of [1, 2]) {
    await untilAlarmIsSet()
    await road.close()
    citizen.says(`Во время перерыва ${outage}`)
    await expect.poll(() => told('не может работать с базой данных'), { timeout: 30_000 }).toBe(outage)
    expect(told('и теперь снова работает')).toBe(outage - 1)
    // Long enough for every replica to have told it again.
    await new Promise((resolve) => setTimeout(resolve, 5_000))
    await road.open()
    await expect.poll(() => told('и теперь снова работает'), { timeout: 30_000 }).toBe(outage)
    await (await inTopic(house.sandbox, OLGA, number)).hears(`Во время перерыва ${outage}`)
    expect(told('не может работать с базой данных')).toBe(outage)
  }
  await general.hears('проверит, работает ли PostgreSQL')
})

/** The look that remembers whom to tell has been made. */
const untilAlarmIsSet = async () => {
  const before = await leaseUntil()
  await expect.poll(async () => (await leaseUntil()) > before, { timeout: 30_000 }).toBe(true)
}
const leaseUntil = async (): Promise<string> =>
  String((await house.db.run(`select until::text as until from leases where name = 'alarm'`))[0]?.until ?? '')
