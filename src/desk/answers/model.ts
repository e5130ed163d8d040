import { addCounted } from './bayes.ts'
import { type Concepts, type ConceptTable, conceptsIn, keyOf, readConcepts } from './concepts.ts'
import { type Bag, featuresOf } from './features.ts'
import { hashOf } from './hash.ts'
import { linesOf, OFF_TOPIC, type Phrases } from './phrases.ts'
import { createReader, type Reader } from './reader.ts'
import { chancesOf, type Fitted, learnWeights, type Row } from './regression.ts'
import { type Ours, oursOf, strangeIn } from './strange.ts'

/**
 * Plain arrays only: a model crosses threads and rests in a file. `weights` are bytes, each feature with its own scale.
 * `foreign` are the meanings that were mostly met in questions about something else, `ours` the words met in our own, `phrases` these as they stand.
 */
export type Model = {
  ids: string[]
  foreign: string[]
  ours: Uint32Array
  phrases: Uint32Array
  samples: number
  keys: Uint32Array
  rarity: Float32Array
  scales: Float32Array
  weights: Int8Array
  bias: Float32Array
}

/** How likely each entry is; how many meanings of ours and of somebody else's the question holds, how many words, how many strange to us. */
export type Guess = {
  scores: { id: string; score: number }[]
  own: number
  foreign: number
  strange: number
  telling: number
  /** Typed in the words that somebody wrote beside an entry. */
  known: boolean
}
export type Guesser = (words: string[]) => Guess

/** A meaning is foreign when it is met in questions about something else more often than this. */
const FOREIGN = 0.6

/** Pure and slow (seconds): to be called in a worker thread. */
export function trainModel(phrases: Phrases, table: ConceptTable): Model {
  const concepts = readConcepts(table)
  const samples = samplesOf(phrases, createReader(phrases, table), concepts)
  const own = samples.filter(({ id }) => id !== OFF_TOPIC)
  const elsewhere = new Set(samples.filter(({ id }) => id === OFF_TOPIC).map(({ words }) => nameOf(words)))
  const ours = oursOf(own.map(({ words }) => words))
  const ids = [...new Set(phrases.map((entry) => entry.id))].sort()
  const { keys, rarity } = countFeatures(samples.map((sample) => sample.bag))
  const rowOf = rowMaker(keys, rarity, samples.length)
  const rows = samples.map((sample) => rowOf(sample.bag))
  const labels = samples.map((sample) => ids.indexOf(sample.id))
  const weights = learnWeights(rows, labels, { classes: ids.length, features: keys.length })
  addCounted(weights, rows, labels)
  return {
    ids,
    foreign: foreignOf(samples),
    ours: Uint32Array.from(ours),
    phrases: Uint32Array.from(own.map(({ words }) => nameOf(words)).filter((name) => !elsewhere.has(name))),
    samples: samples.length,
    keys,
    rarity,
    bias: weights.bias,
    ...toBytes(weights),
  }
}

/** How likely each entry is meant, `none` among them; in the order of `model.ids`. */
export function guesserOf(model: Model, table: ConceptTable): Guesser {
  const concepts = readConcepts(table)
  const rowOf = rowMaker(model.keys, model.rarity, model.samples)
  const weights = { classes: model.ids.length, weights: model.weights, bias: model.bias }
  const isForeign = new Set(model.foreign)
  const ours: Ours = new Set(model.ours)
  const phrases = new Set(model.phrases)
  return (words) => {
    const row = rowOf(featuresOf(words, concepts))
    row.places.forEach((place, at) => {
      row.values[at] = (row.values[at] ?? 0) * (model.scales[place] ?? 0)
    })
    const chances = chancesOf(weights, row)
    const said = [...meaningsOf(words, concepts)]
    const foreign = said.filter((concept) => isForeign.has(concept)).length
    const scores = model.ids.map((id, at) => ({ id, score: chances[at] ?? 0 }))
    return { scores, own: said.length - foreign, foreign, ...strangeIn(words, ours), known: phrases.has(nameOf(words)) }
  }
}

/** The same for the same words in another order or with other endings. */
const nameOf = (words: string[]): number => hashOf(words.map(keyOf).sort().join(' '))

type Sample = { id: string; words: string[]; bag: Bag; said: Set<string> }

function samplesOf(phrases: Phrases, read: Reader, concepts: Concepts): Sample[] {
  return phrases.flatMap(({ id, ...entry }) =>
    linesOf({ id, ...entry }).map((line) => {
      const words = read(line)
      return { id, words, bag: featuresOf(words, concepts), said: meaningsOf(words, concepts) }
    }),
  )
}

function meaningsOf(words: string[], concepts: Concepts): Set<string> {
  return new Set(conceptsIn(concepts, words.map(keyOf)).map(({ concept }) => concept))
}

function foreignOf(samples: Sample[]): string[] {
  const met = new Map<string, { all: number; off: number }>()
  for (const { id, said } of samples) {
    for (const concept of said) {
      const { all, off } = met.get(concept) ?? { all: 0, off: 0 }
      met.set(concept, { all: all + 1, off: off + (id === OFF_TOPIC ? 1 : 0) })
    }
  }
  return [...met].filter(([, { all, off }]) => off > all * FOREIGN).map(([concept]) => concept)
}

function countFeatures(bags: Bag[]): { keys: Uint32Array; rarity: Float32Array } {
  const counts = new Map<number, number>()
  for (const bag of bags) for (const key of bag.keys()) counts.set(key, (counts.get(key) ?? 0) + 1)
  const rarity = Float32Array.from(counts.values(), (count) => Math.sqrt(Math.log(1 + bags.length / count)))
  return { keys: Uint32Array.from(counts.keys()), rarity }
}

function rowMaker(keys: Uint32Array, rarity: Float32Array, samples: number): (bag: Bag) => Row {
  const places = new Map<number, number>()
  keys.forEach((key, at) => {
    places.set(key, at)
  })
  const unseen = Math.log(1 + samples)
  return (bag) => {
    const found: number[] = []
    const values: number[] = []
    let norm = 0
    for (const [key, value] of bag) {
      const place = places.get(key)
      const weighted = place === undefined ? 0 : value * (rarity[place] ?? 0)
      norm += place === undefined ? value * value * unseen : weighted * weighted
      if (place === undefined) continue
      found.push(place)
      values.push(weighted)
    }
    const length = Math.sqrt(norm) || 1
    return { places: Uint32Array.from(found), values: Float32Array.from(values, (value) => value / length) }
  }
}

function toBytes({ weights, classes }: Fitted): { scales: Float32Array; weights: Int8Array } {
  const scales = new Float32Array(weights.length / classes)
  const bytes = new Int8Array(weights.length)
  for (let at = 0; at < scales.length; at += 1) {
    const row = weights.subarray(at * classes, (at + 1) * classes)
    const scale = row.reduce((most, weight) => Math.max(most, Math.abs(weight)), 0) / 127 || 1
    scales[at] = scale
    row.forEach((weight, k) => {
      bytes[at * classes + k] = Math.round(weight / scale)
    })
  }
  return { scales, weights: bytes }
}
