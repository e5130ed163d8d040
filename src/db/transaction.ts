import { isConflict } from './faults.ts'
import type { Ask, Line } from './line.ts'
import type { Pool } from './pool.ts'
import { type Statements, statements } from './statements.ts'

export type Tx = Statements

const TRIES = 4

/** Whom it wakes once it is committed, and what it is done for. */
type Told = Partial<Pick<Statements, 'ring' | 'cause'>>

/**
 * Why transactions do not use the driver's own `begin`: postgres.js 3.4.9 lets the callback go on after its connection was
 * lost – outside the transaction, or inside somebody else's, which then reports success with rows missing. Here a running
 * transaction has a line of its own; once that is lost every further statement of the callback is refused, and a handle
 * outlives neither its commit nor its rollback.
 */
export const transact = async <T>(
  pool: Pool,
  work: (tx: Tx) => Promise<T>,
  { ring = () => {}, cause = null }: Told = {},
): Promise<T> => {
  for (let attempt = 1; ; attempt += 1) {
    const rung = new Set<string>()
    try {
      const result = await pool.use((line) => once(line, work, { ring: (channel) => rung.add(channel), cause }))
      for (const channel of rung) ring(channel)
      return result
    } catch (error) {
      if (attempt === TRIES || !isConflict(error)) throw error
      await new Promise((resolve) => setTimeout(resolve, 20 * attempt * Math.random()))
    }
  }
}

const once = async <T>(line: Line, work: (tx: Tx) => Promise<T>, told: Required<Told>): Promise<T> => {
  const { ask, end } = inTurn(line)
  await ask(plain('begin'))
  try {
    const result = await work(statements(ask, told))
    // A transaction in which a statement failed answers COMMIT by rolling back, without an error.
    const { command } = (await end(plain('commit'))) as { command?: string }
    if (command !== 'COMMIT') throw new Error('the transaction had failed before its end')
    return result
  } catch (error) {
    await end(plain('rollback')).catch(() => line.hangUp())
    throw error
  }
}

/** One statement after the other, and none after the end: what the driver had in its own queue, it would send anywhere. */
const inTurn = (line: Line): { ask: Ask; end: Ask } => {
  let turn: Promise<unknown> = Promise.resolve()
  let over = false
  const next: Ask = (question) => {
    const mine = turn.then(() => line.ask(question))
    turn = mine.catch(() => {})
    return mine
  }
  return {
    ask: async (question) => {
      if (over) throw new Error('a transaction was used after its end')
      return await next(question)
    },
    end: (question) => {
      over = true
      return next(question)
    },
  }
}

const plain =
  (statement: string): Parameters<Ask>[0] =>
  (driver) =>
    driver.unsafe(statement, [], { prepare: true })
