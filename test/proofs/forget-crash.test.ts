import { readdirSync, readFileSync } from 'node:fs'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { listenAtPoints } from '../../src/mail/failpoints.ts'
import { openAppeal } from '../appeal.ts'
import { times } from '../citizen.ts'
import { citizenId, expectGone, forgets } from '../forgotten.ts'
import { type House, openHouse } from '../house.ts'

let house: House
beforeAll(async () => {
  house = await openHouse()
})
afterAll(async () => {
  listenAtPoints(null)
  await house?.stop()
})

const points = readdirSync('src/desk')
  .filter((file) => file.endsWith('.ts'))
  .flatMap((file) => [...readFileSync(`src/desk/${file}`, 'utf8').matchAll(/at\('(forget\.[a-z_]+)'\)/g)])
  .map(([, name]) => name ?? '')

test('/forget goes on after a crash at every point', { timeout: 120_000 }, async () => {
  expect(points.length).toBeGreaterThanOrEqual(8)
  for (const point of points) {
    const { citizen: vera } = await openAppeal(house.sandbox)
    const id = await citizenId(house, vera)
    let crashes = 0
    listenAtPoints((name) => {
      if (name !== point || crashes > 0) return
      crashes += 1
      throw new Error(`crash at ${point}`)
    })
    const clock = setInterval(
      () =>
        void house.db.run(
          `update inbox set due_at = now() where (state = 'new' and due_at > now()) or key like 'timer:scrub:%' and state = 'later'`,
        ),
      100,
    )
    await forgets(vera)
    await expectGone(house, id, vera.id)
    while (crashes === 0) await new Promise((resolve) => setTimeout(resolve, 50))
    clearInterval(clock)
    listenAtPoints(null)
    expect(times(vera, 'Квитанция'), point).toBe(1)
  }
})
