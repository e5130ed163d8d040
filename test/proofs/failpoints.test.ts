import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { OLGA } from '../appeal.ts'
import { DATA_KEY, GROUP, type House, openHouse, TOKEN } from '../house.ts'
import { inTopic, newCitizen, numberIn, type Phone } from '../people.ts'
import { type DeskProcess, ownFolder, runDesk } from '../start/desk-process.ts'

let house: House
beforeAll(async () => {
  house = await openHouse({ replicas: 0 })
})
afterAll(async () => await house?.stop())

/** Every named point of the source. */
const points = readdirSync('src', { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.ts'))
  .flatMap((file) => [...readFileSync(join('src', file), 'utf8').matchAll(/\bat\('([a-z]+:[a-z_]+)'\)/g)])
  .map(([, name]) => name ?? '')

/** Killed elsewhere: forgetting has a journey of its own, and only what cannot be handled is told about. */
const ELSEWHERE = (point: string) => point.startsWith('forget:') || point === 'inbox:told'
const here = points.filter((point) => !ELSEWHERE(point))

test('the steps that must have points have them, each by a name of its own', () => {
  expect(new Set(points).size).toBe(points.length)
  const count = (what: string) => points.filter((point) => point.startsWith(`${what}:`)).length
  expect(
    Object.fromEntries(['inbox', 'outbox', 'topic', 'draft', 'retention', 'forget'].map((one) => [one, count(one)])),
  )
    // More are welcome, and are killed as well.
    .toEqual({ inbox: 11, outbox: 8, topic: 4, draft: 4, retention: 2, forget: 9 })
})

/** The clock is moved on: leases of the dead run out, what waits for its time is due. */
const timePasses = async () => {
  const gone = `now() - interval '1 s'`
  await house.db.run(`update inbox set lease_until = ${gone}, attempts = 1 where state = 'working'`)
  await house.db.run(`update outbox set lease_until = ${gone} where state = 'sending'`)
  await house.db.run(`update leases set until = ${gone}`)
  await house.db.run(
    `update inbox set due_at = now() where state = 'new' and due_at > now() and key not like 'timer:%'`,
  )
}

test('kill -9 of the desk at every point of a conversation: it ends as if nothing had been', {
  timeout: 600_000,
}, async () => {
  const folder = ownFolder()
  const dieAt = join(folder, 'die-at')
  writeFileSync(dieAt, 'nowhere')
  const begin = async (): Promise<DeskProcess> => {
    const desk = runDesk({
      NODE_OPTIONS: `--import ${join(process.cwd(), 'test/proofs/die-at.mjs')}`,
      DIE_AT_FILE: dieAt,
      BOT_TOKEN: TOKEN,
      BOT_API_ROOT: house.url,
      DATABASE_URL: house.databaseUrl,
      DESK_CHAT_ID: String(GROUP),
      ADMIN_IDS: String(OLGA),
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
  const [tidy] = await house.db.run<{ body: Buffer }>(`select body from inbox where key like 'timer:tidy:%'`)
  for (const [n, point] of here.entries()) {
    const ended = desk.ended
    const again = ended.then(async ({ signal }) => {
      expect(signal, point).toBe('SIGKILL')
      writeFileSync(dieAt, 'nowhere')
      await timePasses()
      return await begin()
    })
    writeFileSync(dieAt, point)
    const talk = converse(n)
    // Its hour has come.
    if (point.startsWith('retention:')) await house.db.run(RING_TIDY, [point, tidy?.body ?? null])
    desk = await again
    await talk
  }
})

/** As the round of the next hour, which is wound already, but now; a done one has lost its body. */
const RING_TIDY = `
  insert into inbox (key, lane, state, due_at, body)
  select key || ':' || $1, lane, 'later', now(), $2 from inbox where key like 'timer:tidy:%' order by id limit 1`

/** A citizen gets a number, an operator takes it, both say something, it ends, and is rated. */
const converse = async (n: number): Promise<void> => {
  const { sandbox } = house
  const vera = newCitizen(sandbox)
  vera.says('/operator')
  await vera.hears('Прежде чем')
  await presses(vera, /^Согласен/, 'Опишите')
  vera.says(`дело ${n}.`)
  const number = numberIn(await vera.hears('Ваш номер обращения'))
  const petr = await inTopic(sandbox, OLGA + (n % 3), number)
  await petr.hears(`дело ${n}.`)
  await presses(petr, 'Взять', /отвечает/)
  await vera.hears('В работе')
  vera.says(`вопрос ${n}.`)
  petr.says(`ответ ${n}.`)
  await Promise.all([vera.hears(`ответ ${n}.`), petr.hears(`вопрос ${n}.`)])
  petr.says(`/close итог ${n}.`)
  await vera.hears(`итог ${n}.`)
  for (const [phone, words] of [
    [vera, `ответ ${n}.`],
    [petr, `вопрос ${n}.`],
    [petr, `дело ${n}.`],
  ] as const)
    expectOnce(lines(phone, words), words)
  // An edit takes the mark away again, so what counts is what was sent.
  const given = sandbox.journal().entries.flatMap(({ method, params }) => {
    const { chat_id, text = '' } = params as { chat_id?: number; text?: string }
    return method === 'sendMessage' && chat_id === vera.id && text.includes(`Ваш номер обращения: ${number}`)
      ? [text]
      : []
  })
  expectOnce(given, number)
}

/** A person presses again when nothing happens; the desk may have been away. */
const presses = async (phone: Phone, button: string | RegExp, until: string | RegExp): Promise<void> => {
  let seen = false
  const heard = phone.hears(until).then(() => (seen = true))
  while (!seen) {
    if (phone.inlineButton(button)) await Promise.race([phone.presses(button), heard])
    await Promise.race([new Promise((resolve) => setTimeout(resolve, 500)), heard])
  }
}

const isRepeat = (text: string | undefined) => /возможный повтор/i.test(text ?? '')
/** At most once without the mark of a repeat: what was in hand at the end of a desk carries it, gone out or not. */
const expectOnce = (said: string[], words: string): void => {
  expect(said.length, words).toBeGreaterThan(0)
  expect(said.filter((text) => !isRepeat(text)).length, words).toBeLessThanOrEqual(1)
}
const lines = (phone: Phone, words: string): string[] =>
  phone.fromBot().flatMap(({ text = '' }) => (text.split('\n').includes(words) ? [text] : []))
