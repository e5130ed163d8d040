import { execFile } from 'node:child_process'
import { mkdir, readFile, rename, rm, statfs } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import type { Binaries } from './binaries.ts'
import { doesNotStart, EmbeddedError } from './embedded-error.ts'
import { giveTo, type RunAs } from './embedded-home.ts'

export type Cluster = { path: string; logFile: string; runAs: RunAs }

export const owner = 'okoshko'
// Nothing of the caller's environment reaches the server: neither PGDATA and its like nor the bot's token.
export const environment = process.platform === 'win32' ? undefined : { PATH: '/usr/bin:/bin', LC_ALL: 'C.UTF-8' }
const version = '18'
const clusterSize = 60_000_000

// Made beside its place and renamed, so that a start interrupted half way leaves nothing that looks like a cluster.
export async function createCluster(cluster: Cluster, binaries: Binaries, how: How) {
  how.log(`making a new PostgreSQL data folder in ${cluster.path}`)
  const fresh = `${cluster.path}.new`
  await rm(fresh, { recursive: true, force: true })
  await mkdir(fresh, { mode: 0o700 })
  await giveTo(fresh, cluster.runAs)
  await initCluster({ ...cluster, path: fresh }, binaries, how.fsync)
  await rename(fresh, cluster.path)
}

type How = { fsync: boolean; log: (line: string) => void }

async function initCluster(cluster: Cluster, { initdb }: Binaries, sync: boolean): Promise<void> {
  const locale =
    process.platform === 'linux'
      ? ['--locale=C.UTF-8']
      : ['--locale-provider=builtin', '--builtin-locale=C.UTF-8', '--locale=C']
  const args = [
    '-D',
    cluster.path,
    '-U',
    owner,
    '--auth=trust',
    '-E',
    'UTF8',
    ...locale,
    ...(sync ? [] : ['--no-sync']),
  ]
  try {
    await promisify(execFile)(initdb, args, { ...cluster.runAs, cwd: cluster.path, env: environment })
  } catch (error) {
    const { stderr, message } = error as Error & { stderr?: string }
    const { bavail, bsize } = await statfs(cluster.path)
    // On some file systems a full disk ends initdb by a signal, without a word about the disk.
    if (bavail * bsize < clusterSize) throw new Error('ENOSPC')
    if (/Permission denied|Read-only/.test(stderr ?? '')) throw new Error(stderr)
    const lines = (stderr || message).trim().split('\n')
    throw doesNotStart(lines.find((line) => /error:|FATAL|terminated/.test(line)) ?? lines.at(-1) ?? '')
  }
}

export async function checkVersion(cluster: Cluster): Promise<void> {
  const found = (await readFile(join(cluster.path, 'PG_VERSION'), 'utf8').catch(() => '')).trim()
  if (found === version) return
  throw new EmbeddedError(
    `The data in ${cluster.path} is not of PostgreSQL ${version} (found: ${found || 'nothing'}): move it away or set DATA_DIR to another folder.`,
  )
}
