import { isReadOnly, LostConnection } from './faults.ts'
import type { Line } from './line.ts'

export type Pool = {
  /** Lends a line for the time of `work`; waits while all are lent. */
  use<T>(work: (line: Line) => Promise<T>): Promise<T>
  usage(): Usage
  /** What is in hand may finish, for `CLOSE_MS` at the most; whoever waits is refused. */
  close(): Promise<void>
}
/** Lines in use, who waits for one, and how many there are at the most. */
export type Usage = { lent: number; waiting: number; most: number }
type Waiter = { resolve(line: Line): void; reject(error: Error): void }
type State = {
  open: () => Line
  most: number
  free: Line[]
  lent: Set<Line>
  waiting: Waiter[]
  /** Called when the last lent line is back; set by closing. */
  emptied: (() => void) | null
}

const CLOSE_MS = 2_000

/** Lines that are lent to one at a time. A dead one is replaced when the next is wanted. */
export const createPool = (open: () => Line, most: number): Pool => {
  const state: State = { open, most, free: [], lent: new Set(), waiting: [], emptied: null }
  return {
    use: async (work) => {
      const line = await take(state)
      try {
        return await work(line)
      } catch (error) {
        // A server that went over to another one stays read-only for those who were connected before.
        if (isReadOnly(error)) await line.hangUp()
        throw error
      } finally {
        giveBack(state, line)
      }
    },
    usage: () => ({ lent: state.lent.size, waiting: state.waiting.length, most: state.most }),
    close: () => close(state),
  }
}

const take = async (state: State): Promise<Line> => {
  if (state.emptied) throw new LostConnection()
  for (let line = state.free.pop(); line; line = state.free.pop()) if (!line.dead) return lend(state, line)
  if (state.lent.size < state.most) return lend(state, state.open())
  return await new Promise((resolve, reject) => state.waiting.push({ resolve, reject }))
}

const lend = ({ lent }: State, line: Line): Line => {
  lent.add(line)
  return line
}

const giveBack = (state: State, line: Line): void => {
  state.lent.delete(line)
  if (line.dead || state.emptied) void line.hangUp()
  const next = state.waiting.shift()
  if (next) next.resolve(lend(state, line.dead ? state.open() : line))
  else if (!line.dead && !state.emptied) state.free.push(line)
  if (state.lent.size === 0) state.emptied?.()
}

const close = async (state: State): Promise<void> => {
  const empty = new Promise<void>((resolve) => {
    state.emptied = resolve
  })
  for (const { reject } of state.waiting.splice(0)) reject(new LostConnection())
  if (state.lent.size === 0) state.emptied?.()
  const patience = setTimeout(() => state.emptied?.(), CLOSE_MS)
  await Promise.all([...state.free.splice(0).map((line) => line.hangUp(1)), empty])
  clearTimeout(patience)
  await Promise.all([...state.lent].map((line) => line.hangUp()))
}
