import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openAppeal } from '../appeal.ts'
import { times } from '../citizen.ts'
import { citizenId, confirmsForget, expectGone, expectNoTrace } from '../forgotten.ts'
import { DATA_KEY, GROUP, type House, openHouse, TOKEN } from '../house.ts'
import { ownFolder, runDesk } from '../start/desk-process.ts'

let house: House
beforeAll(async () => {
  house = await openHouse({ replicas: 0 })
})
afterAll(async () => await house?.stop())

const points = readdirSync('src/desk')
  .filter((file) => file.endsWith('.ts'))
  .flatMap((file) => [...readFileSync(`src/desk/${file}`, 'utf8').matchAll(/at\('(forget:[a-z_]+)'\)/g)])
  .map(([, name]) => name ?? '')

/** The clock is moved on: leases of the dead run out, what waits for its time is due. */
const timePasses = async () => {
  const gone = `now() - interval '1 s'`
  await house.db.run(`update inbox set lease_until = ${gone} where state = 'working'`)
  await house.db.run(`update outbox set lease_until = ${gone} where state = 'sending'`)
  await house.db.run(`update leases set until = ${gone}`)
  await house.db.run(
    `update inbox set due_at = now() where (state = 'new' and due_at > now()) or key like 'timer:scrub:%'`,
  )
}

test('/forget goes on after kill -9 of the desk at every point', { timeout: 400_000 }, async () => {
  expect(points.length).toBeGreaterThanOrEqual(9)
  const folder = ownFolder()
  const dieAt = join(folder, 'die-at')
  writeFileSync(dieAt, 'nowhere')
  const begin = async () => {
    const desk = runDesk({
      NODE_OPTIONS: `--import ${join(process.cwd(), 'test/proofs/die-at.mjs')}`,
      DIE_AT_FILE: dieAt,
      BOT_TOKEN: TOKEN,
      BOT_API_ROOT: house.url,
      DATABASE_URL: house.databaseUrl,
      DESK_CHAT_ID: String(GROUP),
      ADMIN_IDS: '5001',
      OPERATOR_IDS: '5002,5003',
      DATA_KEY: DATA_KEY.toString('base64'),
      PACE: 'off',
      PORT: '0',
      DATA_DIR: folder,
    })
    await desk.says(/desk\.open/)
    return desk
  }
  let desk = await begin()
  for (const point of points) {
    const { citizen: vera } = await openAppeal(house.sandbox)
    const id = await citizenId(house, vera)
    writeFileSync(dieAt, point)
    await confirmsForget(vera)
    const clock = point === 'forget:scrubbed' ? setInterval(() => void timePassesForScrub(), 200) : null
    expect(await desk.ended, point).toMatchObject({ signal: 'SIGKILL' })
    if (clock) clearInterval(clock)

    writeFileSync(dieAt, 'nowhere')
    await timePasses()
    desk = await begin()
    await vera.hears('Квитанция')
    await expectGone(house, id, vera.id)
    await expectNoTrace(house, vera.id)
    expect(times(vera, 'Квитанция'), point).toBe(1)
  }
})

const timePassesForScrub = async () =>
  await house.db.run(`update inbox set due_at = now() where key like 'timer:scrub:%' and state = 'later'`)
