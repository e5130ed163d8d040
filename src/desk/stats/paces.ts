import { setImmediate } from 'node:timers/promises'
import { type Desk, LINES } from '../desk.ts'
import type { Spell } from './count.ts'
import { percentile, workedOf } from './worked.ts'

/** Minutes are working minutes of the line. `within`: how many of a hundred kept to the plan; null: nothing to judge. */
export type Pace = { count: number; p50: number | null; p90: number | null; plan: number; within: number | null }

/** How long things took, by line and together. A breath between lines, so that nobody waits for it. */
export const pacesOf = async (desk: Desk, what: 'first_answer' | 'closing', spells: Spell[]) => {
  const { schedule, targets } = desk.texts()
  const plans = targets.plan[what]
  const byLine = new Map<string, Pace>()
  const every: { minutes: number; plan: number }[] = []
  for (const line of LINES) {
    const mine = spells.filter((one) => one.line === line)
    const plan = plans[line] ?? plans.default
    const bounds = [Math.min(...mine.map(({ began }) => began)), Math.max(...mine.map(({ ended }) => ended))] as const
    const worked = mine.length === 0 ? () => 0 : workedOf(schedule, line, bounds)
    const took = mine.map(({ began, ended }) => ({ minutes: worked(began, ended), plan }))
    byLine.set(line, paceOf(took, plan))
    every.push(...took)
    await setImmediate()
  }
  const all = paceOf(every, plans.default)
  return { all, of: (line: string) => byLine.get(line) ?? paceOf([], plans.default) }
}

const paceOf = (took: { minutes: number; plan: number }[], plan: number): Pace => {
  const sorted = took.map(({ minutes }) => minutes).sort((a, b) => a - b)
  const kept = took.filter((one) => one.minutes <= one.plan).length
  return {
    count: took.length,
    p50: percentile(sorted, 0.5),
    p90: percentile(sorted, 0.9),
    plan,
    within: took.length === 0 ? null : Math.round((kept / took.length) * 100),
  }
}
