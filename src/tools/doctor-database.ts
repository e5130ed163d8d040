import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Config } from '../config.ts'
import { startEmbedded } from '../db/embedded.ts'
import { EmbeddedError } from '../db/embedded-error.ts'
import { type DatabaseFacts, inspectDatabase } from '../db/inspect.ts'
import { bad, note, type Point, well } from './doctor-point.ts'

type Opened = { points: Point[]; facts: DatabaseFacts | null }

/** The database that was named, or the local one, started for a moment unless a desk is using it. */
export const databaseOf = async (config: Config, running: boolean): Promise<Opened> => {
  if (config.databaseUrl) return { points: [], facts: await inspectDatabase(config.databaseUrl, keyOf(config)) }
  if (running) {
    return { points: [note('database', 'The local PostgreSQL is in use: stop the desk to look inside.')], facts: null }
  }
  // Where nothing is kept yet, nothing is left behind either.
  const passing = existsSync(config.dataDir) ? null : mkdtempSync(join(tmpdir(), 'okoshko-doctor-'))
  if (passing) chmodSync(passing, 0o755)
  try {
    const server = await startEmbedded({ dir: passing ?? config.dataDir })
    const facts = await inspectDatabase(server.url, keyOf(config)).finally(server.stop)
    return { points: [], facts }
  } catch (error) {
    if (error instanceof EmbeddedError) return { points: [bad('database', error.message)], facts: null }
    throw error
  } finally {
    if (passing) rmSync(passing, { recursive: true, force: true })
  }
}

/** What is said about a database; `local` is the one npm brought along. */
export const databasePoints = (facts: DatabaseFacts, { local }: { local: boolean }): Point[] => {
  if (facts.reached === 'refused') return [bad('database', facts.remedy)]
  if (facts.reached === 'away') {
    return [bad('database', 'PostgreSQL does not answer: check DATABASE_URL and that the server runs.')]
  }
  const version = Math.floor(facts.version / 10_000)
  return [
    version >= 15
      ? well('database', `PostgreSQL ${version}${local ? ', the one npm brought along' : ''}.`)
      : bad('database', `PostgreSQL ${version} is too old: take 15 or newer.`),
    ...(facts.encoding === 'UTF8'
      ? []
      : [bad('database', `Its encoding is ${facts.encoding}: create the database with ENCODING 'UTF8'.`)]),
    migratedPoint(facts.migrations),
    keyPoint(facts.key),
    ...(facts.aside > 0
      ? [note('inbox', `${facts.aside} updates were set aside: mend the cause in the log, then send /retry.`)]
      : []),
  ]
}

const migratedPoint = ({ done, known }: { done: number; known: number }): Point => {
  if (done === known) return well('tables', 'They are those of this release.')
  return done < known
    ? note('tables', `${known - done} of ${known} migrations are not done yet: npm start does them.`)
    : bad('tables', 'They are of a newer release than this one: start the newer one again.')
}

const keyPoint = (key: 'opens' | 'wrong' | 'nothing-stored'): Point => {
  if (key === 'opens') return well('key', 'DATA_KEY opens what is stored.')
  if (key === 'nothing-stored') return well('key', 'Nothing is stored yet that DATA_KEY would have to open.')
  return bad('key', 'DATA_KEY does not open what is stored: set the key this database was begun with.')
}

const keyOf = ({ dataKey, dataDir }: Config): Buffer | null => {
  const file = join(dataDir, 'data-key')
  return dataKey ?? (existsSync(file) ? Buffer.from(readFileSync(file, 'utf8'), 'base64') : null)
}
