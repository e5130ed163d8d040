import { soundsOf } from './sounds.ts'

/** The words of the phrases, to be found again by their sounds or with one letter wrong. */
export type Spelling = { counts: Map<string, number>; bySound: Map<string, string>; byGap: Map<string, string> }

/** Shorter words have too many neighbours: one wrong letter makes another word of them. */
const SHORTEST_TO_MEND = 5

export function learnSpelling(words: Iterable<string>): Spelling {
  const counts = new Map<string, number>()
  for (const word of words) if (/^\p{L}+$/u.test(word)) counts.set(word, (counts.get(word) ?? 0) + 1)
  const spelling: Spelling = { counts, bySound: new Map(), byGap: new Map() }
  for (const word of counts.keys()) {
    keepCommoner(spelling, spelling.bySound, [soundsOf(word), word])
    if (word.length < SHORTEST_TO_MEND) continue
    for (const gap of gapsOf(soundsOf(word))) keepCommoner(spelling, spelling.byGap, [gap, word])
  }
  return spelling
}

/** The word as the phrases spell it: itself, its sound-alike, its neighbour, or the two words it was glued from. */
export function mend(spelling: Spelling, word: string): string[] {
  if (word.length < 3 || spelling.counts.has(word) || !/^\p{L}+$/u.test(word)) return [word]
  const sounds = soundsOf(word)
  const alike = spelling.bySound.get(sounds)
  if (alike) return [alike]
  const parted = word.length > 5 ? part(spelling, word) : null
  if (parted) return parted
  return [word.length < SHORTEST_TO_MEND ? word : (neighbour(spelling, sounds) ?? word)]
}

function keepCommoner({ counts }: Spelling, index: Map<string, string>, [key, word]: [string, string]): void {
  const there = index.get(key)
  if (!there || (counts.get(word) ?? 0) > (counts.get(there) ?? 0)) index.set(key, word)
}

function gapsOf(sounds: string): string[] {
  const gaps = [sounds]
  for (let at = 0; at < sounds.length; at += 1) gaps.push(sounds.slice(0, at) + sounds.slice(at + 1))
  return gaps
}

const GLUED = /^(не|ни|с|в|к|на|по|за|из|от|до|у|о|и)(.{4,})$/

function part(spelling: Spelling, word: string): string[] | null {
  const [, first, second] = GLUED.exec(word) ?? []
  if (!first || !second) return null
  const whole = spelling.counts.has(second) ? second : spelling.bySound.get(soundsOf(second))
  return whole && whole.length > 3 ? [first === 'ни' ? 'не' : first, whole] : null
}

function neighbour(spelling: Spelling, sounds: string): string | undefined {
  let best: string | undefined
  for (const gap of gapsOf(sounds)) {
    if (gap.length < 4) continue
    const word = spelling.byGap.get(gap)
    if (word && (!best || (spelling.counts.get(word) ?? 0) > (spelling.counts.get(best) ?? 0))) best = word
  }
  return best
}
