/** A text as places of known features and their values, of length one with what is unknown. */
export type Row = { places: Uint32Array; values: Float32Array }
/** `weights` hold all classes of the first feature, then of the second … */
export type Weights = { classes: number; weights: Float32Array | Int8Array; bias: Float32Array }
export type Fitted = Weights & { weights: Float32Array }
type Training = Fitted & { squares: Float32Array; chances: Float64Array<ArrayBuffer> }

const EPOCHS = 8
const STEP = 0.3
const DECAY = 1e-3
/** Rows have length one; the scale lets a handful of features decide. */
export const SCALE = 3

/** Softmax regression by stochastic descent with a step of its own for each weight (AdaGrad). The same rows give the same weights. */
export function learnWeights(rows: Row[], labels: number[], size: { classes: number; features: number }): Fitted {
  const training: Training = {
    classes: size.classes,
    weights: new Float32Array(size.features * size.classes),
    squares: new Float32Array(size.features * size.classes).fill(1e-3),
    bias: new Float32Array(size.classes),
    chances: new Float64Array(size.classes),
  }
  const order = rows.map((_, at) => at)
  const random = lottery(1)
  for (let epoch = 0; epoch < EPOCHS; epoch += 1) {
    shuffle(order, random)
    for (const at of order) {
      const row = rows[at]
      if (row) learn(training, row, labels[at] ?? 0)
    }
  }
  return { classes: training.classes, weights: training.weights, bias: training.bias }
}

/** Chances of all classes, together one. */
export function chancesOf(weights: Weights, row: Row, into = new Float64Array(weights.classes)): Float64Array {
  into.set(weights.bias)
  for (let at = 0; at < row.places.length; at += 1) {
    const start = (row.places[at] ?? 0) * weights.classes
    const value = (row.values[at] ?? 0) * SCALE
    for (let k = 0; k < weights.classes; k += 1) into[k] = (into[k] ?? 0) + (weights.weights[start + k] ?? 0) * value
  }
  return softmax(into)
}

function softmax(scores: Float64Array): Float64Array {
  const highest = scores.reduce((best, score) => Math.max(best, score), Number.NEGATIVE_INFINITY)
  let sum = 0
  for (let k = 0; k < scores.length; k += 1) {
    const chance = Math.exp((scores[k] ?? 0) - highest)
    scores[k] = chance
    sum += chance
  }
  for (let k = 0; k < scores.length; k += 1) scores[k] = (scores[k] ?? 0) / sum
  return scores
}

function learn(training: Training, row: Row, label: number): void {
  const { classes, weights, squares, bias } = training
  const gradient = chancesOf(training, row, training.chances)
  gradient[label] = (gradient[label] ?? 0) - 1
  for (let k = 0; k < classes; k += 1) bias[k] = (bias[k] ?? 0) - 0.01 * STEP * (gradient[k] ?? 0)
  for (let at = 0; at < row.places.length; at += 1) {
    const start = (row.places[at] ?? 0) * classes
    const value = (row.values[at] ?? 0) * SCALE
    for (let place = start; place < start + classes; place += 1) {
      const weight = weights[place] ?? 0
      const slope = (gradient[place - start] ?? 0) * value + DECAY * weight
      const square = (squares[place] ?? 0) + slope * slope
      squares[place] = square
      weights[place] = weight - (STEP * slope) / Math.sqrt(square)
    }
  }
}

/** A fixed sequence of numbers between 0 and 1: a model must not depend on the day it was made. */
function lottery(seed: number): () => number {
  let state = seed
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    return state / 2 ** 32
  }
}

function shuffle(order: number[], random: () => number): void {
  for (let at = order.length - 1; at > 0; at -= 1) {
    const other = Math.floor(random() * (at + 1))
    const moved = order[at] ?? 0
    order[at] = order[other] ?? 0
    order[other] = moved
  }
}
