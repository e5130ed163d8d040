import { readFileSync } from 'node:fs'
import { onEnglishKeys, onRussianKeys } from '../desk/answers/layout.ts'
import { normalise } from '../desk/answers/normalise.ts'
import type { Phrases } from '../desk/answers/phrases.ts'
import { readAsRussian } from '../desk/answers/transliterate.ts'

export type Row = { lang: string; question: string; topics: string[]; kind: string }

/** Tab-separated without quoting: lang, question, topic ids (best first, or `none`), kind, source. */
export function readRows(file: string): Row[] {
  return readFileSync(file, 'utf8')
    .split('\n')
    .filter((line) => line.includes('\t') && !line.startsWith('lang\t'))
    .map((line) => {
      const [lang = '', question = '', topics = '', kind = ''] = line.split('\t')
      return { lang, question, topics: topics.split(','), kind }
    })
}

/** Which of `parts` a row is held out with; by its text, so that the order of the file does not matter. */
export function partOf(question: string, parts: number): number {
  let hash = 2166136261
  for (const letter of normalise(question)) hash = Math.imul(hash ^ (letter.codePointAt(0) ?? 0), 16777619)
  return ((hash ^ (hash >>> 15)) >>> 0) % parts
}

/** The phrases without those that say the same as a held-out row, letter for letter or nearly. */
export function without(phrases: Phrases, held: Row[]): Phrases {
  const readings = held.flatMap(({ question }) => readingsOf(normalise(question)))
  const exact = new Set(readings)
  const bags = readings.map(trigrams)
  const index = new Map<string, number[]>()
  bags.forEach((bag, at) => {
    for (const piece of bag) {
      const there = index.get(piece)
      if (there) there.push(at)
      else index.set(piece, [at])
    }
  })
  const same = (line: string) => exact.has(normalise(line)) || nearlySame(trigrams(line), bags, index)
  return phrases.map((entry) => ({ ...entry, ask: entry.ask.filter((line) => !same(line)) }))
}

/** As typed, and as it may have been meant. */
function readingsOf(typed: string): string[] {
  return [typed, onRussianKeys(typed), onEnglishKeys(typed), readAsRussian(typed)]
}

function nearlySame(bag: Set<string>, bags: Set<string>[], index: Map<string, number[]>): boolean {
  const shared = new Map<number, number>()
  for (const piece of bag) for (const at of index.get(piece) ?? []) shared.set(at, (shared.get(at) ?? 0) + 1)
  return [...shared].some(([at, count]) => count / (bag.size + (bags[at]?.size ?? 0) - count) >= 0.5)
}

function trigrams(text: string): Set<string> {
  const framed = ` ${normalise(text)} `
  const pieces = new Set<string>()
  for (let at = 0; at + 3 <= framed.length; at += 1) pieces.add(framed.slice(at, at + 3))
  return pieces
}
