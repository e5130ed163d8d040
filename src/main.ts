import { readConfig } from './config.ts'
import { isDriverSlip } from './db/faults.ts'
import { createLog, fault } from './log.ts'
import { start } from './start.ts'

const MENDABLE = new Set(['ConfigError', 'StartFailure', 'EmbeddedError', 'TextsError'])

const fail = (error: unknown): never => {
  if (error instanceof Error && MENDABLE.has(error.name)) process.stderr.write(`${error.message}\n`)
  else createLog().error('start.failed', fault(error))
  process.exit(1)
}

const log = createLog(process.argv.includes('--quiet') ? 'warn' : 'info')

// One driver's slip means a lost connection, which its transaction learns by itself. After anything else nobody knows what
// still holds, so the process ends; everything that matters is stored.
process.on('uncaughtException', (error) => {
  if (isDriverSlip(error)) return log.warn('database.driver_slip')
  log.error('process.uncaught', fault(error))
  process.exit(1)
})

const halt = new AbortController()
const opening = Promise.resolve().then(() => start(readConfig(), log, halt.signal))

const stop = async (signal: string) => {
  if (halt.signal.aborted) return
  log.info('process.stopping', { signal })
  halt.abort()
  setTimeout(() => process.exit(1), 10_000).unref()
  // A start that is given up half way ends by an error and has closed behind itself.
  const running = await opening.catch(() => null)
  await running?.stop()
  process.exit(0)
}
process.on('SIGTERM', () => void stop('SIGTERM'))
process.on('SIGINT', () => void stop('SIGINT'))

await opening.catch((error) => {
  if (!halt.signal.aborted) fail(error)
})
