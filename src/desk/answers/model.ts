import { type Concepts, type ConceptTable, readConcepts } from './concepts.ts'
import { type Bag, featuresOf } from './features.ts'
import { linesOf, type Phrases } from './phrases.ts'
import { createReader, type Reader } from './reader.ts'
import { chancesOf, type Fitted, learnWeights, type Row } from './regression.ts'

/** Plain arrays only: a model crosses threads and rests in a file. `weights` are bytes, each feature with its own scale. */
export type Model = {
  ids: string[]
  samples: number
  keys: Uint32Array
  rarity: Float32Array
  scales: Float32Array
  weights: Int8Array
  bias: Float32Array
}

export type Chances = (words: string[]) => { id: string; score: number }[]

/** Pure and slow (seconds): to be called in a worker thread. */
export function trainModel(phrases: Phrases, table: ConceptTable): Model {
  const samples = samplesOf(phrases, createReader(phrases, table), readConcepts(table))
  const ids = [...new Set(phrases.map((entry) => entry.id))].sort()
  const { keys, rarity } = countFeatures(samples.map((sample) => sample.bag))
  const rowOf = rowMaker(keys, rarity, samples.length)
  const rows = samples.map((sample) => rowOf(sample.bag))
  const labels = samples.map((sample) => ids.indexOf(sample.id))
  const weights = learnWeights(rows, labels, { classes: ids.length, features: keys.length })
  return { ids, samples: samples.length, keys, rarity, bias: weights.bias, ...toBytes(weights) }
}

/** How likely each entry is meant, `none` among them; in the order of `model.ids`. */
export function chancesBy(model: Model, table: ConceptTable): Chances {
  const concepts = readConcepts(table)
  const rowOf = rowMaker(model.keys, model.rarity, model.samples)
  const weights = { classes: model.ids.length, weights: model.weights, bias: model.bias }
  return (words) => {
    const row = rowOf(featuresOf(words, concepts))
    row.places.forEach((place, at) => {
      row.values[at] = (row.values[at] ?? 0) * (model.scales[place] ?? 0)
    })
    const chances = chancesOf(weights, row)
    return model.ids.map((id, at) => ({ id, score: chances[at] ?? 0 }))
  }
}

function samplesOf(phrases: Phrases, read: Reader, concepts: Concepts): { id: string; bag: Bag }[] {
  return phrases.flatMap((entry) =>
    linesOf(entry).map((line) => ({ id: entry.id, bag: featuresOf(read(line), concepts) })),
  )
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
