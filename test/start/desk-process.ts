import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmodSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { onTestFinished, vi } from 'vitest'
import { commandOf } from '../../src/db/processes.ts'
import { projectFolder } from '../../src/tools/source-files.ts'

const MAIN = join(projectFolder, 'dist', 'main.js')
// What was learnt from the texts is kept from run to run, as it is between two starts of a desk.
const LEARNT = join(projectFolder, 'node_modules', '.cache', 'okoshko-test')
const PATIENCE_MS = 60_000

// Whole processes are started here, and others may be working on the machine.
vi.setConfig({ testTimeout: 90_000 })

export type DeskProcess = {
  pid: number
  /** Everything said so far, on both streams. */
  said(): string
  /** Waits for a line that fits and returns it. */
  says(words: RegExp): Promise<string>
  stop(signal: NodeJS.Signals): void
  ended: Promise<{ code: number | null; signal: NodeJS.Signals | null; errors: string }>
}

/** The desk as `npm start` runs it, with nothing in its environment but this; `main`: that of another release. */
export function runDesk(env: Record<string, string>, main = MAIN): DeskProcess {
  const child = spawn(process.execPath, [main], { env: { PATH: process.env.PATH ?? '', DATA_DIR: LEARNT, ...env } })
  onTestFinished(() => void child.kill('SIGKILL'))
  let said = ''
  let errors = ''
  child.stdout.on('data', (chunk) => (said += chunk))
  child.stderr.on('data', (chunk) => {
    said += chunk
    errors += chunk
  })
  return {
    pid: child.pid ?? 0,
    said: () => said,
    says: (words) => lineOf(child, () => said, words),
    stop: (signal) => void child.kill(signal),
    ended: once(child, 'close').then(([code, signal]) => ({ code, signal, errors })),
  }
}

/** A folder that goes away with the test; others may enter it, because PostgreSQL does not run as root. */
export function ownFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'okoshko-start-'))
  chmodSync(folder, 0o755)
  onTestFinished(() => {
    const left = postgresIn(folder)
    if (left !== null) process.kill(left, 'SIGQUIT')
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 })
  })
  return folder
}

/** The process of the local PostgreSQL of a desk whose DATA_DIR this is; null: none is running. */
export function postgresIn(folder: string): number | null {
  try {
    const pid = Number.parseInt(readFileSync(join(folder, 'postgres', 'postmaster.pid'), 'utf8'), 10)
    return commandOf(pid)?.includes(folder) ? pid : null
  } catch {
    return null
  }
}

/** What /ready says, and with which status; 0 while nobody listens. */
export async function readiness(port: number): Promise<number> {
  const answer = await fetch(`http://127.0.0.1:${port}/ready`).catch(() => null)
  await answer?.text()
  return answer?.status ?? 0
}

async function lineOf(child: ChildProcess, said: () => string, words: RegExp): Promise<string> {
  const end = Date.now() + PATIENCE_MS
  while (Date.now() < end) {
    const line = said()
      .split('\n')
      .find((one) => words.test(one))
    if (line) return line
    if (child.exitCode !== null) throw new Error(`it ended without saying ${words}:\n${said()}`)
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
  throw new Error(`waited in vain for ${words}:\n${said()}`)
}
