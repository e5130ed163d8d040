import { isConflict, isStorageFault } from './faults.ts'
import type { Row } from './statements.ts'

type Question = Record<string, unknown>
type Asked = { question: Question; resolve(rows: Row[]): void; reject(error: unknown): void }
type Desk = { asked: Asked[]; running: number; due: boolean }
type Run = (statement: string, params: [string]) => Promise<Row[]>

/** More would make one statement slow for all who share it. */
const MOST = 100
const AT_ONCE = 2
const TRIES = 4

/**
 * One statement for what several ask at the same time. It is given the questions as one JSON list ($1), each with its number `n`,
 * and answers with rows that carry the `n` of their question. What comes while two are on their way goes with the next.
 */
export const together = (run: Run) => {
  const desks = new Map<string, Desk>()
  return async <T extends Row>(statement: string, question: Question): Promise<T[]> => {
    const desk = desks.get(statement) ?? { asked: [], running: 0, due: false }
    desks.set(statement, desk)
    return await new Promise<T[]>((resolve, reject) => {
      desk.asked.push({ question, resolve: resolve as Asked['resolve'], reject })
      if (desk.due || desk.running >= AT_ONCE) return
      desk.due = true
      // Whoever was woken by the same answer asks in the same turn.
      setImmediate(() => {
        desk.due = false
        void go(desk, (asked) => answer(run, statement, asked))
      })
    })
  }
}

const go = async (desk: Desk, ask: (asked: Asked[]) => Promise<void>): Promise<void> => {
  desk.running += 1
  while (desk.asked.length > 0) await ask(desk.asked.splice(0, MOST))
  desk.running -= 1
}

/** Where one question spoils the statement, each is asked by itself. */
const answer = async (run: Run, statement: string, asked: Asked[]): Promise<void> => {
  try {
    const rows = await untangled(() =>
      run(statement, [JSON.stringify(asked.map(({ question }, n) => ({ n, ...question })))]),
    )
    const found = asked.map((): Row[] => [])
    for (const { n, ...row } of rows) found[n as number]?.push(row)
    for (const [n, { resolve }] of asked.entries()) resolve(found[n] ?? [])
  } catch (error) {
    if (asked.length === 1 || isStorageFault(error)) for (const { reject } of asked) reject(error)
    else await Promise.all(asked.map((one) => answer(run, statement, [one])))
  }
}

/** Two statements that touch the same rows in another order can wait for each other in a ring. */
const untangled = async (asking: () => Promise<Row[]>): Promise<Row[]> => {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await asking()
    } catch (error) {
      if (attempt === TRIES || !isConflict(error)) throw error
    }
  }
}
