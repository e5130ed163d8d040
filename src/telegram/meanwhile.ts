import type { Config } from '../config.ts'
import type { Finder } from '../desk/answers/search.ts'
import type { Log } from '../log.ts'
import type { Texts } from '../texts.ts'
import { createMemory, type Memory } from './from-memory.ts'
import { apiOf } from './open.ts'
import { keepLooking } from './peek.ts'
import { isUpdate } from './receive.ts'

/** A desk that has not seen its database yet: citizens get their answers, and nothing is acknowledged. */
export type Meanwhile = { memory: Memory; begin(): void; end(): Promise<void>; receive(update: unknown): void }
type Known = { log: Log; texts: () => Texts; finder: () => Finder }

export const withoutStorage = (config: Config, { finder, ...desk }: Known): Meanwhile => {
  const api = apiOf(config)
  const memory = createMemory({ api, desk, finder })
  const enough = new AbortController()
  let [away, looking] = [false, Promise.resolve()]
  return {
    memory,
    begin: () => {
      away = true
      if (!config.webhook) looking = keepLooking({ api, memory, desk }, enough.signal)
    },
    end: async () => {
      away = false
      enough.abort()
      await looking
    },
    receive: (update) => {
      if (away && isUpdate(update)) memory.answer([update])
    },
  }
}
