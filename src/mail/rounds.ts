import { fault, type Log } from '../log.ts'

export type Worker = {
  /** Something may wait. `own`: this process has put it there, and others have not heard of it. */
  wake(own?: boolean): void
  /** Something was handed in; nothing needs to be looked for. */
  nudge(): void
  stop(): Promise<void>
}
/** For rows that are taken with their storing, elsewhere: see express.ts. */
export type Places<R> = { reserve(): boolean; use(row: R | null | 'waits' | 'unknown'): void }

/** What differs between the inbox and the outbox; how they wake, take, renew and stop is the same. */
export type Rounds<R extends { id: number }> = {
  name: 'inbox' | 'outbox'
  log: Log
  atOnce: number
  /** Writes down how rows ended; what cannot be written now is kept for the next round. */
  settle(): Promise<void>
  /** How many have ended and are not written down. */
  ended(): number
  /** Brings in what was handed to this worker itself, also when there is no room; what is taken with it needs no claim. */
  intake?: { waits(): boolean; take(room: number): Promise<R[]> }
  /** Takes up to `room` rows. `nextMs` says when the next look is worth while, `more` whether others wait. */
  claim(room: number): Promise<{ rows: R[]; nextMs?: number; more: boolean }>
  /** Others may have room, or hold the lane of what waits. */
  tellOthers(): void
  work(row: R): Promise<void>
  /** Keeps the leases of rows that take long. */
  renew(ids: number[]): Promise<void>
  /** Frees what the store says is ours and what we do not have in hand: a claim's answer was lost. */
  giveBack(inHand: number[]): Promise<void>
  /** What is unfinished at the stop may begin again elsewhere. */
  mayRunAgain: boolean
  tick?(): Promise<unknown>
}

type State<R extends { id: number }> = Rounds<R> & {
  /** Row id → since when. */
  inHand: Map<number, number>
  /** Places kept for what is taken elsewhere and not here yet. */
  reserved: number
  /** Called when no place is reserved any more; set by stopping. */
  used: (() => void) | null
  settledAt: number
  settling: NodeJS.Timeout | undefined
  soon: NodeJS.Timeout | undefined
  running: Set<Promise<void>>
  turn: Promise<void> | null
  again: boolean
  /** Something may wait that is not in hand: nothing is claimed as long as nothing does. */
  look: boolean
  /** Others wait behind what is in hand, or had no room. */
  left: boolean
  untold: boolean
  stopping: boolean
  /** A claim failed: it may have taken rows all the same. */
  unsure: boolean
  later: NodeJS.Timeout | undefined
  ticking: boolean
}

const POLL_MS = 1_000
const RENEW_MS = 4_000
const STOP_MS = 8_000
const GATHER_MS = 15
const SOON_MS = 200
const MANY = 24

/** Goes round as long as there is something to take and room for it, woken by `wake` or after a second at the latest. */
export const goRounds = <R extends { id: number }>(rounds: Rounds<R>): Worker & Places<R> => {
  const state: State<R> = {
    ...rounds,
    inHand: new Map(),
    reserved: 0,
    used: null,
    settledAt: 0,
    settling: undefined,
    soon: undefined,
    running: new Set(),
    turn: null,
    again: false,
    look: true,
    left: false,
    untold: false,
    stopping: false,
    unsure: false,
    later: undefined,
    ticking: false,
  }
  const poll = setInterval(() => void tick(state), POLL_MS).unref()
  wake(state)
  return {
    wake: (own = false) => {
      state.untold ||= own
      look(state)
    },
    nudge: () => wake(state),
    reserve: () => {
      // What is taken while others are given back would be given back with them, though it is on its way.
      if (state.stopping || state.unsure || !hasRoom(state)) return false
      state.reserved += 1
      return true
    },
    use: (row) => use(state, row),
    stop: async () => {
      clearInterval(poll)
      await stop(state)
    },
  }
}

const look = <R extends { id: number }>(state: State<R>): void => {
  state.look = true
  wake(state)
}

const wake = <R extends { id: number }>(state: State<R>): void => {
  state.again = true
  if (state.stopping) return
  state.turn ??= round(state)
    .catch((error) => state.log.warn(`${state.name}.storage`, fault(error)))
    .finally(() => {
      state.turn = null
      // Woken just as the round ended: without this it would wait for the next poll.
      if (state.again && (hasRoom(state) || state.intake?.waits())) wake(state)
    })
}

const hasRoom = <R extends { id: number }>(state: State<R>): boolean => roomOf(state) > 0

const roomOf = <R extends { id: number }>(state: State<R>): number =>
  Math.max(0, state.atOnce - state.inHand.size - state.reserved - state.ended())

const round = async <R extends { id: number }>(state: State<R>): Promise<void> => {
  do {
    state.again = false
    await allOf([takeIn(state), settle(state)])
    if (state.stopping) return
    if (hasRoom(state) && (state.look || state.unsure)) await claim(state)
  } while (state.again && (hasRoom(state) || state.intake?.waits()))
}

/** At once after a rest; what ends soon after is written down together. What is not written down counts as in hand. */
const settle = async <R extends { id: number }>(state: State<R>): Promise<void> => {
  if (state.ended() === 0) return
  const rest = state.settledAt + GATHER_MS - performance.now()
  if (rest > 0 && state.ended() < MANY && hasRoom(state)) {
    state.settling ??= setTimeout(() => {
      state.settling = undefined
      wake(state)
    }, rest)
    return
  }
  state.settledAt = performance.now()
  await state.settle()
  // What waited behind these may be taken now.
  state.look ||= state.left
  state.left = false
}

const claim = async <R extends { id: number }>(state: State<R>): Promise<void> => {
  if (state.unsure) {
    // What is on its way to a reserved place is ours in the store already.
    if (state.reserved > 0) return
    await state.giveBack([...state.inHand.keys()])
    state.unsure = false
  }
  state.look = false
  const { rows, nextMs, more } = await state.claim(roomOf(state)).catch((error) => {
    state.look = true
    state.unsure = true
    throw error
  })
  for (const row of rows) begin(state, row)
  if (more) leftOver(state)
  if (nextMs !== undefined) lookLater(state, nextMs)
}

/** A failed storing may have taken rows all the same. */
const takeIn = async <R extends { id: number }>(state: State<R>): Promise<void> => {
  if (!state.intake?.waits()) return
  const rows = await state.intake.take(roomOf(state)).catch((error) => {
    state.unsure = true
    throw error
  })
  for (const row of rows) begin(state, row)
}

const leftOver = <R extends { id: number }>(state: State<R>): void => {
  state.left = true
  if (!state.untold) return
  state.untold = false
  state.tellOthers()
}

const allOf = async (works: Promise<void>[]): Promise<void> => {
  const failed = (await Promise.allSettled(works)).find(({ status }) => status === 'rejected')
  if (failed) throw (failed as PromiseRejectedResult).reason
}

const begin = <R extends { id: number }>(state: State<R>, row: R): void => {
  state.inHand.set(row.id, Date.now())
  const running: Promise<void> = state
    .work(row)
    .catch((error) => state.log.error(`${state.name}.lost_hold`, { row: row.id, ...fault(error) }))
    .finally(() => {
      state.inHand.delete(row.id)
      state.running.delete(running)
      wake(state)
    })
  state.running.add(running)
}

/** While stopping nothing is begun: what the store says is ours is given back at the end. */
const use = <R extends { id: number }>(state: State<R>, row: R | null | 'waits' | 'unknown'): void => {
  state.reserved -= 1
  if (row === 'unknown') state.unsure = true
  else if (row === 'waits') lookSoon(state)
  else if (row && !state.stopping) begin(state, row)
  if (state.look || state.unsure) wake(state)
  if (state.reserved === 0) state.used?.()
}

/** Whoever ends a row of its lane takes it along; this is for who has just done so. */
const lookSoon = <R extends { id: number }>(state: State<R>): void => {
  state.soon ??= setTimeout(() => {
    state.soon = undefined
    look(state)
  }, SOON_MS).unref()
}

const lookLater = <R extends { id: number }>(state: State<R>, ms: number): void => {
  clearTimeout(state.later)
  state.later = setTimeout(() => look(state), Math.ceil(Math.min(ms, POLL_MS))).unref()
}

const tick = async <R extends { id: number }>(state: State<R>): Promise<void> => {
  look(state)
  if (state.ticking) return
  state.ticking = true
  const long = [...state.inHand].filter(([, since]) => Date.now() - since > RENEW_MS).map(([id]) => id)
  try {
    if (long.length > 0) await state.renew(long)
    if (state.tick) await state.tick()
    if (state.tick) look(state)
  } catch {
    // The round has said it already.
  } finally {
    state.ticking = false
  }
}

const stop = async <R extends { id: number }>(state: State<R>): Promise<void> => {
  state.stopping = true
  clearTimeout(state.later)
  clearTimeout(state.settling)
  clearTimeout(state.soon)
  await state.turn
  await takeIn(state).catch(() => {})
  const patience = new Promise((resolve) => setTimeout(resolve, STOP_MS).unref())
  const used = new Promise<void>((resolve) => {
    state.used = resolve
    if (state.reserved === 0) resolve()
  })
  await Promise.race([Promise.all([Promise.allSettled([...state.running]), used]), patience])
  await state.settle().catch(() => {})
  await state.giveBack(state.mayRunAgain ? [] : [...state.inHand.keys()]).catch(() => {})
}
