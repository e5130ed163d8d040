import { execFile } from 'node:child_process'
import { createHash } from 'node:crypto'
import { chown, mkdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { promisify } from 'node:util'
import { EmbeddedError } from './embedded-error.ts'
import { isAlive, startedAt } from './processes.ts'

export type RunAs = { uid: number; gid: number } | undefined
export type Home = { path: string; runAs: RunAs; hasCluster: boolean }

const nobody = { uid: 65534, gid: 65534 }

/** Marks the folder as ours; a mark left by a process that is gone counts for nothing. */
export async function takeFolder(dir: string): Promise<() => Promise<void>> {
  await mkdir(dir, { recursive: true })
  const mark = join(dir, 'owner.pid')
  const mine = `${process.pid} ${startedAt(process.pid)}`
  for (let attempt = 0; attempt < 3; attempt++) {
    try {
      await writeFile(mark, mine, { flag: 'wx' })
      return () => rm(mark, { force: true })
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
    }
    await dropStaleMark(mark, dir)
  }
  throw inUse(dir, 'unknown')
}

async function dropStaleMark(mark: string, dir: string): Promise<void> {
  const [pid = '', since = ''] = (await readFile(mark, 'utf8').catch(() => '')).split(' ')
  if (isAlive(Number(pid)) && startedAt(Number(pid)) === since) throw inUse(dir, pid)
  await rm(mark, { force: true })
}

function inUse(dir: string, pid: string): EmbeddedError {
  return new EmbeddedError(
    `Another Okoshko (process ${pid}) is running on the data folder ${dir}: stop it or set DATA_DIR to another folder.`,
  )
}

/**
 * Where the cluster lives and as whom it runs. PostgreSQL refuses to run as root, so root hands it to nobody, who must
 * be able to reach the folder: if he cannot (a folder in root's home), another place is taken and written down.
 */
export async function chooseHome(dir: string, log: (line: string) => void): Promise<Home> {
  const note = join(dir, 'postgres-is-elsewhere')
  const noted = await readFile(note, 'utf8').catch(() => undefined)
  const first = noted?.trim() || resolve(dir)
  const owner = await stat(join(first, 'postgres')).catch(() => undefined)
  if (process.getuid?.() !== 0) return ownHome(first, owner?.uid)
  const runAs = owner && owner.uid !== 0 ? { uid: owner.uid, gid: owner.gid } : nobody
  if (owner || (await isReachable(first, runAs))) return { path: first, runAs, hasCluster: Boolean(owner) }
  const path = await fallback(dir, runAs)
  await writeFile(note, `${path}\n`)
  log(`PostgreSQL cannot run as root nor use ${dir} as another user: its data is in ${path}`)
  return { path, runAs, hasCluster: (await stat(join(path, 'postgres')).catch(() => null)) !== null }
}

function ownHome(path: string, owner: number | undefined): Home {
  if (owner !== undefined && process.getuid && owner !== process.getuid()) {
    throw new EmbeddedError(
      `The data in ${path} belongs to user ${owner}: start as that user, or set DATA_DIR to another folder.`,
    )
  }
  return { path, runAs: undefined, hasCluster: owner !== undefined }
}

async function fallback(dir: string, runAs: RunAs): Promise<string> {
  const name = `okoshko-${createHash('sha256').update(resolve(dir)).digest('hex').slice(0, 12)}`
  // In a place open to all a stranger may have made a folder of this name: only root's own will do.
  for (const base of ['/var/lib', '/var/tmp', tmpdir()]) {
    const path = join(base, name)
    if ((await isReachable(path, runAs)) && (await stat(path)).uid === 0) return path
  }
  throw new EmbeddedError(
    'PostgreSQL refuses to run as root and no folder could be handed to another user: start as an ordinary user or set DATABASE_URL.',
  )
}

async function isReachable(home: string, runAs: RunAs): Promise<boolean> {
  const probe = join(home, `probe-${process.pid}`)
  try {
    await mkdir(home, { recursive: true, mode: 0o755 })
    await mkdir(probe)
    await giveTo(probe, runAs)
    await promisify(execFile)('/bin/sh', ['-c', 'cd "$0" && : > file', probe], { ...runAs, cwd: '/', env: {} })
    return true
  } catch {
    return false
  } finally {
    await rm(probe, { recursive: true, force: true }).catch(() => {})
  }
}

export async function giveTo(path: string, runAs: RunAs): Promise<void> {
  if (runAs) await chown(path, runAs.uid, runAs.gid)
}
