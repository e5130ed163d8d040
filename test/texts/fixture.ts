import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import { checkTextSet } from '../../src/texts/check.ts'
import { readTextSet } from '../../src/texts/set.ts'
import type { Fault } from '../../src/texts/source.ts'

export const GOOD = join(import.meta.dirname, '..', 'data', 'locales')
export const TODAY = '2026-03-01'

/** A copy of the good set, in which a test may spoil something; it goes away with the test. */
export const copied = (): string => {
  const dir = mkdtempSync(join(tmpdir(), 'okoshko-texts-'))
  cpSync(GOOD, dir, { recursive: true })
  onTestFinished(() => rmSync(dir, { recursive: true, force: true }))
  return dir
}

export const change = (dir: string, file: string, [from, to]: readonly [string, string]): void => {
  const path = join(dir, file)
  const before = readFileSync(path, 'utf8')
  if (!before.includes(from)) throw new Error(`${file} has no ${from}`)
  writeFileSync(
    path,
    before.replace(from, () => to),
  )
}

/** The errors that one change brings. */
export const faultsAfter = (file: string, from: string, to: string): Fault[] => {
  const dir = copied()
  change(dir, file, [from, to])
  return errorsIn(dir)
}

export const errorsIn = (dir: string): Fault[] => faultsIn(dir).filter((fault) => fault.severity === 'error')

export const faultsIn = (dir: string, today = TODAY): Fault[] => {
  const set = readTextSet(dir)
  return [...set.faults, ...checkTextSet(set, today)]
}
