import { fault, type Log } from '../log.ts'

export type Worker = { wake(): void; stop(): Promise<void> }

/** What differs between the inbox and the outbox; how they wake, take, renew and stop is the same. */
export type Rounds<R extends { id: number }> = {
  name: 'inbox' | 'outbox'
  log: Log
  atOnce: number
  /** Writes down how rows ended; what cannot be written now is kept for the next round. */
  settle(): Promise<void>
  /** Takes up to `room` rows. `nextMs` says when the next look is worth while. */
  claim(room: number): Promise<{ rows: R[]; nextMs?: number }>
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
  running: Set<Promise<void>>
  turn: Promise<void> | null
  again: boolean
  stopping: boolean
  /** A claim failed: it may have taken rows all the same. */
  unsure: boolean
  later: NodeJS.Timeout | undefined
  ticking: boolean
}

const POLL_MS = 1_000
const RENEW_MS = 4_000
const STOP_MS = 8_000

/** Goes round as long as there is something to take and room for it, woken by `wake` or after a second at the latest. */
export const goRounds = <R extends { id: number }>(rounds: Rounds<R>): Worker => {
  const state: State<R> = {
    ...rounds,
    inHand: new Map(),
    running: new Set(),
    turn: null,
    again: false,
    stopping: false,
    unsure: false,
    later: undefined,
    ticking: false,
  }
  const poll = setInterval(() => void tick(state), POLL_MS).unref()
  wake(state)
  return {
    wake: () => wake(state),
    stop: async () => {
      clearInterval(poll)
      await stop(state)
    },
  }
}

const wake = <R extends { id: number }>(state: State<R>): void => {
  state.again = true
  if (state.stopping) return
  state.turn ??= round(state)
    .catch((error) => state.log.warn(`${state.name}.storage`, fault(error)))
    .finally(() => {
      state.turn = null
      // Woken just as the round ended: without this it would wait for the next poll.
      if (state.again && state.inHand.size < state.atOnce) wake(state)
    })
}

const round = async <R extends { id: number }>(state: State<R>): Promise<void> => {
  do {
    state.again = false
    await state.settle()
    const room = state.atOnce - state.inHand.size
    if (state.stopping || room <= 0) return
    if (state.unsure) await state.giveBack([...state.inHand.keys()])
    state.unsure = true
    const { rows, nextMs } = await state.claim(room)
    state.unsure = false
    for (const row of rows) begin(state, row)
    if (nextMs !== undefined) lookLater(state, nextMs)
  } while (state.again)
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

const lookLater = <R extends { id: number }>(state: State<R>, ms: number): void => {
  clearTimeout(state.later)
  state.later = setTimeout(() => wake(state), Math.ceil(Math.min(ms, POLL_MS))).unref()
}

const tick = async <R extends { id: number }>(state: State<R>): Promise<void> => {
  wake(state)
  if (state.ticking) return
  state.ticking = true
  const long = [...state.inHand].filter(([, since]) => Date.now() - since > RENEW_MS).map(([id]) => id)
  try {
    if (long.length > 0) await state.renew(long)
    if (state.tick) await state.tick()
    if (state.tick) wake(state)
  } catch {
    // The round has said it already.
  } finally {
    state.ticking = false
  }
}

const stop = async <R extends { id: number }>(state: State<R>): Promise<void> => {
  state.stopping = true
  clearTimeout(state.later)
  await state.turn
  const patience = new Promise((resolve) => setTimeout(resolve, STOP_MS).unref())
  await Promise.race([Promise.allSettled([...state.running]), patience])
  await state.settle().catch(() => {})
  await state.giveBack(state.mayRunAgain ? [] : [...state.inHand.keys()]).catch(() => {})
}
