import { spawn } from 'node:child_process'
import { closeSync, openSync } from 'node:fs'
import { readFile, realpath, rm } from 'node:fs/promises'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Binaries } from './binaries.ts'
import { type Cluster, environment, owner } from './embedded-cluster.ts'
import { doesNotStart, EmbeddedError } from './embedded-error.ts'
import { askServer } from './embedded-wire.ts'
import { commandOf, isAlive } from './processes.ts'

export type Server = { pid: number; port: number }

const settings = {
  listen_addresses: '127.0.0.1',
  unix_socket_directories: '',
  timezone: 'UTC',
  log_timezone: 'UTC',
  log_line_prefix: '%m ',
  // What people write must not get into a log, not even as the detail of an error.
  log_error_verbosity: 'terse',
  log_min_error_statement: 'panic',
}

/** The server that an earlier process left behind on this cluster, if it still answers; otherwise it is cleared away. */
export async function findRunning(cluster: Cluster, log: (line: string) => void): Promise<Server | undefined> {
  const found = await readPidFile(cluster)
  if (!found) return undefined
  const command = commandOf(found.pid)
  if (!isAlive(found.pid) || (command !== undefined && !command.includes(cluster.path))) {
    // After a crash of the machine the number may belong to a stranger; PostgreSQL itself would then refuse to start.
    await rm(join(cluster.path, 'postmaster.pid'), { force: true })
    return undefined
  }
  if (found.status === 'ready' && (await answersFor(cluster, found.port))) {
    log(`using the PostgreSQL that is already running (process ${found.pid})`)
    return found
  }
  await stopServer(cluster, found.pid)
  return undefined
}

async function answersFor(cluster: Cluster, port: number): Promise<boolean> {
  const folder = await askServer({ port, user: owner, sql: 'SHOW data_directory' }).catch(() => '')
  return folder !== '' && (await realpath(folder)) === (await realpath(cluster.path))
}

export async function startServer(cluster: Cluster, binaries: Binaries, more: Record<string, string>): Promise<Server> {
  // Another program may take the free port first, and the last workers of a killed server need a moment to leave.
  for (let attempt = 1; ; attempt++) {
    const server = await launch(cluster, binaries, more)
    if (typeof server !== 'string') return server
    if (/No space left|Permission denied|Read-only/.test(server)) throw new Error(server)
    if (attempt === 5 || !/in use|could not bind|shared memory|lock file/.test(server)) throw doesNotStart(server)
    await sleep(200 * attempt)
  }
}

async function launch(
  cluster: Cluster,
  { postgres }: Binaries,
  more: Record<string, string>,
): Promise<Server | string> {
  const port = await freePort()
  const options = Object.entries({ ...settings, ...more }).flatMap(([name, value]) => ['-c', `${name}=${value}`])
  const out = openSync(cluster.logFile, 'w', 0o600)
  // A session of its own: Ctrl-C in the terminal must not stop the database before the desk has finished with it.
  const child = spawn(postgres, ['-D', cluster.path, '-p', String(port), ...options], {
    ...cluster.runAs,
    cwd: cluster.path,
    env: environment,
    detached: true,
    windowsHide: true,
    stdio: ['ignore', out, out],
  })
  closeSync(out)
  let ended = ''
  child.once('error', (error) => (ended ||= error.message))
  child.once('exit', (code, signal) => (ended ||= `it ended with ${signal ?? code}`))
  child.unref()
  while (ended === '') {
    const found = await readPidFile(cluster)
    if (found?.pid === child.pid && found?.status === 'ready') return found
    await sleep(10)
  }
  return (await lastWord(cluster.logFile)) || ended
}

async function lastWord(logFile: string): Promise<string> {
  const lines = (await readFile(logFile, 'utf8')).trim().split('\n')
  // Of several complaints the first names the cause: "could not bind", then "could not create any TCP/IP sockets".
  const line = lines.find((text) => /FATAL|PANIC|LOG: {2}could not|error/.test(text)) ?? lines.at(-1) ?? ''
  return line.replace(/^[\d-]+ [\d:.]+ \w+ /, '')
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer().once('error', reject)
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address()
      probe.close(() => resolve(typeof address === 'object' && address ? address.port : 0))
    })
  })
}

/** Stops within 10 s, cutting connections; after that without the final checkpoint, which costs only a recovery. */
export async function stopServer(cluster: Cluster, pid: number): Promise<void> {
  for (const signal of ['SIGINT', 'SIGQUIT'] as const) {
    if (isAlive(pid)) process.kill(pid, signal)
    if (await isGone(cluster, pid, signal === 'SIGINT' ? 10_000 : 5_000)) return
  }
  throw new EmbeddedError(`PostgreSQL (process ${pid}) on ${cluster.path} does not stop: end that process by hand.`)
}

// Where nobody buries the dead (a container's first process), a stopped server stays as a zombie: its file is gone then.
async function isGone(cluster: Cluster, pid: number, patience: number): Promise<boolean> {
  const until = Date.now() + patience
  let withoutFile = 0
  while (Date.now() < until) {
    if (!isAlive(pid)) return true
    const left = (await readPidFile(cluster))?.pid !== pid
    withoutFile = left ? withoutFile + 1 : 0
    if (withoutFile > 100) return true
    await sleep(10)
  }
  return false
}

async function readPidFile(cluster: Cluster): Promise<(Server & { status: string }) | undefined> {
  const text = await readFile(join(cluster.path, 'postmaster.pid'), 'utf8').catch(() => undefined)
  if (text === undefined) return undefined
  const lines = text.split('\n')
  return { pid: Number(lines[0]), port: Number(lines[3]), status: (lines[7] ?? '').trim() }
}
