import { execFileSync } from 'node:child_process'
import { existsSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { connect, type Db } from '../../src/db/client.ts'
import { projectFolder } from '../../src/tools/source-files.ts'
import { OLGA, takenAppeal } from '../appeal.ts'
import { emptyDatabase, type TestDatabase } from '../database.ts'
import { freePort } from '../free-port.ts'
import { newCitizen, numberIn, type Phone } from '../people.ts'
import { type DeskProcess, runDesk } from '../start/desk-process.ts'
import { messenger } from '../start/messenger.ts'
import { FULL } from './full.ts'

vi.setConfig({ testTimeout: 300_000, hookTimeout: 120_000 })

const DRAFTS = FULL ? 100 : 20
const DIALOGUES = FULL ? 100 : 20
/** Answers that wait in each dialogue while one release gives way to the other. */
const WAITING = 10

const git = (...args: string[]) => execFileSync('git', args, { cwd: projectFolder, encoding: 'utf8' }).trim()

/** The last commit before the newest migration: the release whose schema was another. Null in a checkout without its history. */
const previous = (): string | null => {
  try {
    const migrated = git('log', '-1', '--format=%H', '--', 'drizzle/meta/_journal.json')
    return git('rev-parse', '--verify', '--quiet', `${migrated}^`)
  } catch {
    return null
  }
}

const commit = previous()
if (!commit) console.warn('SKIPPED: this checkout has no history, so no earlier release ran beside this one')

let folder = ''
let database: TestDatabase
let db: Db
beforeAll(async () => {
  database = await emptyDatabase()
  db = connect(database.url)
  if (!commit) return
  folder = mkdtempSync(join(tmpdir(), 'okoshko-release-'))
  execFileSync('tar', ['-x', '-C', folder], {
    input: execFileSync('git', ['archive', commit], { cwd: projectFolder, maxBuffer: 1 << 28 }),
  })
  symlinkSync(join(projectFolder, 'node_modules'), join(folder, 'node_modules'))
  execFileSync(process.execPath, [join('node_modules', 'typescript', 'bin', 'tsc'), '-b'], { cwd: folder })
  expect(existsSync(join(folder, 'dist', 'main.js'))).toBe(true)
})
afterAll(async () => {
  await db.close()
  await database.drop()
  if (folder) rmSync(folder, { recursive: true, force: true })
})

const opened = async (desk: DeskProcess) => void (await desk.says(/desk\.open/))
const stopped = async (desk: DeskProcess) => {
  desk.stop('SIGTERM')
  expect((await desk.ended).code).toBe(0)
}
const times = <T>(count: number, make: (n: number) => T) => Array.from({ length: count }, (_, n) => make(n))

test.skipIf(!commit)(
  'one release gives way to the next and back: drafts go on, what waits arrives once and in order',
  async () => {
    const { sandbox, env } = await messenger(database.url)
    const older = async () => runDesk({ ...env, PORT: String(await freePort()) }, join(folder, 'dist', 'main.js'))
    const newer = async () => runDesk({ ...env, PORT: String(await freePort()) })

    const old = await older()
    await opened(old)
    const drafts = await Promise.all(times(DRAFTS, () => asksForPerson(newCitizen(sandbox))))
    const dialogues = await Promise.all(times(DIALOGUES, (n) => takenAppeal(sandbox, { by: OLGA + (n % 3) })))
    const people = dialogues.map(({ citizen }) => citizen.id)
    const answers = (round: string) =>
      dialogues.map(({ desk }, n) => times(WAITING, (m) => desk.says(`${round}, ответ ${n}-${m}.`).text ?? ''))
    const arrived = async (said: string[][]) => {
      for (const [n, lines] of said.entries()) {
        const citizen = dialogues[n]?.citizen as Phone
        await citizen.hears(lines.at(-1) ?? '')
        expect(citizen.fromBot().flatMap(({ text }) => (lines.includes(text ?? '') ? [text] : []))).toEqual(lines)
      }
    }

    // Up: both run over the new schema while the answers wait.
    await silence(db, people)
    const up = answers('вверх')
    await waiting(db, DIALOGUES * WAITING)
    const young = await newer()
    await opened(young)
    const half = Math.ceil(drafts.length / 2)
    const numbers = await Promise.all(drafts.slice(0, half).map(describes))
    await speak(db)
    await stopped(old)
    await arrived(up)

    // Down again: the older one over the newer schema.
    await silence(db, people)
    const down = answers('вниз')
    await waiting(db, DIALOGUES * WAITING)
    const back = await older()
    await opened(back)
    await stopped(young)
    await speak(db)
    await arrived(down)
    numbers.push(...(await Promise.all(drafts.slice(half).map(describes))))
    expect(new Set(numbers).size).toBe(DRAFTS)
    await waiting(db, 0)
    await stopped(back)
  },
)

const asksForPerson = async (citizen: Phone): Promise<Phone> => {
  citizen.says('/operator')
  await citizen.presses(/^Согласен/)
  await citizen.hears('Опишите')
  return citizen
}
const describes = async (citizen: Phone): Promise<string> => {
  citizen.says('Не приходит код')
  return numberIn(await citizen.hears('Ваш номер обращения'))
}

/** Telegram asks for silence in these chats, and takes it back. */
const silence = (db: Db, chats: number[]) =>
  db.run(
    `insert into pace (chat, not_before) select value::bigint, now() + interval '1 hour' from json_array_elements_text($1::json)
     on conflict (chat) do update set not_before = excluded.not_before`,
    [JSON.stringify(chats)],
  )
const speak = (db: Db) => db.run('update pace set not_before = null')

const left = async (db: Db): Promise<number> => {
  const [row] = await db.run<{ n: number }>(
    `select count(*)::int as n from outbox where state in ('new', 'sending', 'ambiguous') and lane like 'citizen:%'`,
  )
  return row?.n ?? 0
}
const waiting = async (db: Db, count: number): Promise<void> => {
  while (count === 0 ? (await left(db)) > 0 : (await left(db)) < count)
    await new Promise((resolve) => setTimeout(resolve, 50))
}
