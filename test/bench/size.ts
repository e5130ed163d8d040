import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import postgres from 'postgres'
import { connect } from '../../src/db/client.ts'
import { startEmbedded } from '../../src/db/embedded.ts'
import { createKeyring } from '../../src/db/keyring.ts'
import { linesNow } from '../../src/desk/board-words.ts'
import type { Desk } from '../../src/desk/desk.ts'
import { keepTo } from '../../src/desk/retention.ts'
import { createLog } from '../../src/log.ts'
import { loadTexts } from '../../src/texts.ts'
import { freePort } from '../free-port.ts'
import { openOtherSide, webhookSecret } from './other-side.ts'
import { GROUP, OPERATOR, openPair, says } from './people.ts'
import { startProcess } from './process.ts'
import { median } from './report.ts'
import { differing, EXPLAIN, shapesOf } from './size-plans.ts'
import { fill, KEY, type Size } from './size-rows.ts'
import { doings, numbersOf, once } from './size-turns.ts'

/** `npm run bench -- size [--appeals=1000000] [--keep=<folder>]`: the same desk with eleven days and with three years behind it. */
const given = (name: string) => process.argv.find((one) => one.startsWith(`--${name}=`))?.slice(name.length + 3)
const LARGE = Number(given('appeals') ?? 1_000_000)
const ROUNDS = 3
const say = (line: string) => process.stdout.write(`${line}\n`)

const folder = given('keep') ?? mkdtempSync(join(tmpdir(), 'okoshko-size-'))
const isMade = existsSync(join(folder, 'filled'))
const server = await startEmbedded({
  dir: folder,
  fsync: false,
  settings: { ...EXPLAIN, max_wal_size: '8GB', shared_buffers: '1GB' },
})
const admin = postgres(server.url, { max: 1, onnotice: () => {} })
const urlOf = (name: string) => Object.assign(new URL(server.url), { pathname: `/${name}` }).href

type Subject = Awaited<ReturnType<typeof openSubject>>
const SIZES: Record<'small' | 'large', Size> = {
  small: { appeals: 10_000, messagesEach: 10 },
  large: { appeals: LARGE, messagesEach: 10 },
}

const make = async (name: keyof typeof SIZES): Promise<void> => {
  const begun = performance.now()
  await admin.unsafe(`create database ${name}`)
  const sql = postgres(urlOf(name), { max: 1, onnotice: () => {} })
  await fill(sql, urlOf(name), SIZES[name])
  const [size] = await sql`select pg_database_size(current_database()) / 1e9 as gb`
  await sql.end()
  const { appeals, messagesEach } = SIZES[name]
  say(
    `${name}: ${appeals} appeals, ${appeals * messagesEach} messages, ${Number(size?.gb).toFixed(1)} GB, made in ${((performance.now() - begun) / 1000).toFixed(0)} s`,
  )
}

/** A whole desk on that database, with twenty talks of its own. */
const openSubject = async (name: keyof typeof SIZES) => {
  const port = await freePort()
  const webhook = new URL(`http://127.0.0.1:${port}/telegram`)
  const side = await openOtherSide(webhook)
  const bot = startProcess(fileURLToPath(new URL('../../dist/main.js', import.meta.url)), {
    BOT_TOKEN: '7000000001:bench-token-bench-token-bench-tok',
    BOT_API_ROOT: side.url,
    DATABASE_URL: urlOf(name),
    DATA_DIR: folder,
    DATA_KEY: KEY.toString('base64'),
    WEBHOOK_URL: webhook.href,
    WEBHOOK_SECRET: webhookSecret,
    DESK_CHAT_ID: String(GROUP),
    ADMIN_IDS: '5001',
    OPERATOR_IDS: String(OPERATOR),
    PACE: 'off',
    PORT: String(port),
  })
  const update = says(999_999, '/start')
  while ((await side.post(update).catch(() => 0)) !== 200) await new Promise((resolve) => setTimeout(resolve, 20))
  const pairs = []
  const first = Date.now() % 1_000_000_000
  for (let n = 0; n < 20; n += 1) pairs.push(await openPair(side, 1_000_000_000 + first + n))
  const db = connect(urlOf(name))
  const texts = loadTexts()
  const desk: Desk = { db, keys: createKeyring(db, KEY), log: createLog('silent'), texts: () => texts }
  const [row] = await db.run<{ mark: string }>('select mark from contact_marks limit 1')
  const place = { side, pairs, numbers: numbersOf(side, pairs) }
  side.journal = null
  const close = async () => {
    await bot.stop()
    await db.close()
    await side.close()
  }
  return { name, side, desk, doings: doings(place, () => row?.mark.padStart(4, '0').slice(-4) ?? '0000'), close }
}

const p99 = (list: number[]): number => [...list].sort((a, b) => a - b)[Math.ceil(list.length * 0.99) - 1] ?? 0
type Times = Map<string, { small: number[]; large: number[] }>

/** Turn by turn, so that whatever else the machine does meets both. */
const round = async (subjects: Subject[], share = 1): Promise<Times> => {
  const times: Times = new Map()
  const note = (what: string, name: keyof typeof SIZES, ms: number) => {
    const row = times.get(what) ?? { small: [], large: [] }
    row[name].push(ms)
    times.set(what, row)
  }
  for (const [index, { name: what, times: most }] of (subjects[0]?.doings ?? []).entries())
    for (let n = 0; n < most * share; n += 1)
      for (const { name, side, doings } of n % 2 ? subjects : subjects.toReversed())
        note(what, name, await once(side, doings[index]?.next(n) as never))
  for (let n = 0; n < 200 * share; n += 1)
    for (const { name, desk } of n % 2 ? subjects : subjects.toReversed()) {
      const begun = performance.now()
      await linesNow(desk)
      note('the board', name, performance.now() - begun)
    }
  return times
}

const table = (rounds: Times[]): string[] =>
  [...(rounds[0]?.keys() ?? [])].map((what) => {
    const of = (name: keyof typeof SIZES, at: (list: number[]) => number) =>
      median(rounds.map((one) => at(one.get(what)?.[name] ?? [])))
    const [small, large] = [of('small', p99), of('large', p99)]
    const fifty = [of('small', median), of('large', median)].map((ms) => ms.toFixed(1)).join(' → ')
    return `| ${what} | ${fifty} | ${small.toFixed(1)} | ${large.toFixed(1)} | ${(large / small).toFixed(2)} | ${large <= small * 1.5 ? 'yes' : 'no'} |`
  })
const HEAD = [
  '| | p50, ms | p99 of 10 thousand, ms | p99 of the large one, ms | ratio | ≤ 1.5 |',
  '|---|---|---|---|---|---|',
]

const explain = async (on: boolean): Promise<void> => {
  for (const name of ['small', 'large'])
    await admin.unsafe(`alter database ${name} set auto_explain.log_min_duration = ${on ? 0 : -1}`)
}

const open = async () => [await openSubject('small'), await openSubject('large')]
const close = async (subjects: Subject[]) => void (await Promise.all(subjects.map((one) => one.close())))

try {
  if (!isMade) {
    await make('small')
    await make('large')
    await admin.unsafe(`create table if not exists filled (n int)`)
    ;(await import('node:fs')).writeFileSync(join(folder, 'filled'), '')
  }
  if (!process.argv.includes('--fill')) {
    await explain(true)
    const watched = await open()
    await round(watched, 0.05)
    await close(watched)
    await explain(false)
    const logFile = join(server.dir, '..', 'postgres.log')
    const others = differing(shapesOf(logFile, 'small'), shapesOf(logFile, 'large'))
    say(`statements done in another way: ${others.length} of ${shapesOf(logFile, 'large').size}`)
    for (const one of others) say(JSON.stringify(one))
    const subjects = await open()
    await round(subjects, 0.2)
    const rounds: Times[] = []
    for (let n = 0; n < ROUNDS; n += 1) rounds.push(await round(subjects))
    say([...HEAD, ...table(rounds)].join('\n'))
    const large = subjects[1] as Subject
    if (process.argv.includes('--retention')) {
      const begun = performance.now()
      let over = false
      const keeping = keepTo(large.desk).then(() => {
        over = true
      })
      const during: Times[] = []
      while (!over) during.push(await round(subjects, 0.1))
      await keeping
      say(`retention took ${((performance.now() - begun) / 1000).toFixed(0)} s; meanwhile:`)
      say([...HEAD, ...table(during)].join('\n'))
    }
    await close(subjects)
  }
} finally {
  await admin.end()
  await server.stop()
  if (!given('keep')) rmSync(folder, { recursive: true, force: true })
}
