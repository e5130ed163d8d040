import { existsSync, statfsSync } from 'node:fs'
import { createServer } from 'node:net'
import { dirname, resolve } from 'node:path'
import type { Config } from '../config.ts'
import { isVerified } from '../texts/facts.ts'
import { TextsError } from '../texts/source.ts'
import { loadTexts, type Texts } from '../texts.ts'
import { bad, note, type Point, well } from './doctor-point.ts'

const LEAST_DISK = 500_000_000
const CLOCK_MS = { telegram: 30_000, database: 5_000 }

export const nodePoint = (version: string): Point => {
  const [major = 0, minor = 0] = version.split('.').map(Number)
  return major > 20 || (major === 20 && minor >= 19)
    ? well('node', `Node ${version}.`)
    : bad('node', `Node ${version} is too old: install 20.19 or newer.`)
}

/** Room for the local database and the sandbox; a folder that is not there yet will be made on the same disk. */
export const diskPoint = (dataDir: string, least = LEAST_DISK): Point => {
  let folder = resolve(dataDir)
  while (!existsSync(folder)) folder = dirname(folder)
  const { bavail, bsize } = statfsSync(folder)
  const free = `${Math.floor((bavail * bsize) / 1e6)} MB`
  return bavail * bsize >= least
    ? well('disk', `DATA_DIR (${dataDir}) has ${free} left.`)
    : bad('disk', `DATA_DIR (${dataDir}) has only ${free} left: free some space, or point it elsewhere.`)
}

/** The words of a folder, or what is wrong with them. */
export const readTexts = (dir: string | null): Texts | TextsError => {
  try {
    return loadTexts(dir ?? undefined)
  } catch (error) {
    if (error instanceof TextsError) return error
    throw error
  }
}

/** The facts that nobody has checked are named: citizens read a pointer instead of each. */
export const textPoints = (texts: Texts | TextsError, checks: ReadonlyMap<string, string> = new Map()): Point[] => {
  if (texts instanceof TextsError) {
    const [head, first] = texts.message.split('\n')
    return [bad('texts', `${head}: ${first} – npm run check names each with its remedy.`)]
  }
  const today = new Date().toISOString().slice(0, 10)
  const open = texts.facts().filter((fact) => !isVerified(fact, today, (hash) => checks.get(hash) ?? null))
  if (open.length === 0) return [well('texts', 'Every phrase is there and every fact is verified.')]
  const names = open.map(({ key }) => key).join(', ')
  return [
    well('texts', 'Every phrase is there.'),
    note('facts', `To verify (/facts, or locales/facts.yaml); until then citizens read where to look: ${names}.`),
  ]
}

/** Free, or taken by a desk that says whether it is ready, or by a stranger. */
export const portPoint = async ({ port }: Config): Promise<{ point: Point; running: boolean }> => {
  if (port === 0 || (await isFree(port))) return { point: well('port', `${port} is free.`), running: false }
  const address = `http://127.0.0.1:${port}`
  const ask = (path: string) => fetch(`${address}${path}`, { signal: AbortSignal.timeout(5_000) }).catch(() => null)
  const health = await ask('/health')
  if (health?.status !== 200 || (await health.text()) !== 'ok') {
    const says = `${port} is taken by another program: stop it, or set PORT to another number.`
    return { point: bad('port', says), running: false }
  }
  const ready = await ask('/ready')
  const lack = ready?.status === 200 ? null : await ready?.text()
  return lack === null
    ? { point: well('port', `A desk runs at ${address} and is ready.`), running: true }
    : { point: bad('port', `A desk runs at ${address} but is not ready (${lack}): its log says why.`), running: true }
}

/** Clocks that disagree make lateness, leases and limits wrong. Differences: how far this machine is behind. */
export const clockPoint = (behind: { telegramMs: number | null; databaseMs: number | null }): Point => {
  const { telegramMs, databaseMs } = behind
  const wrong = (ms: number | null, most: number) => ms !== null && Math.abs(ms) > most
  const remedy = 'switch on time synchronisation (NTP) on both'
  if (wrong(databaseMs, CLOCK_MS.database))
    return bad('clock', `This machine and the database are ${seconds(databaseMs)} apart: ${remedy}.`)
  if (wrong(telegramMs, CLOCK_MS.telegram))
    return bad('clock', `This machine's clock is ${seconds(telegramMs)} off Telegram's: switch on NTP.`)
  return well('clock', 'It agrees with the clocks around it.')
}

const seconds = (ms: number | null): string => `${Math.round(Math.abs(ms ?? 0) / 1_000)} s`

const isFree = (port: number): Promise<boolean> =>
  new Promise((resolved) => {
    const probe = createServer()
      .once('error', () => resolved(false))
      .once('listening', () => probe.close(() => resolved(true)))
    probe.listen(port)
  })
