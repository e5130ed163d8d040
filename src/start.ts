import { randomUUID } from 'node:crypto'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Config } from './config.ts'
import type { Db } from './db/client.ts'
import { isStorageFault } from './db/faults.ts'
import { isBehind } from './db/inspect.ts'
import { createKeyring, opensStored } from './db/keyring.ts'
import { bell } from './desk/board.ts'
import { CHANNEL } from './desk/board-touch.ts'
import type { Desk } from './desk/desk.ts'
import { isRestored } from './desk/identity.ts'
import * as timers from './desk/timers.ts'
import { StartFailure } from './failure.ts'
import { type HttpOptions, type HttpServer, listen } from './http.ts'
import { type Log, outage } from './log.ts'
import { workOutbox } from './mail/deliver.ts'
import { freeAll } from './mail/leases.ts'
import { workInbox } from './mail/work.ts'
import { createMeters, type Meters } from './meters.ts'
import { createMetrics } from './metrics.ts'
import { createSandbox, type Sandbox } from './sandbox/server.ts'
import { dataKeyOf, openStorage } from './storage.ts'
import { useButtonKeys } from './telegram/button-seal.ts'
import { type Meanwhile, withoutStorage } from './telegram/meanwhile.ts'
import { openTelegram, type Telegram } from './telegram/open.ts'
import { openWords } from './words.ts'

export type Running = { port: number; stop(): Promise<void> }

const AGAIN_MS = 1_000
const SANDBOX_TOKEN = '7000000001:sandbox-token-of-this-machine'
const SANDBOX_PEOPLE = { deskChatId: -1002000000001, adminIds: [5001], operatorIds: [5002, 5003] }

/**
 * Starts the desk in the order in which its parts need each other; `stop` goes the same way back, and so does a start that
 * fails or is given up by `halt`.
 */
export const start = async (
  given: Config,
  log: Log,
  halt: AbortSignal = new AbortController().signal,
): Promise<Running> => {
  const meters = createMeters(log)
  for (;;) {
    const closing: (() => unknown)[] = []
    const stop = async () => {
      for (const close of closing.splice(0).reverse()) await close()
    }
    try {
      return { port: await open({ given, meters, halt, closing }), stop }
    } catch (error) {
      await stop()
      // The storage was there and went away again: the next start waits for it.
      if (halt.aborted || !isStorageFault(error)) throw error
      log.warn('start.again', outage(error))
      await sleep(AGAIN_MS, null, { signal: halt })
    }
  }
}

type Start = { given: Config; meters: Meters; halt: AbortSignal; closing: (() => unknown)[] }

const open = async ({ given, meters, halt, closing }: Start): Promise<number> => {
  const { log } = meters
  const sandbox = given.sandbox ? await openSandbox(given) : null
  const words = openWords(given, log)
  closing.push(words.close)
  const state: State = { telegram: null, metrics: null, stopped: false, meanwhile: null }
  const http = await listenOn(given, serving(state, { given, log, sandbox }))
  closing.push(http.close, () => sandbox?.close())
  const config = sandbox ? inSandbox(given, http.port) : given
  const meanwhile = withoutStorage(config, { log, texts: words.texts, finder: words.finder })
  state.meanwhile = meanwhile
  closing.push(meanwhile.memory.stop, meanwhile.end)
  const storage = await openStorage(config, log, { halt, onAway: meanwhile.begin })
  closing.push(storage.close)
  const desk = await deskOn(storage.db, { config, log, texts: words.texts })
  const restored = await isRestored(desk)
  if (restored)
    log.error('desk.restored', {
      remedy: 'this is a restored copy, nothing goes out: an admin says /resume, see docs/admins.md',
    })
  const owner = `${process.pid}-${randomUUID().slice(0, 8)}`
  closing.push(await words.join(desk, owner))
  const { memory } = meanwhile
  await meanwhile.end()
  const telegram = await openTelegram({ config, desk, owner, finder: words.finder, memory, halt, restored })
  const { handle, setAside, deliver, late } = telegram
  const inbox = workInbox({ db: desk.db, log, owner, handle, setAside })
  const outbox = workOutbox({ db: desk.db, log, owner, pace: config.pace, deliver, late })
  desk.express = outbox.express
  closing.push(() => Promise.all([inbox.stop(), outbox.stop()]), telegram.stop)
  await desk.db.listen('inbox', inbox.wake)
  await desk.db.listen('outbox', outbox.wake)
  await desk.db.listen(CHANNEL, bell(desk))
  await timers.wind(desk)
  telegram.begin(inbox.store)
  Object.assign(state, { telegram, metrics: createMetrics(desk.db, meters), lack: () => lackOf(desk.db, telegram) })
  closing.push(() => Object.assign(state, { stopped: true }))
  log.info('desk.open', { port: http.port, mode: config.webhook ? 'webhook' : 'polling', sandbox: config.sandbox })
  if (sandbox) process.stdout.write(`\n  Okoshko is open: http://127.0.0.1:${http.port}\n\n`)
  return http.port
}

type State = {
  telegram: Telegram | null
  metrics: (() => Promise<string>) | null
  lack?: () => Promise<string | null>
  stopped: boolean
  /** While the first sight of the database is waited for. */
  meanwhile: Meanwhile | null
}

/** What keeps this replica from its work: asked of the database and of the messenger, not of memory. */
const lackOf = async (db: Db, telegram: Telegram): Promise<string | null> =>
  (await isBehind(db)) ? 'migrations' : await telegram.alive()

const openSandbox = async (config: Config): Promise<Sandbox> =>
  await createSandbox({ token: SANDBOX_TOKEN, dir: join(config.dataDir, 'sandbox'), limits: config.pace })

const inSandbox = (given: Config, port: number): Config => ({
  ...given,
  ...SANDBOX_PEOPLE,
  botToken: SANDBOX_TOKEN,
  botApiRoot: `http://127.0.0.1:${port}`,
})

const deskOn = async (
  db: Db,
  { config, log, texts }: { config: Config } & Pick<Desk, 'log' | 'texts'>,
): Promise<Desk> => {
  const dataKey = await provenKey(db, config)
  // The folder of a local database belongs to one desk at a time.
  if (config.databaseUrl === null) await freeAll(db)
  useButtonKeys([dataKey, ...(config.olderKeys ?? [])])
  return { db, keys: createKeyring(db, dataKey, config.olderKeys), log, texts }
}

/** A desk with another key would store what the old key's replicas cannot read, and set aside whatever it cannot. */
const provenKey = async (db: Db, config: Config): Promise<Buffer> => {
  const key = dataKeyOf(config)
  if ((await opensStored(db, key, config.olderKeys)) !== 'wrong') return key
  throw new StartFailure('DATA_KEY does not open what is stored: set the key this database was begun with.')
}

const serving = (
  state: State,
  { given, log, sandbox }: { given: Config; log: Log; sandbox: Sandbox | null },
): HttpOptions => ({
  port: given.port,
  host: given.sandbox ? '127.0.0.1' : undefined,
  log,
  sandbox: sandbox?.app,
  ready: async () => {
    if (!state.telegram || state.stopped) return 'starting or stopping'
    return (await state.lack?.()) ?? null
  },
  webhook: given.webhook && {
    path: given.webhook.url.pathname,
    secrets: given.webhook.secrets,
    receive: async (update) => {
      if (!state.telegram) {
        state.meanwhile?.receive(update)
        throw new StartFailure('not open yet')
      }
      return await state.telegram.receive(update)
    },
  },
  metrics: async () => (await state.metrics?.()) ?? '',
})

const PORT_REMEDIES: Record<string, string> = {
  EADDRINUSE: 'is taken by another program: stop it, or set PORT to another number',
  EACCES: 'may not be opened by this user: set PORT to a number above 1023',
}

const listenOn = async (config: Config, options: HttpOptions): Promise<HttpServer> => {
  try {
    return await listen(options)
  } catch (error) {
    const remedy = PORT_REMEDIES[(error as { code?: string }).code ?? '']
    throw remedy ? new StartFailure(`Port ${config.port} ${remedy}.`) : error
  }
}
