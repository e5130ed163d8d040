import { Readable } from 'node:stream'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Fields, Log } from '../../src/log.ts'
import { listenAtPoints } from '../../src/mail/failpoints.ts'
import { linesAbout } from '../../src/tools/trace-log.ts'
import { follow } from '../../src/tools/trace-rows.ts'
import { tell } from '../../src/tools/trace-words.ts'
import { OLGA, PETR } from '../appeal.ts'
import { file, photo, sends } from '../citizen.ts'
import { disguises, dump } from '../dump.ts'
import { DATA_KEY, type House, openHouse, TOKEN } from '../house.ts'
import { inGeneral, inTopic, newCitizen, numberIn, type Phone } from '../people.ts'

/** Numbers nobody has, well formed all the same: cards and SNILS with their check digits. */
const luhn = (head: string): string => {
  const sum = [...head].reverse().reduce((total, sign, at) => {
    const doubled = Number(sign) * (at % 2 === 0 ? 2 : 1)
    return total + (doubled > 9 ? doubled - 9 : doubled)
  }, 0)
  return head + ((10 - (sum % 10)) % 10)
}
const snils = (nine: string): string => {
  const sum = [...nine].reduce((total, sign, at) => total + Number(sign) * (9 - at), 0) % 101
  return `${nine.slice(0, 3)}-${nine.slice(3, 6)}-${nine.slice(6)} ${String(sum % 100).padStart(2, '0')}`
}
const times = <T>(n: number, make: (at: number) => T): T[] => Array.from({ length: n }, (_, at) => make(at))

const SECRETS = [TOKEN, 'journey-secret', DATA_KEY.toString('base64'), DATA_KEY.toString('hex')]
const CARDS = times(6, (n) => luhn(`42760000${1357 + n * 11}246`).slice(0, 16))
const CODES = times(6, (n) => `${739_104 + n * 1_117}`)
const PHONES = times(8, (n) => `+7 913 77${n} 4${n} 5${(n * 7) % 10}`.replace(/(\d{3}) (\d{2}) (\d{2})$/, '$1-$2-$3'))
const NAMES = times(8, (n) => `Приметова-${'абвгдежз'[n]}${n}кс`)
const SNILS = times(6, (n) => snils(`11223${3400 + n * 37}`))
const MAILS = times(4, (n) => `primeta${n}xq@example.org`)
const WORDS = times(8, (n) => `слово-примета-${n}-${(n * 7919).toString(36)}ю`)
const CANARIES = [...SECRETS, ...CARDS, ...CODES, ...PHONES, ...NAMES, ...SNILS, ...MAILS, ...WORDS]

const lines: string[] = []
const answers: string[] = []
let house: House
let root = ''
beforeAll(async () => {
  const line = (event: string, fields: Fields = {}) => void lines.push(JSON.stringify({ event, ...fields }))
  const log: Log = { info: line, warn: line, error: line }
  house = await openHouse({ webhook: true, log })
  const set = house.sandbox.journal().entries.findLast(({ method }) => method === 'setWebhook')
  root = new URL('/', String(set?.params.url)).href
})
afterAll(async () => {
  listenAtPoints(null)
  await house?.stop()
})

let at = 0
/** One of each kind a time, in one sentence. */
const told = (): string => {
  at += 1
  const of = (list: string[]) => list[at % list.length]
  return `Я ${of(NAMES)}, ${of(WORDS)}, телефон ${of(PHONES)}, почта ${of(MAILS)}, СНИЛС ${of(SNILS)}, карта ${of(CARDS)}, код из смс ${of(CODES)}`
}
const visible = () => WORDS[at % WORDS.length] ?? ''

const opens = async (vera: Phone): Promise<string> => {
  vera.says('/operator')
  await vera.hears('Прежде чем писать')
  await vera.presses('Согласен')
  await vera.hears('Опишите')
  vera.says(told())
  return numberIn(await vera.hears('Ваш номер обращения'))
}

const formsOf = async (vera: Phone) => {
  for (const command of [
    '/feedback',
    '/callback',
    '/recovery',
    '/status',
    '/fraud',
    '/mydata',
    '/consent',
    '/audit',
    '/nothing',
  ]) {
    vera.says(command)
    await vera.hears(/./)
    vera.says(told())
  }
  vera.says('/menu')
  await vera.hears(/меню/i)
}

const theDesk = async (vera: Phone, number: string) => {
  const petr = await inTopic(house.sandbox, PETR, number)
  const olga = await inTopic(house.sandbox, OLGA, number)
  await petr.presses('Взять')
  await vera.hears('В работе')
  petr.says(`Отвечаю: ${visible()}`)
  await vera.hears(visible())
  petr.says(`/note ${told()}`)
  olga.says(told())
  inGeneral(house.sandbox, PETR).says(`/find ${number}`)
  inGeneral(house.sandbox, PETR).says(`/find ${PHONES[0]}`)
  inGeneral(house.sandbox, OLGA).says('/audit')
  sends(house.sandbox, vera, { ...photo, caption: told() } as never)
  sends(house.sandbox, vera, file(`${NAMES[1]} ${SNILS[1]}.pdf`))
  const written = vera.says(told())
  house.sandbox.edit?.({ from: vera.id, chat: vera.chat, message_id: written.message_id, text: told() } as never)
  petr.says(`/close ${visible()}`)
  await vera.hears('Завершено')
  await vera.presses('5')
}

/** Every handling fails once, with words of the citizen in the error; then the wire is refused in words of theirs. */
const faultsOf = async (vera: Phone) => {
  let crashes = 0
  listenAtPoints((point) => {
    if (point !== 'inbox:handle' || crashes >= 6) return
    crashes += 1
    throw Object.assign(new Error(told()), { code: 'EXAMPLE', detail: told() })
  })
  for (let n = 0; n < 3; n += 1) vera.says(told())
  while (crashes < 3) await new Promise((resolve) => setTimeout(resolve, 50))
  listenAtPoints(null)
  const post = async (path: string, body: string, headers: Record<string, string> = {}) => {
    const answer = await fetch(new URL(path, root), { method: 'POST', body, headers })
    answers.push(JSON.stringify([...answer.headers]), await answer.text())
  }
  const known = { 'x-telegram-bot-api-secret-token': 'journey-secret' }
  await post('telegram', told())
  await post('telegram', told(), known)
  await post('telegram', `{"update_id":1,"message":{"text":"${told()}"`, known)
  await post('telegram', `${'['.repeat(5000)}"${told()}"`, known)
  await post(`telegram/${encodeURIComponent(CARDS[0] ?? '')}`, told(), known)
  for (const path of ['health', 'ready', 'metrics', encodeURIComponent(NAMES[0] ?? '')]) {
    const answer = await fetch(new URL(path, root))
    answers.push(JSON.stringify([...answer.headers]), await answer.text())
  }
}

/** What `npm run trace` prints of an appeal, with the log given to it. */
const traceOf = async (number: string): Promise<string[]> => {
  const followed = await follow(house.db, number.replaceAll('-', ''))
  if (!followed) return []
  const told = tell(followed)
  for await (const line of linesAbout(followed, Readable.from([lines.join('\n')]))) told.push(line)
  return told
}

test('there are fifty of them', () => {
  expect(new Set(CANARIES).size).toBeGreaterThanOrEqual(50)
})

test('through every journey, crash and error none is in logs, metrics, error replies, process titles, nor in a dump', {
  timeout: 120_000,
}, async () => {
  const numbers: string[] = []
  for (const name of NAMES.slice(0, 3)) {
    const vera = newCitizen(house.sandbox, 'ru', name)
    vera.says('/start')
    await vera.hears('никогда')
    vera.says(told())
    await vera.hears(/./)
    const number = await opens(vera)
    numbers.push(number)
    await theDesk(vera, number)
    await formsOf(vera)
    await faultsOf(vera)
  }
  const open = () =>
    house.db.run(`select 1 from inbox where state in ('new', 'working') and due_at < now() + interval '1 s'`)
  while ((await open()).length > 0) await new Promise((resolve) => setTimeout(resolve, 100))
  const traced = (await Promise.all(numbers.map(traceOf))).flat()
  const places: { name: string; bytes: Buffer }[] = [
    ...(await dump(house.db)).map(({ table, bytes }) => ({ name: table, bytes })),
    { name: 'the log', bytes: Buffer.from(lines.join('\n')) },
    { name: 'the trace', bytes: Buffer.from(traced.join('\n')) },
    { name: 'answers over HTTP', bytes: Buffer.from(answers.join('\n')) },
    { name: 'the title of the process', bytes: Buffer.from([process.title, ...process.argv].join(' ')) },
  ]
  expect(lines.length).toBeGreaterThan(5)
  expect(traced.length).toBeGreaterThan(20)
  expect(lines.some((line) => line.includes('inbox.failed'))).toBe(true)
  for (const canary of CANARIES)
    for (const { name, bytes } of places)
      expect(
        disguises(canary).some((form) => form.length > 3 && bytes.includes(form)),
        `${canary} in ${name}`,
      ).toBe(false)
})

test('the search would have found it', async () => {
  await house.db.run(`insert into events (key, kind, data) values ('x', 'x', $1::jsonb)`, [
    JSON.stringify({ said: PHONES[2] }),
  ])
  const found = (await dump(house.db)).filter(({ bytes }) =>
    disguises(PHONES[2] ?? '').some((form) => bytes.includes(form)),
  )
  expect(found.map(({ table }) => table)).toEqual(['public.events'])
})
