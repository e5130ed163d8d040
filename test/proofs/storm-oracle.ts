import type { Entry } from '../../src/sandbox/journal.ts'

export type Side = 'citizen' | 'operator'
export type Said = { appeal: number; side: Side; n: number }

const SYLLABLES = ['ba', 'be', 'bi', 'bo', 'du', 'da', 'ke', 'ki', 'ko', 'lu', 'la', 'me', 'mi', 'no', 'pu', 'ra']
/** A number without digits, so that nothing in it looks like a secret: the guard would hide it. */
const inSyllables = (n: number): string =>
  [(n >> 8) & 15, (n >> 4) & 15, n & 15].map((place) => SYLLABLES[place]).join('')
const fromSyllables = (word: string): number =>
  (word.match(/../g) ?? []).reduce((sum, one) => sum * 16 + SYLLABLES.indexOf(one), 0)

export const wordsOf = ({ appeal, side, n }: Said): string =>
  `Строка ${side === 'citizen' ? 'c' : 'o'}-${inSyllables(appeal)}-${inSyllables(n)}`
const tokens = (text: string): Said[] =>
  [...text.matchAll(/\b([co])-([a-z]{6})-([a-z]{6})\b/g)].map(([, side, appeal, n]) => ({
    side: side === 'c' ? 'citizen' : 'operator',
    appeal: fromSyllables(appeal ?? ''),
    n: fromSyllables(n ?? ''),
  }))

export type Place = { citizen: number; thread: number }
export type Verdict = {
  arrived: number
  lost: string[]
  astray: string[]
  unmarked: string[]
  inverted: string[]
  /** Sent again, and said to be so; `needless`: the first had not arrived. */
  marked: number
  doubles: number
}

/** Reads off the wire what became of everything that was said: nothing is asked of the desk. */
export const judge = (
  entries: Entry[],
  said: Said[],
  { places, group }: { places: Place[]; group: number },
): Verdict => {
  const verdict: Verdict = { arrived: 0, lost: [], astray: [], unmarked: [], inverted: [], marked: 0, doubles: 0 }
  const seen = new Map<string, number>()
  const last = new Map<string, number>()
  for (const { method, params } of entries) {
    if (method !== 'sendMessage' || typeof params.text !== 'string') continue
    const marked = params.text.includes('возможный повтор')
    for (const one of tokens(params.text)) {
      const key = wordsOf(one)
      const place = places[one.appeal]
      const home =
        one.side === 'citizen'
          ? params.chat_id === group && params.message_thread_id === place?.thread
          : params.chat_id === place?.citizen
      if (!home) verdict.astray.push(key)
      const before = seen.get(key) ?? 0
      seen.set(key, before + 1)
      if (marked) verdict.marked += 1
      if (before > 0) verdict.doubles += 1
      if (before > 0 && !marked) verdict.unmarked.push(key)
      const lane = `${one.side}:${one.appeal}`
      if (one.n < (last.get(lane) ?? -1)) verdict.inverted.push(key)
      last.set(lane, Math.max(one.n, last.get(lane) ?? -1))
    }
  }
  verdict.lost = said.map(wordsOf).filter((key) => !seen.has(key))
  verdict.arrived = seen.size
  return verdict
}
