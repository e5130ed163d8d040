import type { Line } from './line.ts'

export type Ear = {
  listen(channel: string, onNotify: (own: boolean) => void): Promise<void>
  /** As if a NOTIFY had come: for what was written by this process itself. */
  ring(channel: string): void
  close(): Promise<void>
}
type Dial = (on: { notify(channel: string): void; lost(): void }) => Line

const AGAIN_MS = 1_000

/** Hears NOTIFY on a line of its own. After a loss it comes back by itself and wakes everybody, as something may have been missed. */
export const createEar = (dial: Dial): Ear => {
  const listeners = new Map<string, (own: boolean) => void>()
  let line: Line | null = null
  let closed = false
  let later: NodeJS.Timeout | undefined

  const lost = () => {
    line = null
    if (!closed) later = setTimeout(() => void tune(), AGAIN_MS).unref()
  }
  const tune = async () => {
    line ??= dial({ notify: (channel) => listeners.get(channel)?.(false), lost })
    try {
      for (const channel of listeners.keys()) {
        await line?.ask((driver) => driver.unsafe(`listen ${channel}`, [], { prepare: false }))
      }
    } catch {
      return await line?.hangUp()
    }
    for (const wake of listeners.values()) wake(false)
  }

  return {
    listen: async (channel, onNotify) => {
      listeners.set(channel, onNotify)
      await tune()
    },
    ring: (channel) => listeners.get(channel)?.(true),
    close: async () => {
      closed = true
      clearTimeout(later)
      await line?.hangUp(1)
    },
  }
}
