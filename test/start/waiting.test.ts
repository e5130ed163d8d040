import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest'
import { type TestDatabase, testDatabase } from '../database.ts'
import { freePort } from '../free-port.ts'
import { GROUP } from '../house.ts'
import { citizen } from '../people.ts'
import { roadTo } from '../road.ts'
import { readiness, runDesk } from './desk-process.ts'
import { messenger } from './messenger.ts'

let database: TestDatabase
beforeAll(async () => {
  database = await testDatabase()
})
afterAll(() => database.drop())

test('without its database the desk listens, is not ready, and becomes ready by itself when it comes', async () => {
  const { sandbox, env, port } = await messenger(database.url)
  const road = await roadTo(database.url)
  onTestFinished(road.close)
  const desk = runDesk({ ...env, DATABASE_URL: road.url })
  const line = JSON.parse(await desk.says(/database\.away/))
  expect(line).toMatchObject({ code: 'ECONNREFUSED', remedy: expect.stringMatching(/check DATABASE_URL/) })
  expect(line.at).toBeUndefined()
  expect(await readiness(port)).toBe(503)
  const anna = citizen(sandbox, 1001)
  anna.says('/start')
  await road.open()
  await becomes(port, 200)
  await anna.hears(/никогда не спрашива/)
  await road.close()
  await becomes(port, 503)
  await road.open()
  await becomes(port, 200)
})

test('a signal is heard while the database is waited for', async () => {
  const { env } = await messenger(`postgres://nobody@127.0.0.1:${await freePort()}/none`)
  const desk = runDesk(env)
  await desk.says(/database\.away/)
  desk.stop('SIGTERM')
  expect(await desk.ended).toMatchObject({ code: 0 })
})

test('Telegram is waited for, and the signal is heard meanwhile', async () => {
  const { env, port } = await messenger(database.url)
  const desk = runDesk({ ...env, BOT_API_ROOT: `http://127.0.0.1:${await freePort()}` })
  const line = JSON.parse(await desk.says(/telegram\.away/))
  expect(line).toMatchObject({ remedy: expect.stringMatching(/BOT_API_ROOT/) })
  expect(line.at).toBeUndefined()
  expect(await readiness(port)).toBe(503)
  desk.stop('SIGINT')
  expect(await desk.ended).toMatchObject({ code: 0 })
})

test('a group that is not as it must be is named with its remedy, and citizens get their answers all the same', async () => {
  const { sandbox, env } = await messenger(database.url)
  sandbox.group({ chat: GROUP, is_forum: false, rights: ['can_delete_messages'] })
  const desk = runDesk(env)
  await desk.says(/desk\.open/)
  const lacking = desk
    .said()
    .split('\n')
    .filter((line) => line.includes('"desk.lacks"'))
    .map((line) => JSON.parse(line))
  expect(lacking.map(({ lack }) => lack)).toEqual(['not_forum', 'no_topics', 'no_pin'])
  for (const { remedy, at } of lacking) expect([remedy, at]).toEqual([expect.stringMatching(/^\w.{15,}/), undefined])
  const john = citizen(sandbox, 1002)
  john.says('/start')
  await john.hears(/never ask/)
})

test('a group the bot cannot see is named with its remedy', async () => {
  const { sandbox, env } = await messenger(database.url)
  sandbox.group({ chat: GROUP, bot: 'kicked' })
  const desk = runDesk(env)
  const line = JSON.parse(await desk.says(/desk\.unseen/))
  expect(line).toMatchObject({ remedy: expect.stringMatching(/add the bot to the group DESK_CHAT_ID names/) })
  expect(line.at).toBeUndefined()
  await desk.says(/desk\.open/)
})

async function becomes(port: number, status: number): Promise<void> {
  await expect.poll(() => readiness(port), { timeout: 30_000 }).toBe(status)
}
