import { expect, onTestFinished, test } from 'vitest'
import { goRounds } from '../../src/mail/rounds.ts'
import { eventually, quietLog } from './room.ts'

test('as long as a lost answer leaves it open what is ours, nothing new is reserved', async () => {
  let [claims, given] = [0, () => {}]
  const giving = { now: false }
  const worker = goRounds<{ id: number }>({
    name: 'outbox',
    log: quietLog(),
    atOnce: 4,
    mayRunAgain: false,
    ended: () => 0,
    settle: async () => {},
    claim: async () => {
      claims += 1
      if (claims === 1) throw new Error('the answer was lost')
      return { rows: [], more: false }
    },
    tellOthers: () => {},
    work: async () => {},
    renew: async () => {},
    giveBack: async () => {
      giving.now = true
      await new Promise<void>((resolve) => {
        given = resolve
      })
    },
  })
  onTestFinished(async () => {
    const stopped = worker.stop()
    while (await Promise.race([stopped.then(() => false), new Promise((resolve) => setTimeout(resolve, 20, true))]))
      given()
    await stopped
  })
  worker.wake()
  await eventually('the giving back', () => giving.now)
  // Taken now it would be given back with the others, and sent twice.
  expect(worker.reserve()).toBe(false)
  given()
  await eventually('the next claim', () => claims === 2)
  expect(worker.reserve()).toBe(true)
  worker.use(null)
})
