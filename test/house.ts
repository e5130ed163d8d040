import { connect, type Db } from '../src/db/client.ts'
import { createLog, type Log } from '../src/log.ts'
import { listenSandbox, type Sandbox, type SandboxOptions } from '../src/sandbox/server.ts'
import { type Running, start } from '../src/start.ts'
import { testDatabase } from './database.ts'
import { freePort } from './free-port.ts'

export const GROUP = -1002000000001
export const TOKEN = '7000000001:journey-token-journey-token'
export const DATA_KEY = Buffer.alloc(32, 7)

export type House = {
  sandbox: Sandbox
  url: string
  databaseUrl: string
  db: Db
  /** Starts one more replica of the desk on the same database. */
  replica(): Promise<Running>
  /** As many replicas as there are stop, and start again. */
  restart(): Promise<void>
  stop(): Promise<void>
}
export type HouseOptions = {
  replicas?: number
  webhook?: boolean
  pace?: number | 'off'
  sandbox?: Partial<SandboxOptions>
  log?: Log
  /** Another folder of words, which a test may change. */
  localesDir?: string
  /** The first desk group; null: none yet. */
  deskChatId?: number | null
  /** How the desk reaches its database, if not straight. */
  road?: (databaseUrl: string) => Promise<string>
  /** The first roster beside the admin. */
  operatorIds?: number[]
}

/** The desk as it runs in service – real database, real HTTP – against the sandbox's Bot API. */
export const openHouse = async (options: HouseOptions = {}): Promise<House> => {
  const { replicas = 1, pace = 'off' } = options
  const database = await testDatabase()
  const { sandbox, url, close } = await listenSandbox({ token: TOKEN, ...options.sandbox })
  const log = options.log ?? createLog(process.env.TEST_LOG ?? 'silent')
  const databaseUrl = (await options.road?.(database.url)) ?? database.url
  const running: Running[] = []
  const replica = async () => {
    const one = await start(
      await configOf({
        url,
        databaseUrl,
        pace,
        webhook: options.webhook ?? false,
        localesDir: options.localesDir ?? null,
        deskChatId: options.deskChatId === undefined ? GROUP : options.deskChatId,
        operatorIds: options.operatorIds ?? [5002, 5003],
      }),
      log,
    )
    running.push(one)
    return one
  }
  for (let n = 0; n < replicas; n += 1) await replica()
  const db = connect(database.url)
  return {
    sandbox,
    url,
    databaseUrl: database.url,
    db,
    replica,
    restart: async () => {
      const old = running.splice(0)
      await Promise.all(old.map((one) => one.stop()))
      for (const _ of old) await replica()
    },
    stop: async () => {
      await Promise.all(running.map((one) => one.stop()))
      await db.close()
      await close()
      await database.drop()
    },
  }
}

type Wanted = {
  url: string
  databaseUrl: string
  pace: number | 'off'
  webhook: boolean
  localesDir: string | null
  deskChatId: number | null
  operatorIds: number[]
}

/** In webhook mode the port is chosen beforehand, because Telegram is told the whole address. */
const configOf = async ({ url, databaseUrl, pace, webhook, localesDir, deskChatId, operatorIds }: Wanted) => {
  const port = webhook ? await freePort() : 0
  return {
    sandbox: false,
    botToken: TOKEN,
    botApiRoot: url,
    databaseUrl,
    dataDir: '.data',
    localesDir,
    deskChatId,
    adminIds: [5001],
    operatorIds,
    webhook: webhook
      ? { url: new URL(`http://127.0.0.1:${port}/telegram`), secrets: ['journey-secret'] as [string] }
      : null,
    pace,
    port,
    dataKey: DATA_KEY,
  }
}
