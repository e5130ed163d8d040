import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { LOCALES } from '../src/texts.ts'

export type WordsFolder = {
  dir: string
  write(file: string, text: string): void
  change(file: string, from: string | RegExp, to: string): void
  drop(file: string): void
  /** The whole folder as it was. */
  restore(): void
  remove(): void
}

/** A copy of the texts of this desk, which a test may change as an admin does. */
export const wordsFolder = (): WordsFolder => {
  const dir = mkdtempSync(join(tmpdir(), 'okoshko-words-'))
  const source = fileURLToPath(LOCALES)
  cpSync(source, dir, { recursive: true })
  return {
    dir,
    write: (file, text) => {
      mkdirSync(dirname(join(dir, file)), { recursive: true })
      writeFileSync(join(dir, file), text)
    },
    change: (file, from, to) => {
      const before = readFileSync(join(dir, file), 'utf8')
      const after = before.replace(from, () => to)
      if (after === before) throw new Error(`${file} has no ${from}`)
      writeFileSync(join(dir, file), after)
    },
    drop: (file) => rmSync(join(dir, file), { recursive: true }),
    restore: () => {
      for (const file of readdirSync(dir)) rmSync(join(dir, file), { recursive: true })
      cpSync(source, dir, { recursive: true })
    },
    remove: () => rmSync(dir, { recursive: true, force: true }),
  }
}
