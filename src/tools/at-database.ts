import { type Config, readConfig } from '../config.ts'
import type { Db } from '../db/client.ts'
import { createLog } from '../log.ts'
import { openStorage } from '../storage.ts'

/** For tools that work on the desk's own database; the local one only while no desk uses it. */
export const atDatabase = async <T>(
  work: (db: Db, config: Config) => Promise<T>,
  config: Config = readConfig(),
): Promise<T> => {
  const storage = await openStorage(config, createLog('warn'), { halt: new AbortController().signal })
  return await work(storage.db, config).finally(storage.close)
}
