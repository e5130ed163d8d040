import { type Fitted, type Row, SCALE } from './regression.ts'

/** What a feature never met with an entry counts for. */
const UNMET = 0.05
const SHARE = 1

/**
 * Adds to each weight what counting alone would say (multinomial naive Bayes). Regression trusts the few features that tell
 * the phrases apart; in a wording nobody used before those are missing, and counting spreads its trust over all of them.
 * Both are sums over the same features, so one set of weights holds the product of both chances.
 */
export function addCounted({ weights, classes }: Fitted, rows: Row[], labels: number[]): void {
  const counts = new Float64Array(weights.length)
  const sums = new Float64Array(classes)
  rows.forEach(({ places, values }, at) => {
    const label = labels[at] ?? 0
    places.forEach((place, n) => {
      const value = values[n] ?? 0
      counts[place * classes + label] = (counts[place * classes + label] ?? 0) + value
      sums[label] = (sums[label] ?? 0) + value
    })
  })
  const features = weights.length / classes
  const logs = new Float64Array(classes)
  for (let place = 0; place < features; place += 1) {
    for (let k = 0; k < classes; k += 1) {
      const met = (counts[place * classes + k] ?? 0) + UNMET
      logs[k] = Math.log(met / ((sums[k] ?? 0) + UNMET * features))
    }
    // Less their mean, which says nothing about which entry it is, and would cost the bytes their precision.
    const mean = logs.reduce((sum, log) => sum + log, 0) / classes
    logs.forEach((log, k) => {
      const at = place * classes + k
      weights[at] = (weights[at] ?? 0) + (SHARE / SCALE) * (log - mean)
    })
  }
}
