import { execFile } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest'
import { connect } from '../../src/db/client.ts'
import { createKeyring } from '../../src/db/keyring.ts'
import { factHash } from '../../src/texts/facts.ts'
import { TextsError } from '../../src/texts/source.ts'
import { databasePoints } from '../../src/tools/doctor-database.ts'
import * as doctor from '../../src/tools/doctor-examine.ts'
import { clockPoint, diskPoint, nodePoint, readTexts, textPoints } from '../../src/tools/doctor-machine.ts'
import { emptyDatabase, type TestDatabase, testDatabase } from '../database.ts'
import { freePort } from '../free-port.ts'
import { DATA_KEY, GROUP, TOKEN } from '../house.ts'
import { change, copied } from '../texts/fixture.ts'
import { bot, desk, type Ground, info, rights, webhook } from './ground.ts'

// Read once: it is the slowest part, and these tests are about the others.
const texts = readTexts(null)
const examine = (env: NodeJS.ProcessEnv) => doctor.examine(env, () => texts)

let database: TestDatabase
let closed: number
beforeAll(async () => {
  database = await testDatabase()
  closed = await freePort()
})
afterAll(() => database.drop())

test('a desk that may work: every point is well, the unverified facts are a note', async () => {
  const { env } = await desk(database.url)
  const points = await examine(env)
  expect(points.filter(({ state }) => state === 'bad')).toEqual([])
  expect(points.filter(({ state }) => state === 'note').map(({ about }) => about)).toEqual(['facts'])
  expect(new Set(points.map(({ about }) => about))).toEqual(
    new Set('settings node disk texts facts port database tables key token rights privacy updates clock'.split(' ')),
  )
})

type Fault = [name: string, spoil: (ground: Ground) => unknown, about: string, says: RegExp]

const faults: Fault[] = [
  ['a wrong token', ({ env }) => (env.BOT_TOKEN = `${TOKEN}x`), 'token', /does not know this BOT_TOKEN.*@BotFather/],
  [
    'Telegram away',
    ({ env }) => (env.BOT_API_ROOT = `http://127.0.0.1:${closed}`),
    'token',
    /does not answer.*BOT_API/,
  ],
  ['nobody is admin', ({ env }) => [delete env.ADMIN_IDS, delete env.OPERATOR_IDS], 'people', /ADMIN_IDS names nobody/],
  ['no desk group', ({ env }) => delete env.DESK_CHAT_ID, 'group', /No desk group: set DESK_CHAT_ID/],
  ['a group without the bot', bot('kicked'), 'group', /cannot see the group -100\d+: add it/],
  ['a group that is no forum', (g) => g.sandbox.group({ chat: GROUP, is_forum: false }), 'rights', /switch topics on/],
  ['a bot that is no admin', bot('member'), 'rights', /make the bot an administrator/],
  ['privacy mode', bot('member'), 'privacy', /does not see .*privacy mode at @BotFather/],
  ['no right to topics', rights('can_delete_messages', 'can_pin_messages'), 'rights', /let the bot manage topics/],
  ['no right to delete', rights('can_manage_topics', 'can_pin_messages'), 'rights', /let the bot delete messages/],
  ['no right to pin', rights('can_manage_topics', 'can_delete_messages'), 'rights', /let the bot pin messages/],
  [
    'an operator who left',
    ({ sandbox }) => sandbox.person({ id: 5003, standing: 'left' }),
    'people',
    /^5003 is not in the group .*invite them/,
  ],
  ['an unknown operator', ({ env }) => (env.OPERATOR_IDS = '987654'), 'people', /^987654 is not in the group/],
  [
    'a webhook where the desk polls',
    ({ call }) => call('setWebhook', { url: 'https://other.example/secret-path' }),
    'updates',
    /sends them to other\.example, but WEBHOOK_URL is not set/,
  ],
  ['a webhook that is not set', webhook(null), 'updates', /no webhook is set, not WEBHOOK_URL: start the desk/],
  [
    'another webhook',
    webhook({ url: 'http://127.0.0.1:1/other' }),
    'updates',
    /the webhook is 127\.0\.0\.1:1, not WEBHOOK_URL/,
  ],
  [
    'kinds of updates left out',
    webhook({ url: 'http://127.0.0.1:1/telegram', allowed_updates: ['message'] }),
    'updates',
    /leaves out .*callback_query.*chat_member: start the desk/,
  ],
  [
    'a webhook that fails',
    async (ground) => {
      await webhook({ url: 'http://127.0.0.1:1/telegram' })(ground)
      ground.sandbox.write({ from: 1001, chat: 1001, text: '/start' })
      await expect.poll(async () => (await info(ground)).last_error_message).toBeTruthy()
    },
    'updates',
    /could not deliver at 20\d\d-.*: .+/,
  ],
  [
    'no database server',
    ({ env }) => (env.DATABASE_URL = `postgres://a@127.0.0.1:${closed}/b`),
    'database',
    /DATABASE_URL/,
  ],
  ['no such database', ({ env }) => (env.DATABASE_URL = renamed({ pathname: '/none' })), 'database', /does not exist/],
  [
    'no such user',
    ({ env }) => (env.DATABASE_URL = renamed({ username: 'x' })),
    'database',
    /the user in DATABASE_URL/,
  ],
  ['another key', ({ env }) => (env.DATA_KEY = Buffer.alloc(32, 1).toString('base64')), 'key', /does not open what is/],
]

test.each(faults)('%s is named with its remedy', async (_, spoil, about, says) => {
  const ground = await desk(database.url)
  if (about === 'key') await storeSomebody()
  await spoil(ground)
  const points = await examine(ground.env)
  expect(points).toContainEqual({ about, state: 'bad', says: expect.stringMatching(says) })
})

test('what waits at Telegram is a note', async () => {
  const { sandbox, env } = await desk(database.url)
  for (let n = 0; n < 101; n += 1) sandbox.write({ from: 1001, chat: 1001, text: `${n}` })
  expect(await examine(env)).toContainEqual({ about: 'updates', state: 'note', says: expect.stringMatching(/^101 up/) })
})

test('tables: not there yet is a note, newer ones are a fault; an encoding that loses letters is one too', async () => {
  const { env } = await desk(database.url)
  const empty = await emptyDatabase("TEMPLATE template0 ENCODING 'SQL_ASCII' LOCALE 'C'")
  onTestFinished(() => empty.drop())
  const before = await examine({ ...env, DATABASE_URL: empty.url })
  expect(before).toContainEqual({ about: 'tables', state: 'note', says: expect.stringMatching(/npm start does them/) })
  expect(before).toContainEqual({ about: 'database', state: 'bad', says: expect.stringMatching(/ENCODING 'UTF8'/) })
  const db = connect(database.url)
  await db.run(`insert into drizzle.__drizzle_migrations (hash, created_at) values ('newer', 9)`)
  expect(await examine(env)).toContainEqual({ about: 'tables', state: 'bad', says: expect.stringMatching(/newer/) })
  await db.run(`delete from drizzle.__drizzle_migrations where hash = 'newer'`)
  await db.close()
})

test('what cannot be brought about here is judged from its figures', () => {
  expect(nodePoint('20.18.3')).toMatchObject({ state: 'bad', says: expect.stringMatching(/install 20\.19/) })
  expect(nodePoint('24.0.0')).toMatchObject({ state: 'well' })
  expect(diskPoint('.', Number.MAX_SAFE_INTEGER)).toMatchObject({
    state: 'bad',
    says: expect.stringMatching(/free some/),
  })
  const facts = { encoding: 'UTF8', migrations: { done: 1, known: 1 }, key: 'opens', clockMs: 0 } as const
  const old = databasePoints(
    { reached: 'yes', version: 140_012, aside: 2, ...facts, chats: [], checks: new Map() },
    { local: false },
  )
  expect(old[0]).toMatchObject({ state: 'bad', says: expect.stringMatching(/14 is too old: take 15/) })
  expect(old.at(-1)).toMatchObject({
    about: 'inbox',
    state: 'note',
    says: expect.stringMatching(/^2 updates.*\/retry/),
  })
  expect(clockPoint({ telegramMs: -31_000, databaseMs: 0 })).toMatchObject({ state: 'bad' })
  expect(clockPoint({ telegramMs: null, databaseMs: 6_000 })).toMatchObject({ state: 'bad' })
  expect(clockPoint({ telegramMs: 1_500, databaseMs: -200 })).toMatchObject({ state: 'well' })
})

test('a fact that an admin has checked is not asked for again', () => {
  const facts = texts instanceof TextsError ? [] : texts.facts()
  const checked = new Map(facts.map((fact) => [factHash(fact), '2999-12-31']))
  const says = textPoints(texts, checked).find(({ about }) => about === 'facts')?.says ?? ''
  expect(says).toMatch(/runner/)
  expect(says).not.toMatch(/portal/)
})

test('texts with faults are one point; the check names each', () => {
  const dir = copied()
  change(dir, 'facts.yaml', ['kind: phone', 'kind: pigeon'])
  expect(textPoints(readTexts(dir))).toMatchObject([
    { about: 'texts', state: 'bad', says: expect.stringMatching(/npm run check/) },
  ])
})

test('a taken port: by a stranger, by a desk that waits', async () => {
  const { env } = await desk(database.url)
  let answers: Record<string, [number, string]> = {}
  const server = createServer((request, response) => {
    const [status, text] = answers[request.url ?? ''] ?? [404, '']
    response.writeHead(status).end(text)
  })
  server.listen(0)
  await once(server, 'listening')
  onTestFinished(() => void server.close())
  const taken = { ...env, PORT: String((server.address() as AddressInfo).port) }
  const port = async () => (await examine(taken)).find(({ about }) => about === 'port')
  expect(await port()).toMatchObject({
    state: 'bad',
    says: expect.stringMatching(/another program: stop it, or set PORT/),
  })
  answers = { '/health': [200, 'ok'], '/ready': [503, 'storage'] }
  expect(await port()).toMatchObject({ state: 'bad', says: expect.stringMatching(/not ready \(storage\)/) })
  answers = { '/health': [200, 'ok'], '/ready': [200, 'ready'] }
  expect(await port()).toMatchObject({ state: 'well', says: expect.stringMatching(/is ready/) })
})

test('without a token it looks at the sandbox, and leaves nothing behind', async () => {
  const folder = join(tmpdir(), `okoshko-nothing-${process.pid}`)
  const points = await examine({ DATA_DIR: folder, PORT: String(await freePort()) })
  expect(points.filter(({ state }) => state === 'bad')).toEqual([])
  expect(points.find(({ about }) => about === 'settings')?.says).toMatch(/npm start opens the sandbox/)
  expect(points.find(({ about }) => about === 'database')?.says).toMatch(/^PostgreSQL 18/)
  expect(existsSync(folder)).toBe(false)
})

test('the command prints a line a point and ends with 0 or 1', async () => {
  const { env } = await desk(database.url)
  const good = await command(env)
  expect(good.code).toBe(0)
  expect(good.out).toMatch(/^ok {4}token {5}The bot is @okoshko_sandbox_bot\.$/m)
  expect(good.out).toMatch(/^All is well\.$/m)
  const wrong = await command({ BOT_TOKEN: 'x', PORT: 'y' })
  expect(wrong.code).toBe(1)
  expect(wrong.out.match(/^BAD {3}settings/gm)).toHaveLength(3)
})

function renamed(parts: Partial<Pick<URL, 'pathname' | 'username'>>): string {
  return Object.assign(new URL(database.url), parts).href
}

async function storeSomebody(): Promise<void> {
  const db = connect(database.url)
  await db.transaction((tx) => createKeyring(db, DATA_KEY).create(tx, 1))
  await db.close()
}

function command(env: Record<string, string>): Promise<{ code: number; out: string }> {
  const cwd = mkdtempSync(join(tmpdir(), 'okoshko-doctor-test-'))
  onTestFinished(() => rmSync(cwd, { recursive: true }))
  const script = join(import.meta.dirname, '..', '..', 'dist', 'tools', 'doctor.js')
  return new Promise((resolve) => {
    execFile(process.execPath, [script], { env, cwd }, (error, out) => resolve({ code: Number(error?.code ?? 0), out }))
  })
}
