import { expect, test, vi } from 'vitest'
import { takenAppeal } from '../appeal.ts'
import { heard, times } from '../citizen.ts'
import { TOKEN } from '../house.ts'
import { newCitizen, type Phone, until, untilSo } from '../people.ts'
import { readiness, runDesk } from '../start/desk-process.ts'
import { messenger } from '../start/messenger.ts'
import { FULL } from './full.ts'
import { type Storage, type Trouble, troubled } from './trouble.ts'

vi.setConfig({ testTimeout: FULL ? 900_000 : 180_000 })

const SECRET = 'proof-secret'
const BESIDE = /сбой: отвечаю только на вопросы/
const TROUBLES: Trouble[] = ['gone', 'read-only', 'full disk', 'too many connections']
/** The promise; a machine that builds may be busy with other things. */
const BACK_WITHIN_MS = FULL ? 5_000 : 30_000
const AWAY_MS = FULL ? 600_000 : 0

type Sandbox = Awaited<ReturnType<typeof messenger>>['sandbox']

/** Everything that is waiting now is unknown to the store: it was neither acknowledged nor stored. */
const expectNothingTaken = async (sandbox: Sandbox, { db }: Storage, written: number[]): Promise<void> => {
  const waiting = new Set(sandbox.pending().map(({ update_id }) => update_id))
  expect(written.filter((id) => !waiting.has(id))).toEqual([])
  const keys = JSON.stringify(written.map((id) => `tg:${id}`))
  expect(
    await db.run('select key from inbox where key in (select json_array_elements_text($1::json))', [keys]),
  ).toEqual([])
}

/** Each once in the store, handled, and acknowledged only then. */
const allDone = async (sandbox: Sandbox, { db }: Storage, written: number[]): Promise<void> => {
  await until('all to be acknowledged', () => sandbox.pending().length === 0)
  const keys = JSON.stringify(written.map((id) => `tg:${id}`))
  await untilSo('all to be handled', async () => {
    const rows = await db.run(
      `select key from inbox where state = 'done' and key in (select json_array_elements_text($1::json))`,
      [keys],
    )
    return rows.length === written.length
  })
}

const newOnes = (sandbox: Sandbox) => {
  const before = new Set(sandbox.pending().map(({ update_id }) => update_id))
  return () => sandbox.pending().flatMap(({ update_id }) => (before.has(update_id) ? [] : [update_id]))
}

const becomes = async (port: number, status: number): Promise<void> => {
  await expect.poll(() => readiness(port), { timeout: 60_000 }).toBe(status)
}

test('by webhook: whatever ails the storage, answers come from memory, nothing is taken that is not stored, and work goes on by itself', async () => {
  const storage = await troubled()
  const { sandbox, env, port } = await messenger(storage.url, { webhookSecond: 0.1 })
  const address = `http://127.0.0.1:${port}/telegram`
  const desk = runDesk({ ...env, WEBHOOK_URL: address, WEBHOOK_SECRET: SECRET })
  await desk.says(/desk\.open/)
  const vera = newCitizen(sandbox)
  vera.says('/questions')
  await vera.hears('Выберите')
  for (const trouble of TROUBLES) {
    const { citizen: anna, desk: petr } = await takenAppeal(sandbox)
    await until('all to be quiet', () => sandbox.pending().length === 0)
    await storage.begin(trouble)
    const written = newOnes(sandbox)
    const asked = vera.says('не приходит код подтверждения')
    expect((await vera.hears(BESIDE)).text, trouble).toMatch(/код/i)
    anna.says(`Пишу, пока ${trouble}`)
    await anna.hears(/Сейчас сбой/)
    petr.says(`Отвечаю, пока ${trouble}`)
    const refused = await store(address, 0)
    expect([refused.status, refused.headers.get('retry-after')], trouble).toEqual([503, '5'])
    for (const end = Date.now() + AWAY_MS; Date.now() < end; )
      await new Promise((resolve) => setTimeout(resolve, 1_000))
    const ids = written()
    expect(ids.length, trouble).toBe(3)
    await expectNothingTaken(sandbox, storage, ids)
    await storage.end(trouble)
    const mended = Date.now()
    await expect.poll(async () => (await store(address, mended)).status, { timeout: 30_000 }).toBe(200)
    const backMs = Date.now() - mended
    process.stdout.write(`storage away (${trouble}): back after ${backMs} ms\n`)
    expect(backMs, trouble).toBeLessThan(BACK_WITHIN_MS)
    await petr.hears(`Пишу, пока ${trouble}`)
    await anna.hears(`Отвечаю, пока ${trouble}`)
    await allDone(sandbox, storage, ids)
    expect(vera.fromBot().filter(({ message_id }) => message_id > asked.message_id)).toHaveLength(1)
    expect(times(petr, `Пишу, пока ${trouble}`)).toBe(1)
    expect(times(anna, `Отвечаю, пока ${trouble}`)).toBe(1)
    expect(heard(anna).join()).not.toContain('возможный повтор')
  }
  expect(desk.said()).not.toMatch(/process\.uncaught|quarantined/)
})

/** As Telegram would bring it: somebody's profile changed, which nobody here needs. */
const store = async (address: string, n: number): Promise<Response> =>
  await fetch(address, {
    method: 'POST',
    headers: { 'x-telegram-bot-api-secret-token': SECRET },
    body: JSON.stringify({ update_id: 1_900_000_000 + (n % 100_000_000) }),
  })

test('by polling: the offset is kept, presses are answered in place, and each text is answered once', async () => {
  const storage = await troubled()
  const { sandbox, env, port } = await messenger(storage.url)
  const desk = runDesk(env)
  await desk.says(/desk\.open/)
  const vera = newCitizen(sandbox)
  vera.says('/questions')
  const screen = await vera.hears('Выберите')
  await until('all to be quiet', () => sandbox.pending().length === 0)
  await storage.begin('gone')
  await becomes(port, 503)
  const written = newOnes(sandbox)
  await vera.presses(/Вход|вход/)
  await until('the section from memory', () => BESIDE.test(now(vera, screen.message_id)))
  const refused = vera.presses('Оператор')
  const asked = vera.says('не приходит код подтверждения')
  await vera.hears(BESIDE)
  expect(await refused).toMatchObject({
    answered: true,
    show_alert: true,
    text: expect.stringContaining('нажмите ещё раз'),
  })
  const ids = written()
  expect(ids).toHaveLength(3)
  await expectNothingTaken(sandbox, storage, ids)
  await storage.end('gone')
  await becomes(port, 200)
  await allDone(sandbox, storage, ids)
  const answers = vera
    .fromBot()
    .filter(({ message_id, text }) => message_id > asked.message_id && BESIDE.test(text ?? ''))
  expect(answers).toHaveLength(1)
  expect(now(vera, screen.message_id), 'the press came again and mended its screen').not.toMatch(BESIDE)
})

const now = (phone: Phone, message: number): string =>
  phone.fromBot().find(({ message_id }) => message_id === message)?.text ?? ''

test.each(['polling', 'webhook'])(
  'a start without the database, by %s: it listens, is not ready, answers, takes nothing',
  async (mode) => {
    const storage = await troubled({ open: false })
    const { sandbox, env, port } = await messenger(storage.url, { webhookSecond: 0.1 })
    const address = `http://127.0.0.1:${port}/telegram`
    const webhook: Record<string, string> = { WEBHOOK_URL: address, WEBHOOK_SECRET: SECRET }
    if (mode === 'webhook') {
      const body = JSON.stringify({ url: address, secret_token: SECRET })
      const headers = { 'content-type': 'application/json' }
      await fetch(`${env.BOT_API_ROOT}/bot${TOKEN}/setWebhook`, { method: 'POST', headers, body })
    }
    const desk = runDesk({ ...env, ...(mode === 'webhook' ? webhook : {}) })
    await desk.says(/database\.away/)
    expect(await readiness(port)).toBe(503)
    const written = newOnes(sandbox)
    const john = newCitizen(sandbox, 'en')
    john.says('the confirmation code does not come')
    await john.hears('I can only answer questions')
    const mary = newCitizen(sandbox, 'en')
    mary.says('/operator')
    await mary.hears('No need to write again')
    const ids = written()
    expect(ids).toHaveLength(2)
    await expectNothingTaken(sandbox, storage, ids)
    await storage.end('gone')
    await becomes(port, 200)
    await mary.hears(/consent|agree/i)
    await allDone(sandbox, storage, ids)
    expect(times(john, 'I can only answer questions')).toBe(1)
  },
)
