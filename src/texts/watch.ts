import { type FSWatcher, watch } from 'node:fs'
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
  onPoll?: () => void
  debounceMs?: number
  pollMs?: number
}

/** Follows the folder and swaps the whole set, or keeps the old one and reports the faults, once per state of the folder. */
export const watchTexts = (dir: URL | string, watching: Watching = {}): TextsWatch => {
  const {
    options,
    onSwap = () => {},
    onFault = () => {},
    onPoll = () => {},
    debounceMs = 300,
    pollMs = 30_000,
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
  // A file system may drop events (network mounts, a replaced folder); the poll makes that a delay.
  const poll = setInterval(() => {
    later()
    onPoll()
  }, pollMs).unref()
  const watcher = followed(dir, later)
  return {
    current: () => current,
    look,
    close: () => {
      clearTimeout(timer)
      clearInterval(poll)
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
