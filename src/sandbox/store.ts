import { closeSync, existsSync, mkdirSync, openSync, readFileSync, renameSync, writeSync } from 'node:fs'
import { join } from 'node:path'

export type Key = number | string
export type Table<T> = {
  get(key: Key): T | undefined
  has(key: Key): boolean
  put(key: Key, value: T): void
  drop(key: Key): void
  values(): T[]
  entries(): [Key, T][]
  size(): number
}
export type Store = {
  table<T>(name: string): Table<T>
  /** The next number of a counter that starts at `first`. Never given twice, not even after a kill. */
  next(counter: string, first: number): number
  close(): void
}

/**
 * Tables in memory; with a folder every change is also a line of a log, handed to the system before the caller goes on,
 * so that it outlives a kill -9. The log is rewritten at each start and when most of it is outdated.
 */
export const openStore = (dir?: string): Store => {
  const tables = new Map<string, Map<Key, unknown>>()
  const rows = (name: string): Map<Key, unknown> => {
    const found = tables.get(name) ?? new Map<Key, unknown>()
    tables.set(name, found)
    return found
  }
  const log = dir === undefined ? null : openLog(dir, tables, rows)
  const counters = rows('counters') as Map<Key, number>
  const made = new Map<string, Table<unknown>>()
  return {
    table: <T>(name: string) => {
      const table = made.get(name) ?? tableOf(name, rows(name), log)
      made.set(name, table)
      return table as Table<T>
    },
    next: (counter, first) => {
      const value = (counters.get(counter) ?? first - 1) + 1
      counters.set(counter, value)
      log?.write(['counters', counter, value])
      return value
    },
    close: () => log?.close(),
  }
}

const tableOf = (name: string, rows: Map<Key, unknown>, log: Log | null): Table<unknown> => ({
  get: (key) => rows.get(key),
  has: (key) => rows.has(key),
  put: (key, value) => {
    rows.set(key, value)
    log?.write([name, key, value])
  },
  drop: (key) => {
    if (rows.delete(key)) log?.write([name, key])
  },
  values: () => [...rows.values()],
  entries: () => [...rows.entries()],
  size: () => rows.size,
})

type Line = [table: string, key: Key, value?: unknown]
type Log = { write(line: Line): void; close(): void }
type Tables = Map<string, Map<Key, unknown>>

const openLog = (dir: string, tables: Tables, rows: (name: string) => Map<Key, unknown>): Log => {
  mkdirSync(dir, { recursive: true })
  const file = join(dir, 'history.jsonl')
  for (const [table, key, value] of readLines(file)) {
    if (value === undefined) rows(table).delete(key)
    else rows(table).set(key, value)
  }
  let written = rewrite(file, tables)
  let descriptor = openSync(file, 'a')
  let lines = written
  let closed = false
  return {
    write: (line) => {
      if (closed) return
      writeSync(descriptor, `${JSON.stringify(line)}\n`)
      lines += 1
      if (lines < 4 * written + 20_000) return
      closeSync(descriptor)
      written = rewrite(file, tables)
      lines = written
      descriptor = openSync(file, 'a')
    },
    close: () => {
      if (!closed) closeSync(descriptor)
      closed = true
    },
  }
}

/** A kill can leave half a line at the end; nothing after it was ever confirmed to anybody. */
const readLines = (file: string): Line[] => {
  if (!existsSync(file)) return []
  const lines: Line[] = []
  for (const text of readFileSync(file, 'utf8').split('\n')) {
    try {
      if (text !== '') lines.push(JSON.parse(text) as Line)
    } catch {
      break
    }
  }
  return lines
}

const rewrite = (file: string, tables: Tables): number => {
  const fresh = openSync(`${file}.new`, 'w')
  let lines = 0
  for (const [table, rows] of tables) {
    for (const [key, value] of rows) {
      writeSync(fresh, `${JSON.stringify([table, key, value])}\n`)
      lines += 1
    }
  }
  closeSync(fresh)
  renameSync(`${file}.new`, file)
  return lines
}
