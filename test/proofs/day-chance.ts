/** What happens by chance, the same for the same seed. */
export type Chance = {
  /** Between 0 and 1. */
  part(): number
  between(least: number, most: number): number
  whole(least: number, most: number): number
  happens(part: number): boolean
  one<T>(list: readonly T[]): T
  /** One of the names, each as likely as its weight says. */
  weighed<T extends string>(weights: Record<T, number>): T
  /** A stream of its own, so that one person's day does not depend on how others' days interleave with it. */
  apart(name: number): Chance
}

export const chanceOf = (seed: number): Chance => {
  const part = mulberry(seed)
  const between = (least: number, most: number) => least + part() * (most - least)
  const whole = (least: number, most: number) => Math.floor(between(least, most + 1))
  return {
    part,
    between,
    whole,
    happens: (likely) => part() < likely,
    one: <T>(list: readonly T[]) => list[whole(0, list.length - 1)] as T,
    weighed: <T extends string>(weights: Record<T, number>) => {
      const names = Object.keys(weights) as T[]
      let left = part() * names.reduce((sum, name) => sum + weights[name], 0)
      for (const name of names) {
        left -= weights[name]
        if (left < 0) return name
      }
      return names[0] as T
    },
    apart: (name) => chanceOf((seed ^ Math.imul(name + 1, 0x9e3779b1)) >>> 0),
  }
}

const mulberry = (seed: number) => {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}
