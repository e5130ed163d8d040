import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import { connect, type Db, migrate } from '../../src/db/client.ts'
import { type Embedded, startEmbedded } from '../../src/db/embedded.ts'
import { listenSandbox, type Sandbox } from '../../src/sandbox/server.ts'
import { freePort } from '../free-port.ts'
import { DATA_KEY, GROUP, TOKEN } from '../house.ts'
import type { Chance } from './day-chance.ts'
import { type Gate, openGate } from './storm-gate.ts'
import { type Herd, openHerd } from './storm-herd.ts'

export type Ground = { sandbox: Sandbox; gate: Gate; herd: Herd; db: Db; crashDatabase(): Promise<void> }

const REPLICAS = 3

/** Telegram, a PostgreSQL of its own that may be crashed, and three replicas behind one gate; all gone after the test. */
export const openGround = async (chance: Chance): Promise<Ground> => {
  const database = await crashable()
  const { sandbox, url, close } = await listenSandbox({ token: TOKEN, webhookSecond: 0.1 })
  onTestFinished(close)
  const ports: number[] = []
  while (ports.length < REPLICAS) ports.push(await freePort())
  const gate = await openGate(ports, chance)
  onTestFinished(gate.close)
  const folder = mkdtempSync(join(tmpdir(), 'okoshko-storm-'))
  const herd = openHerd(ports, {
    BOT_TOKEN: TOKEN,
    BOT_API_ROOT: url,
    DATABASE_URL: database.url,
    DATA_DIR: folder,
    DATA_KEY: DATA_KEY.toString('base64'),
    DESK_CHAT_ID: String(GROUP),
    ADMIN_IDS: '5001',
    OPERATOR_IDS: '5002,5003',
    WEBHOOK_URL: gate.url,
    WEBHOOK_SECRET: 'storm-secret',
    PACE: 'off',
  })
  gate.onTaken(herd.served)
  onTestFinished(() => {
    herd.end()
    rmSync(folder, { recursive: true, force: true })
  })
  const db = connect(database.url)
  onTestFinished(async () => await db.close())
  return { sandbox, gate, herd, db, crashDatabase: database.crash }
}

/** What was committed survives the server's crash, as in service; only one of the machine would lose it. */
const crashable = async (): Promise<{ url: string; crash(): Promise<void> }> => {
  const root = mkdtempSync(join(tmpdir(), 'okoshko-storm-db-'))
  chmodSync(root, 0o755)
  const begin = (port?: number) =>
    startEmbedded({
      dir: join(root, 'data'),
      fsync: false,
      settings: { synchronous_commit: 'on', max_connections: '200', ...(port ? { port: String(port) } : {}) },
    })
  let server: Embedded = await begin()
  onTestFinished(async () => {
    await server.stop()
    rmSync(root, { recursive: true, force: true })
  })
  await migrate(server.url)
  return {
    url: server.url,
    // An immediate shutdown: no process finishes anything, the next start recovers from the log.
    crash: async () => {
      process.kill(server.pid, 'SIGQUIT')
      await server.stop()
      server = await begin(server.port)
    },
  }
}
