import { join } from 'node:path'
import { findBinaries } from './binaries.ts'
import { type Cluster, checkVersion, createCluster } from './embedded-cluster.ts'
import { EmbeddedError, explained } from './embedded-error.ts'
import { chooseHome, type Home, takeFolder } from './embedded-home.ts'
import { findRunning, startServer, stopServer } from './embedded-server.ts'

export type EmbeddedOptions = {
  dir: string
  /** false: the data may be lost at any moment (tests). */
  fsync?: boolean
  settings?: Record<string, string>
  log?: (line: string) => void
}

export type Embedded = { url: string; port: number; pid: number; dir: string; stop(): Promise<void> }

/**
 * Starts a PostgreSQL of our own on loopback, with its data under `dir`. A server left behind by a killed process is
 * taken over. Throws EmbeddedError, one sentence with its remedy.
 */
export async function startEmbedded(options: EmbeddedOptions): Promise<Embedded> {
  let release = async () => {}
  try {
    release = await takeFolder(options.dir)
    const started = await start(options)
    return { ...started, stop: once(() => started.stop().finally(release)) }
  } catch (error) {
    await release()
    throw error instanceof EmbeddedError ? error : explained(error, options.dir)
  }
}

async function start({ dir, fsync = true, settings = {}, log = () => {} }: EmbeddedOptions): Promise<Embedded> {
  const home = await chooseHome(dir, log)
  const cluster = { path: join(home.path, 'postgres'), logFile: join(home.path, 'postgres.log'), runAs: home.runAs }
  const server = (await findRunning(cluster, log)) ?? (await startCluster(cluster, home, { fsync, settings, log }))
  return {
    url: `postgres://okoshko@127.0.0.1:${server.port}/postgres`,
    port: server.port,
    pid: server.pid,
    dir: cluster.path,
    stop: () => stopServer(cluster, server.pid),
  }
}

async function startCluster(cluster: Cluster, home: Home, how: Required<Omit<EmbeddedOptions, 'dir'>>) {
  const binaries = await findBinaries(home, how.log)
  if (home.hasCluster) await checkVersion(cluster)
  else await createCluster(cluster, binaries, how)
  const unsafe = { fsync: 'off', full_page_writes: 'off', synchronous_commit: 'off' }
  return startServer(cluster, binaries, { ...(how.fsync ? {} : unsafe), ...how.settings })
}

function once(run: () => Promise<void>): () => Promise<void> {
  let running: Promise<void> | undefined
  return () => {
    running ??= run()
    return running
  }
}
