import { type Api, GrammyError } from 'grammy'
import { fault, type Log } from '../log.ts'
import type { Memory } from './from-memory.ts'
import { pause } from './pause.ts'
import { ALLOWED_UPDATES } from './receive.ts'

type Looking = { api: Api; memory: Memory; desk: { log: Log } }
export type Look = (stop: AbortSignal) => Promise<void>

const LOOK_EVERY_MS = 2_000
/** Another replica looks too, and one is enough. */
const AFTER_CONFLICT_MS = 30_000

/**
 * Looks at the oldest hundred updates that wait at Telegram. No offset is named, so every one of them comes again when it can
 * be stored.
 */
export const createLook = ({ api, memory, desk }: Looking): Look => {
  let quietUntil = 0
  return async (stop) => {
    if (Date.now() < quietUntil) return
    try {
      const wanted = { limit: 100, timeout: 0, allowed_updates: ALLOWED_UPDATES }
      memory.answer(await api.getUpdates(wanted, stop as Parameters<Api['getUpdates']>[1]))
    } catch (error) {
      if (stop.aborted) return
      desk.log.warn('peek.failed', fault(error))
      if (error instanceof GrammyError && error.error_code === 409) quietUntil = Date.now() + AFTER_CONFLICT_MS
    }
  }
}

/** For a process that has not seen its database yet. Ends with `stop`. */
export const keepLooking = async (looking: Looking, stop: AbortSignal): Promise<void> => {
  const look = createLook(looking)
  while (!stop.aborted) {
    await look(stop)
    await pause(LOOK_EVERY_MS, stop)
  }
}
