import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest'
import { connect } from '../../src/db/client.ts'
import { createKeyring } from '../../src/db/keyring.ts'
import { emptyDatabase, type TestDatabase, testDatabase } from '../database.ts'
import { TOKEN } from '../house.ts'
import { GOOD } from '../texts/fixture.ts'
import { ownFolder, postgresIn, runDesk } from './desk-process.ts'
import { messenger } from './messenger.ts'

// Nobody is spoken to here, and a few words are read sooner than all of them.
const FEW_WORDS = { LOCALES_DIR: GOOD }

let database: TestDatabase
beforeAll(async () => {
  database = await testDatabase()
})
afterAll(() => database.drop())

test('every fault of the settings is named at once', async () => {
  const desk = runDesk({
    BOT_TOKEN: 'secret-token',
    BOT_API_ROOT: 'ftp://x',
    DATABASE_URL: 'mysql://x',
    DESK_CHAT_ID: '12',
    ADMIN_IDS: 'anna',
    OPERATOR_IDS: '1;2',
    WEBHOOK_URL: 'http://desk.example/telegram',
    PACE: 'fast',
    PORT: '70000',
    DATA_KEY: 'short',
  })
  const { code, errors } = await desk.ended
  expect(code).toBe(1)
  for (const name of 'BOT_TOKEN BOT_API_ROOT DATABASE_URL DESK_CHAT_ID ADMIN_IDS OPERATOR_IDS WEBHOOK_URL'.split(' ')) {
    expect(errors).toMatch(new RegExp(`^  - ${name}: `, 'm'))
  }
  for (const name of ['WEBHOOK_SECRET', 'PACE', 'PORT', 'DATA_KEY']) {
    expect(errors).toMatch(new RegExp(`^  - ${name}: `, 'm'))
  }
  expect(errors).not.toMatch(/secret-token|^ +at /m)
})

type Env = Record<string, string>
const given = (change: (env: Env) => Env | Promise<Env>, says: RegExp) => ({ change, says })

test.each<[string, ReturnType<typeof given>]>([
  [
    'a wrong token',
    given(() => ({ BOT_TOKEN: `${TOKEN}x` }), /^Telegram does not know this BOT_TOKEN: take the token again/),
  ],
  [
    'a busy port',
    given(async () => ({ PORT: String(await taken()) }), /^Port \d+ is taken by another program: stop it, or/),
  ],
  ['a missing database', given(() => ({ DATABASE_URL: other({ pathname: '/none' }) }), /does not exist: create it/)],
  [
    'a user without rights',
    given(async () => ({ DATABASE_URL: await asGuest() }), /may not create tables: make it the owner/),
  ],
  [
    'another key',
    given(() => ({ DATA_KEY: Buffer.alloc(32, 9).toString('base64') }), /^DATA_KEY does not open what is stored/),
  ],
])('%s ends the start with one sentence that holds the remedy', async (_, { change, says }) => {
  await storeSomebody()
  const { env } = await messenger(database.url)
  const { code, errors } = await runDesk({ ...env, ...FEW_WORDS, ...(await change(env)) }).ended
  expect(code).toBe(1)
  expect(errors).toMatch(says)
  expect(errors.trim().split('\n')).toHaveLength(1)
})

test('a start that fails leaves no local database running', async () => {
  const { env } = await messenger('')
  const folder = ownFolder()
  const { code, errors } = await runDesk({ ...env, ...FEW_WORDS, DATA_DIR: folder, BOT_TOKEN: `${TOKEN}x` }).ended
  expect(code).toBe(1)
  expect(errors).toMatch(/^Telegram does not know this BOT_TOKEN/)
  expect(existsSync(join(folder, 'postgres', 'PG_VERSION'))).toBe(true)
  expect(postgresIn(folder)).toBeNull()
})

async function taken(): Promise<number> {
  const server = createServer().listen(0)
  await once(server, 'listening')
  onTestFinished(() => void server.close())
  return (server.address() as { port: number }).port
}

function other(parts: Partial<Pick<URL, 'pathname'>>): string {
  return Object.assign(new URL(database.url), parts).href
}

async function asGuest(): Promise<string> {
  const empty = await emptyDatabase()
  const db = connect(empty.url)
  const name = `guest_${process.pid}`
  await db.run(`create role ${name} login`)
  onTestFinished(async () => {
    await db.run(`drop role ${name}`)
    await db.close()
    await empty.drop()
  })
  return Object.assign(new URL(empty.url), { username: name }).href
}

async function storeSomebody(): Promise<void> {
  const db = connect(database.url)
  const key = createKeyring(db, Buffer.alloc(32, 7))
  await db.transaction((tx) => key.create(tx, 1))
  await db.close()
}
