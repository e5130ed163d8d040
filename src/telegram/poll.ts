import { type Api, GrammyError } from 'grammy'
import type { Update } from 'grammy/types'
import type { Desk } from '../desk/desk.ts'
import { fault } from '../log.ts'
import { hold, letGo } from '../mail/leases.ts'
import { type Alive, type Pulse, pollingAlive } from './alive.ts'
import type { Memory } from './from-memory.ts'
import { pause } from './pause.ts'
import { createLook } from './peek.ts'
import { ALLOWED_UPDATES, receive, type Store } from './receive.ts'

export type Polling = { alive: Alive; stop(): Promise<void> }
type PollOptions = { api: Api; desk: Desk; owner: string; store: Store; memory: Memory }
type Round = PollOptions & { pulse: Pulse }

const LEASE = 'poll'
const LEASE_S = 8
const RENEW_MS = 2_000
// Below the 25 s after which a call is given up (bot.ts).
const LONG_POLL_S = 15

/**
 * Long polling by one replica at a time, the one that holds the lease row; another takes over within ten seconds. The offset
 * moves only after the commit, so what Telegram was not told to forget comes again.
 */
export const poll = (options: PollOptions): Polling => {
  const stopping = new AbortController()
  const pulse: Pulse = { holding: false, lastAt: Date.now() }
  const done = run({ ...options, pulse }, stopping.signal)
  return {
    alive: pollingAlive(options.desk.db, pulse),
    stop: async () => {
      stopping.abort()
      await done
    },
  }
}

const run = async (options: Round, stop: AbortSignal): Promise<void> => {
  const { desk, owner } = options
  const look = createLook(options)
  let last: boolean | null = null
  while (!stop.aborted) {
    const ours = await hold(desk.db, { name: LEASE, owner, seconds: LEASE_S }).catch(() => null)
    if (ours) await asHolder(options, stop)
    // Nobody can tell whose turn it is: whoever had it goes on looking, and acknowledges nothing.
    else if (ours === null && last !== false) await look(stop)
    last = ours ?? last
    if (!ours) await pause(RENEW_MS, stop)
  }
  await letGo(desk.db, LEASE, owner).catch(() => {})
}

/** Polls while the lease is renewed beside it; whichever ends first ends both. */
const asHolder = async (options: Round, stop: AbortSignal): Promise<void> => {
  Object.assign(options.pulse, { holding: true, lastAt: Date.now() })
  const lost = new AbortController()
  const either = AbortSignal.any([stop, lost.signal])
  const renewing = renew(options, either).finally(() => lost.abort())
  try {
    await fetchAll(options, either)
  } finally {
    options.pulse.holding = false
    lost.abort()
    await renewing
  }
}

const renew = async ({ desk, owner }: PollOptions, stop: AbortSignal): Promise<void> => {
  let lastHeld = Date.now()
  while (!stop.aborted) {
    await pause(RENEW_MS, stop)
    if (stop.aborted) return
    const ours = await hold(desk.db, { name: LEASE, owner, seconds: LEASE_S }).catch(() => null)
    if (ours) lastHeld = Date.now()
    if (ours === false || Date.now() - lastHeld > (LEASE_S - 1) * 1_000) return
  }
}

const fetchAll = async ({ api, desk, store, memory, pulse }: Round, stop: AbortSignal): Promise<void> => {
  let offset: number | undefined
  while (!stop.aborted) {
    try {
      const updates: Update[] = await api.getUpdates(
        { offset, limit: 100, timeout: LONG_POLL_S, allowed_updates: ALLOWED_UPDATES },
        stop as Parameters<Api['getUpdates']>[1],
      )
      pulse.lastAt = Date.now()
      const last = updates.at(-1)
      if (!last) continue
      await receive({ desk, store, memory }, updates)
      offset = last.update_id + 1
    } catch (error) {
      if (stop.aborted) return
      desk.log.warn('poll.failed', fault(error))
      await pause(error instanceof GrammyError && error.error_code === 409 ? 3_000 : 1_000, stop)
    }
  }
}
