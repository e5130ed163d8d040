import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Span } from '../desk/secrets/span.ts'

export type Row = { text: string; label: string; detail: string }
export type SecretRow = { text: string; spans: Span[]; kind: string }

/** Rows of one set, from whichever of its files the folder holds (`links.dev.tsv`, `links.tsv` …). */
export const readRows = (dir: string, set: string): Row[] =>
  linesOf(dir, set, 'tsv').map((line) => {
    const [text = '', label = '', detail = ''] = line.split('\t')
    return { text, label, detail }
  })

export const readSecretRows = (dir: string): SecretRow[] =>
  linesOf(dir, 'pii', 'jsonl').map((line) => JSON.parse(line) as SecretRow)

function linesOf(dir: string, set: string, ending: string): string[] {
  const names = readdirSync(dir).filter(
    (name) => name.startsWith(`${set}.`) && name.endsWith(`.${ending}`) && !name.includes('ambiguous'),
  )
  return names.flatMap((name) => readFileSync(join(dir, name), 'utf8').split('\n')).filter((line) => line !== '')
}
