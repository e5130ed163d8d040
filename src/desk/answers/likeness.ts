import { soundsOf } from './sounds.ts'
import { stemOf } from './stems.ts'

/** One phrase an entry is known by, as words already read and mended. */
export type Sample = { id: string; words: string[] }
export type Search = { ids: string[]; samples: { id: number; norm: number }[]; postings: Map<string, Posting> }
type Posting = { weight: number; at: number[]; values: number[] }

/** Cosine of weighted stems, sounds and letter groups with every phrase; needs no training, so it answers from the first second. */
export function buildSearch(samples: Sample[]): Search {
  const ids = [...new Set(samples.map((sample) => sample.id))]
  const search: Search = { ids, samples: [], postings: new Map() }
  const bags = samples.map((sample) => bagOf(sample.words))
  bags.forEach((bag, at) => {
    for (const [term, value] of bag) addPosting(postingOf(search, term), at, value)
  })
  for (const posting of search.postings.values()) posting.weight = Math.log(1 + samples.length / posting.at.length)
  bags.forEach((bag, at) => {
    let norm = 0
    for (const [term, value] of bag) norm += (value * (search.postings.get(term)?.weight ?? 0)) ** 2
    search.samples.push({ id: ids.indexOf(samples[at]?.id ?? ''), norm: Math.sqrt(norm) || 1 })
  })
  return search
}

/** For each entry (in the order of `search.ids`) its likeness, 0 to 1: its nearest phrases, the first one most. */
export function likenessOf(search: Search, words: string[]): number[] {
  const sums = new Float64Array(search.samples.length)
  let norm = 0
  for (const [term, value] of bagOf(words)) {
    const posting = search.postings.get(term)
    const weight = posting?.weight ?? Math.log(1 + search.samples.length)
    norm += (value * weight) ** 2
    posting?.at.forEach((at, place) => {
      sums[at] = (sums[at] ?? 0) + value * (posting.values[place] ?? 0) * weight * weight
    })
  }
  return nearest(search, sums, Math.sqrt(norm) || 1)
}

function nearest(search: Search, sums: Float64Array, norm: number): number[] {
  const best = search.ids.map(() => [0, 0, 0])
  sums.forEach((sum, at) => {
    if (sum === 0) return
    const sample = search.samples[at]
    const row = sample && best[sample.id]
    if (!row) return
    row.push(sum / (sample.norm * norm))
    row.sort((one, other) => other - one).pop()
  })
  return best.map(([first = 0, second = 0, third = 0]) => 0.6 * first + 0.25 * second + 0.15 * third)
}

function postingOf(search: Search, term: string): Posting {
  const posting = search.postings.get(term) ?? { weight: 0, at: [], values: [] }
  search.postings.set(term, posting)
  return posting
}

function addPosting(posting: Posting, at: number, value: number): void {
  posting.at.push(at)
  posting.values.push(value)
}

function bagOf(words: string[]): Map<string, number> {
  const bag = new Map<string, number>()
  const add = (term: string, value: number) => bag.set(term, (bag.get(term) ?? 0) + value)
  let previous = '^'
  for (const word of words) {
    const stem = stemOf(word)
    add(`s:${stem}`, 1)
    add(`b:${previous} ${stem}`, 0.5)
    previous = stem
    const sounds = `^${soundsOf(word)}$`
    add(`p:${soundsOf(stem)}`, 0.5)
    for (let from = 0; from + 4 <= sounds.length; from += 1) add(`g:${sounds.slice(from, from + 4)}`, 0.3)
  }
  for (const [term, value] of bag) bag.set(term, value > 1 ? 1 + Math.log(value) : value)
  return bag
}
