import { connect } from 'node:net'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openAppeal } from '../appeal.ts'
import { type House, openHouse } from '../house.ts'
import { inTopic, newCitizen, numberIn } from '../people.ts'

const SECRET = { 'x-telegram-bot-api-secret-token': 'journey-secret' }

let house: House
let url: URL
beforeAll(async () => {
  house = await openHouse({ webhook: true })
  const set = house.sandbox.journal().entries.findLast(({ method }) => method === 'setWebhook')
  url = new URL(String(set?.params.url))
})
afterAll(() => house.stop())

const post = async (body: string | ReadableStream, headers: Record<string, string> = SECRET) =>
  await fetch(url, { method: 'POST', body, headers, duplex: 'half' } as RequestInit)

const stored = async (updateId: number): Promise<number> => {
  const [row] = await house.db.run<{ n: number }>('select count(*)::int as n from inbox where key = $1', [
    `tg:${updateId}`,
  ])
  return row?.n ?? 0
}

/** What the server says to headers alone, while the body is still to come. */
const beforeTheBody = (headers: string[], length = 500_000): Promise<string> =>
  new Promise((resolve, reject) => {
    const socket = connect(Number(url.port), '127.0.0.1')
    socket.setTimeout(4_000, () => reject(new Error('no answer before the body')))
    socket.on('error', reject)
    socket.on('data', (bytes) => {
      resolve(bytes.toString().split('\r\n')[0] ?? '')
      socket.destroy()
    })
    socket.write(
      [`POST ${url.pathname} HTTP/1.1`, 'Host: desk', `Content-Length: ${length}`, ...headers, '', ''].join('\r\n'),
    )
  })

describe.concurrent('by webhook', () => {
  test('a citizen asks, a person answers', async () => {
    const { citizen, number } = await openAppeal(house.sandbox, 'Не приходит код')
    const desk = await inTopic(house.sandbox, 5002, number)
    await desk.presses('Взять')
    await citizen.hears('«В работе»')
    desk.says('Проверьте список заблокированных')
    await citizen.hears('Проверьте список заблокированных')
    desk.says('/close Готово')
    await citizen.hears('Как прошёл разговор')
    await citizen.presses('5')
    await citizen.hears('Спасибо за оценку: 5')
  })

  test('an English citizen walks the menu, an answer and a form', async () => {
    const john = newCitizen(house.sandbox, 'en')
    john.says('/start')
    await john.hears('This is Okoshko')
    await john.presses('Questions')
    await john.presses('Sign-in')
    await john.presses(/code/)
    await john.presses('It helped')
    await john.hears('Good to hear')
    await john.presses('Feedback')
    await john.presses(/^I agree/)
    await john.hears('Write what you would like')
    john.says('Thank you')
    for (const question of ['How else', 'Is this about', 'Send photos']) {
      await john.hears(question)
      await john.presses('Skip')
    }
    await john.hears('Please check')
    await john.presses('Send')
    expect(numberIn(await john.hears('Your appeal number'))).toMatch(/\d/)
    expect(house.sandbox.journal().entries.some(({ method }) => method === 'deleteWebhook')).toBe(false)
  })
})

describe('a stranger at the webhook', () => {
  test('without the secret is sent away before the body is read', async () => {
    expect(await beforeTheBody(['X-Telegram-Bot-Api-Secret-Token: guess'])).toContain('401')
    expect(await beforeTheBody([])).toContain('401')
    expect((await post('{"update_id":1}', {})).status).toBe(401)
  })

  test('with too much, with no JSON or with no update leaves no trace', async () => {
    const known = ['X-Telegram-Bot-Api-Secret-Token: journey-secret']
    expect(await beforeTheBody(known, 1_048_577)).toContain('413')
    const endless = new ReadableStream({
      pull: (flow) => flow.enqueue(new TextEncoder().encode('x'.repeat(65_536))),
    })
    expect((await post(endless).catch(() => ({ status: 413 }))).status).toBe(413)
    const deep = `{"update_id":900000009,"x":${'['.repeat(100)}1${']'.repeat(100)}}`
    for (const body of [
      deep,
      '',
      'not json',
      '{"update_id":',
      'null',
      '[]',
      '{}',
      '{"update_id":"1"}',
      '{"update_id":1.5}',
    ])
      expect((await post(body)).status, body).toBe(400)
    expect((await fetch(url, { headers: SECRET })).status).toBe(404)
    const [odd] = await house.db.run<{ n: number }>(
      `select count(*)::int as n from inbox where key !~ '^(tg:[0-9]+|timer:.*)$'`,
    )
    expect([await stored(1), odd?.n]).toEqual([0, 0])
  })

  test('reads nothing about people, and no page may show or keep what it reads', async () => {
    for (const path of ['/health', '/ready', '/metrics', '/nowhere']) {
      const answer = await fetch(new URL(path, url))
      expect(answer.headers.get('x-content-type-options'), path).toBe('nosniff')
      expect(answer.headers.get('cache-control'), path).toBe('no-store')
      expect(answer.headers.get('content-security-policy'), path).toContain("default-src 'none'")
      expect(await answer.text(), path).not.toMatch(/Анна|Вера|1001/)
    }
  })

  test('who repeats an update is answered, and it is stored once', async () => {
    const update = { update_id: 900_000_001, message: messageOf(1001, '/menu') }
    const answers = await Promise.all([1, 2, 3].map(() => post(JSON.stringify(update))))
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200])
    expect(await stored(update.update_id)).toBe(1)
  })
})

const messageOf = (id: number, text: string) => ({
  message_id: 1,
  date: 1,
  chat: { id, type: 'private', first_name: 'Анна' },
  from: { id, is_bot: false, first_name: 'Анна', language_code: 'ru' },
  text,
})
