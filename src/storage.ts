import { randomBytes } from 'node:crypto'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import type { Config } from './config.ts'
import { connect, type Db, migrate } from './db/client.ts'
import { startEmbedded } from './db/embedded.ts'
import { databaseRemedy, isStorageFault } from './db/faults.ts'
import { StartFailure } from './failure.ts'
import { type Log, outage } from './log.ts'

export type Storage = { db: Db; close(): Promise<void> }
/** `onAway`: it is not there, and will be waited for. */
export type Waiting = { halt: AbortSignal; onAway?: () => void }

const AGAIN_MS = 2_000

/**
 * The database: the one that was named, or a local one in the data folder. One that is away is waited for, so that a start
 * during an outage mends itself; everything else about it is said and ends the start.
 */
export const openStorage = async (config: Config, log: Log, waiting: Waiting): Promise<Storage> => {
  const embedded = config.databaseUrl
    ? null
    : await startEmbedded({
        dir: join(config.dataDir),
        log: (line) => log.info('database.embedded', { line: line.slice(0, 200) }),
      })
  const url = config.databaseUrl ?? embedded?.url ?? ''
  try {
    await migrated(url, log, waiting)
  } catch (error) {
    await embedded?.stop()
    throw error
  }
  const db = connect(url)
  return {
    db,
    close: async () => {
      await db.close()
      await embedded?.stop()
    },
  }
}

/** The key of a sandbox is made once; with a token it must be given, so that it can be kept apart from the data. */
export const dataKeyOf = (config: Config): Buffer => {
  if (config.dataKey) return config.dataKey
  const file = join(config.dataDir, 'data-key')
  try {
    return Buffer.from(readFileSync(file, 'utf8'), 'base64')
  } catch {
    const key = randomBytes(32)
    mkdirSync(config.dataDir, { recursive: true })
    writeFileSync(file, key.toString('base64'), { mode: 0o600 })
    return key
  }
}

const migrated = async (url: string, log: Log, { halt, onAway }: Waiting): Promise<void> => {
  for (let said = false; ; ) {
    halt.throwIfAborted()
    try {
      const { newer } = await migrate(url)
      if (newer > 0)
        log.warn('database.newer', { steps: newer, remedy: 'a newer release has been here; start that one' })
      return
    } catch (error) {
      const remedy = databaseRemedy(error)
      if (remedy) throw new StartFailure(remedy)
      if (!isStorageFault(error)) throw error
      if (!said) {
        log.error('database.away', {
          remedy: 'check DATABASE_URL and that PostgreSQL runs; I go on trying',
          ...outage(error),
        })
        said = true
        onAway?.()
      }
      await setTimeout(AGAIN_MS, null, { signal: halt })
    }
  }
}
