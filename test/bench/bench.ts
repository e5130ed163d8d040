import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import postgres from 'postgres'
import { startEmbedded } from '../../src/db/embedded.ts'
import { freePort } from '../free-port.ts'
import { asking, closedLoop, openLoop, pressing, type Turn, talking, wondering } from './load.ts'
import { type OtherSide, openOtherSide, webhookSecret } from './other-side.ts'
import { buttonIn, GROUP, hears, idOf, OPERATOR, openPair, presses, says, until } from './people.ts'
import { startProcess } from './process.ts'
import { type Figures, table } from './report.ts'

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url))
const CITIZENS = 50
const rounds = Number(process.argv.find((one) => one.startsWith('--rounds='))?.slice(9) ?? 3)
const seconds = Number(process.argv.find((one) => one.startsWith('--seconds='))?.slice(10) ?? 4)

type Subject = { name: 'yardstick' | 'desk'; script: string; prepare(side: OtherSide): Promise<Turns> }
type Turns = { relay: Turn[]; press: Turn[]; typed: Turn[] }

const people = (from: number) => Array.from({ length: CITIZENS }, (_, n) => from + n)

const YARDSTICK: Subject = {
  name: 'yardstick',
  script: here('yardstick.mjs'),
  prepare: async () => {
    const turns = people(200_001).map((citizen) => asking({ citizen, thread: 0 }))
    return { relay: turns, press: turns, typed: turns }
  },
}

const DESK: Subject = {
  name: 'desk',
  script: here('../../dist/main.js'),
  prepare: async (side) => {
    const pairs = []
    for (const citizen of people(100_001)) pairs.push(await openPair(side, citizen))
    const guests = people(300_001)
    const entries: string[] = []
    for (const guest of guests) entries.push(await anEntry(side, guest))
    return {
      relay: pairs.map(talking),
      press: guests.map((guest, n) => pressing(guest, entries[n] ?? '')),
      typed: guests.map(wondering),
    }
  },
}

/** The button of the first entry of the first section. */
const anEntry = async (side: OtherSide, guest: number): Promise<string> => {
  const sections = hears(side, `${guest}:`, (call) => buttonIn(call, /Вход/) !== null)
  await side.post(says(guest, '/questions'))
  const shown = await sections
  const entries = hears(side, `${guest}:`, (call) => buttonIn(call, /парол/i) !== null)
  await side.post(presses(guest, guest, { data: buttonIn(shown, /Вход/) ?? '', message_id: idOf(shown) }))
  return buttonIn(await entries, /парол/i) ?? ''
}

/** One bot on a database of its own, from its start to its end. */
const measure = async (subject: Subject, databaseUrl: string): Promise<Figures> => {
  const port = await freePort()
  const webhook = new URL(`http://127.0.0.1:${port}/telegram`)
  const side = await openOtherSide(webhook)
  const begun = performance.now()
  const bot = startProcess(subject.script, {
    BOT_TOKEN: '7000000001:bench-token-bench-token-bench-tok',
    BOT_API_ROOT: side.url,
    DATABASE_URL: databaseUrl,
    DATA_DIR: here('../../node_modules/.cache/okoshko-bench'),
    DATA_KEY: Buffer.alloc(32, 7).toString('base64'),
    WEBHOOK_URL: webhook.href,
    WEBHOOK_SECRET: webhookSecret,
    DESK_CHAT_ID: String(GROUP),
    ADMIN_IDS: '5001',
    OPERATOR_IDS: String(OPERATOR),
    PACE: 'off',
    PORT: String(port),
  })
  try {
    const startMs = await firstAnswer(side, begun)
    const turns = await subject.prepare(side)
    side.journal = null
    await closedLoop(side, turns.relay, 2)
    const relay = await closedLoop(side, turns.relay, seconds)
    const press = await closedLoop(side, turns.press, seconds)
    const typed = await closedLoop(side, turns.typed, seconds)
    const steady = await openLoop(side, turns.relay, { perSecond: 200, seconds })
    side.delayMs = 50
    const relayLate = await closedLoop(side, turns.relay, seconds)
    return { relay, press, typed, relayLate, p50: steady.p50, p99: steady.p99, startMs, memory: bot.peakMiB() }
  } finally {
    await bot.stop()
    await side.close()
  }
}

const firstAnswer = async (side: OtherSide, begun: number): Promise<number> => {
  const heard = hears(side, '999999:')
  const update = says(999_999, '/start')
  await until(() => side.calls > 0)
  while ((await side.post(update).catch(() => 0)) !== 200) await new Promise((resolve) => setTimeout(resolve, 5))
  return (await heard).at - begun
}

const freshDatabase = async (name: string): Promise<string> => {
  const sql = postgres(server.url, { max: 1 })
  await sql.unsafe(`create database ${name}`)
  await sql.end()
  return Object.assign(new URL(server.url), { pathname: `/${name}` }).href
}

const folder = mkdtempSync(join(tmpdir(), 'okoshko-bench-'))
const server = await startEmbedded({ dir: folder, fsync: true })
try {
  const figures: Record<Subject['name'], Figures[]> = { yardstick: [], desk: [] }
  for (let round = 0; round <= rounds; round += 1) {
    for (const subject of [YARDSTICK, DESK]) {
      const measured = await measure(subject, await freshDatabase(`${subject.name}_${round}`))
      // The first round fills caches: the learnt model, the disk, the migrated database.
      if (round > 0) figures[subject.name].push(measured)
    }
  }
  process.stdout.write(table(figures))
} finally {
  await server.stop()
  rmSync(folder, { recursive: true, force: true })
}
