import { type FSWatcher, readdirSync, statSync, watch } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { loadTexts, type Texts, type TextsOptions } from '../texts.ts'
import { type Fault, readFiles, TextsError } from './source.ts'

export type TextsWatch = {
  current(): Texts
  /** Looks now instead of waiting to be told. */
  look(): void
  close(): void
}

export type Watching = {
  options?: TextsOptions
  onSwap?: (texts: Texts) => void
  /** `state` names what the folder holds, so that the same trouble is known again. */
  onFault?: (faults: readonly Fault[], state: string) => void
  /** Twice a minute, for what else has to be looked at now and then. */
  onRound?: () => void
  debounceMs?: number
  pollMs?: number
}

const ROUND_MS = 30_000

/** Follows the folder and swaps the whole set, or keeps the old one and reports the faults, once per state of the folder. */
export const watchTexts = (dir: URL | string, watching: Watching = {}): TextsWatch => {
  const {
    options,
    onSwap = () => {},
    onFault = () => {},
    onRound = () => {},
    debounceMs = 300,
    pollMs = 1_000,
  } = watching
  let current = loadTexts(dir, options)
  let seen = current.version
  let timer: NodeJS.Timeout | undefined
  const look = (): void => {
    const state = stateOf(dir)
    if (state === seen) return
    seen = state
    try {
      // The folder may hold again what is in use anyway.
      if (state !== current.version) current = loadTexts(dir, options)
      onSwap(current)
    } catch (error) {
      onFault(faultsOf(error), state)
    }
  }
  const later = (): void => {
    clearTimeout(timer)
    timer = setTimeout(look, debounceMs)
  }
  // A file system may drop events (network mounts, a replaced folder); a glance a second makes that a delay.
  let glanced = glanceAt(dir)
  const poll = setInterval(() => {
    const now = glanceAt(dir)
    if (now !== glanced) later()
    glanced = now
  }, pollMs).unref()
  const rounds = setInterval(onRound, ROUND_MS).unref()
  const watcher = followed(dir, later)
  return {
    current: () => current,
    look,
    close: () => {
      clearTimeout(timer)
      clearInterval(poll)
      clearInterval(rounds)
      watcher?.close()
    },
  }
}

const stateOf = (dir: URL | string): string => {
  try {
    return readFiles(dir).version
  } catch (error) {
    return String(error)
  }
}

/** What can be seen of the files without reading them. */
const glanceAt = (dir: URL | string): string => {
  const root = dir instanceof URL ? fileURLToPath(dir) : dir
  try {
    return readdirSync(root, { recursive: true, encoding: 'utf8' })
      .map((path) => `${path} ${seenAt(join(root, path))}`)
      .join('\n')
  } catch (error) {
    return String(error)
  }
}

const seenAt = (path: string): string => {
  const stat = statSync(path, { throwIfNoEntry: false })
  return stat ? `${stat.ino} ${stat.size} ${stat.mtimeMs}` : ''
}

const followed = (dir: URL | string, onChange: () => void): FSWatcher | null => {
  try {
    const watcher = watch(dir, { recursive: true, persistent: false }, onChange)
    watcher.on('error', () => watcher.close())
    return watcher
  } catch {
    return null
  }
}

const faultsOf = (error: unknown): readonly Fault[] => {
  if (error instanceof TextsError) return error.faults
  const message = error instanceof Error ? error.message : String(error)
  const remedy = 'Make the folder readable; the texts read before stay in use'
  return [{ severity: 'error', file: '', line: 1, message, remedy }]
}
