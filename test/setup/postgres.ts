import { existsSync, readdirSync, readFileSync, rmSync, statfsSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import postgres from 'postgres'
import type { TestProject } from 'vitest/node'
import { migrate } from '../../src/db/client.ts'
import { type Embedded, startEmbedded } from '../../src/db/embedded.ts'
import { commandOf, isAlive } from '../../src/db/processes.ts'
import { template } from '../database.ts'

declare module 'vitest' {
  interface ProvidedContext {
    databaseServer: string
  }
}

const prefix = 'okoshko-test-'

/** One server for the whole run, its data in memory, with a migrated template that each test file copies. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const given = process.env.TEST_DATABASE_URL
  const server = given ? undefined : await startInMemory()
  const url = given ?? server?.url ?? ''
  await makeTemplate(url)
  project.provide('databaseServer', url)
  return async () => server?.remove()
}

async function startInMemory() {
  const base = memoryFolder()
  removeLeftovers(base)
  const dir = join(base, `${prefix}${process.pid}`)
  const settings = { max_connections: '200', wal_level: 'minimal', max_wal_senders: '0', autovacuum: 'off' }
  const server = await startEmbedded({ dir, fsync: false, settings })
  const atOnce = () => removeAtOnce(server, dir)
  process.once('exit', atOnce)
  return {
    url: server.url,
    remove: async () => {
      process.off('exit', atOnce)
      await server.stop()
      rmSync(dir, { recursive: true, force: true })
    },
  }
}

function memoryFolder(): string {
  try {
    const { bavail, bsize } = statfsSync('/dev/shm')
    return bavail * bsize > 1_500_000_000 ? '/dev/shm' : tmpdir()
  } catch {
    return tmpdir()
  }
}

// Ctrl-C pressed twice, or an error before the end: no time is left to wait for a shutdown.
function removeAtOnce(server: Embedded, dir: string): void {
  try {
    process.kill(server.pid, 'SIGQUIT')
  } catch {}
  rmSync(dir, { recursive: true, force: true, maxRetries: 5 })
}

function removeLeftovers(base: string): void {
  for (const name of readdirSync(base).filter((entry) => entry.startsWith(prefix))) {
    if (isAlive(Number(name.slice(prefix.length)))) continue
    try {
      stopAndRemove(join(base, name))
    } catch {
      // A killed run of somebody else: his to clear away.
    }
  }
}

function stopAndRemove(dir: string): void {
  const pidFile = join(dir, 'postgres', 'postmaster.pid')
  const pid = existsSync(pidFile) ? Number.parseInt(readFileSync(pidFile, 'utf8'), 10) : 0
  if (commandOf(pid)?.includes(dir)) process.kill(pid, 'SIGINT')
  rmSync(dir, { recursive: true, force: true, maxRetries: 5 })
}

async function makeTemplate(server: string): Promise<void> {
  const sql = postgres(server, { max: 1, onnotice: () => {} })
  try {
    await sql.unsafe(`DROP DATABASE IF EXISTS ${template} WITH (FORCE)`)
    await sql.unsafe(`CREATE DATABASE ${template} ENCODING 'UTF8' TEMPLATE template0`)
  } finally {
    await sql.end()
  }
  const url = new URL(server)
  url.pathname = `/${template}`
  if (existsSync(new URL('../../drizzle/meta/_journal.json', import.meta.url))) await migrate(url.href)
}
