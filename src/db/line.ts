import { LostConnection } from './faults.ts'

export type Param = string | number | boolean | Buffer | null

/** What is used of the driver: a client of one connection. */
export type Driver = {
  unsafe(statement: string, params: Param[], options: { prepare: boolean }): Answer
  end(options: { timeout: number }): Promise<unknown>
}
export type Answer = PromiseLike<unknown> & { values(): PromiseLike<unknown> }
export type Ask = <T>(question: (driver: Driver) => PromiseLike<T>) => Promise<T>

export type Line = {
  readonly dead: boolean
  /** One question at a time. Rejected by LostConnection means: not known to be done. */
  ask: Ask
  hangUp(seconds?: number): Promise<void>
}

type How = { onLost?: () => void; answerMs?: number }

/** The server gives a statement up after 10 s; a link that says nothing for longer is half open. */
const ANSWER_MS = 15_000

/**
 * One connection, and once that closes the line is dead for good. The driver would open the next one by itself, and there the
 * rest of a transaction would run outside it, or behind what the old connection had left unwritten.
 */
export const openLine = (dial: (onClose: () => void) => Driver, { onLost, answerMs = ANSWER_MS }: How = {}): Line => {
  let dead = false
  let giveUp: ((error: Error) => void) | null = null
  const cut = () => {
    if (dead) return
    dead = true
    giveUp?.(new LostConnection())
    onLost?.()
  }
  const driver = dial(cut)
  return {
    get dead() {
      return dead
    },
    ask: async (question) => {
      if (dead) throw new LostConnection()
      const patience = setTimeout(cut, answerMs)
      try {
        return await new Promise((resolve, reject) => {
          giveUp = reject
          question(driver).then(resolve, reject)
        })
      } finally {
        clearTimeout(patience)
        giveUp = null
      }
    },
    hangUp: async (seconds = 0) => {
      await driver.end({ timeout: seconds }).catch(() => {})
      cut()
    },
  }
}
