import type { Found } from '../desk/answers/search.ts'
import type { Row } from './faq-rows.ts'

export type Tried = { row: Row; found: Found; ms: number }
export type Score = {
  rows: number
  first: number
  three: number
  shown: number
  wrong: number
  off: number
  offAnswered: number
  offLeft: number
}

/** Shares in per cent. Questions that have an entry and messages about something else are counted apart. */
export function scoreOf(tried: Tried[]): Score {
  const own = tried.filter(({ row }) => !isOff(row))
  const off = tried.filter(({ row }) => isOff(row))
  return {
    rows: own.length,
    first: share(own, hitsFirst),
    three: share(own, hitsThree),
    shown: share(own, isShown),
    wrong: share(own, (one) => one.found.verdict === 'answer' && !hitsFirst(one)),
    off: off.length,
    offAnswered: share(off, ({ found }) => found.verdict === 'answer'),
    offLeft: share(off, ({ found }) => found.verdict === 'none'),
  }
}

export function isOff(row: Row): boolean {
  return row.topics[0] === 'none'
}

export function hitsFirst({ row, found }: Tried): boolean {
  return row.topics.includes(found.entries[0]?.id ?? '')
}

function hitsThree({ row, found }: Tried): boolean {
  return found.entries.some(({ id }) => row.topics.includes(id))
}

function isShown(one: Tried): boolean {
  return one.found.verdict === 'answer' ? hitsFirst(one) : one.found.verdict === 'suggest' && hitsThree(one)
}

function share(tried: Tried[], is: (one: Tried) => boolean): number {
  return tried.length === 0 ? Number.NaN : (100 * tried.filter(is).length) / tried.length
}
