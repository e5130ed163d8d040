import { afterAll, beforeAll, expect, test } from 'vitest'
import { connect } from '../../src/db/client.ts'
import { emptyDatabase, type TestDatabase } from '../database.ts'
import { freePort } from '../free-port.ts'
import { newCitizen, numberIn } from '../people.ts'
import { readiness, runDesk } from './desk-process.ts'
import { messenger } from './messenger.ts'

let database: TestDatabase
beforeAll(async () => {
  database = await emptyDatabase()
})
afterAll(() => database.drop())

test('two replicas start at once on an empty database: one migrates, both work, one fetches updates', async () => {
  const { sandbox, env, port } = await messenger(database.url)
  const other = { ...env, PORT: String(await freePort()) }
  const replicas = [runDesk(env), runDesk(other)]
  await Promise.all(replicas.map((desk) => desk.says(/desk\.open/)))
  expect(await Promise.all([port, Number(other.PORT)].map(readiness))).toEqual([200, 200])
  const db = connect(database.url)
  const done = await db.run('select hash from drizzle.__drizzle_migrations')
  expect(new Set(done.map(({ hash }) => hash)).size).toBe(done.length)
  expect(await db.run(`select count(*) as desks from desks`)).toEqual([{ desks: 1 }])
  expect(await db.run(`select count(*) as people from operators`)).toEqual([{ people: 3 }])

  const vera = newCitizen(sandbox)
  vera.says('/operator')
  await vera.presses(/^Согласен/)
  await vera.hears('Опишите')
  vera.says('Помогите войти')
  const number = numberIn(await vera.hears('номер обращения'))
  expect(await db.run('select number from appeals')).toEqual([{ number: number.replaceAll('-', '') }])
  await db.close()
  for (const desk of replicas) {
    expect(desk.said()).not.toMatch(/"level":50/)
    desk.stop('SIGTERM')
    expect(await desk.ended).toMatchObject({ code: 0 })
  }
})
