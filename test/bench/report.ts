/** Rates are handled updates a second, times milliseconds, memory MiB. */
export type Figures = {
  relay: number
  press: number
  typed: number
  relayLate: number
  p50: number
  p99: number
  startMs: number
  memory: number
}
type Row = {
  name: string
  of: keyof Figures
  yardstick: keyof Figures | null
  goal: string
  meets(value: number): boolean
}

const ROWS: Row[] = [
  { name: 'relay, updates a second', of: 'relay', yardstick: 'relay', goal: '≥ 0.25', meets: (x) => x >= 0.25 },
  { name: 'relay, API 50 ms late', of: 'relayLate', yardstick: 'relayLate', goal: '≥ 0.7', meets: (x) => x >= 0.7 },
  { name: 'an FAQ press', of: 'press', yardstick: 'press', goal: '≥ 0.35', meets: (x) => x >= 0.35 },
  { name: 'a typed question', of: 'typed', yardstick: 'typed', goal: '≥ 0.2', meets: (x) => x >= 0.2 },
  { name: 'p50 at 200 a second, ms', of: 'p50', yardstick: 'p50', goal: '≤ 5', meets: (x) => x <= 5 },
  { name: 'p99 at 200 a second, ms', of: 'p99', yardstick: 'p99', goal: '≤ 6', meets: (x) => x <= 6 },
  { name: 'peak memory, MiB', of: 'memory', yardstick: 'memory', goal: '≤ 2.2', meets: (x) => x <= 2.2 },
  { name: 'start to first answer, ms', of: 'startMs', yardstick: null, goal: '≤ 1500 ms', meets: (x) => x <= 1_500 },
]

/** A Markdown table: medians of both, and the median of the ratios round by round. */
export const table = ({ yardstick, desk }: { yardstick: Figures[]; desk: Figures[] }): string => {
  const lines = ROWS.map(({ name, of, yardstick: by, goal, meets }) => {
    const own = desk.map((one) => one[of])
    const others = by ? yardstick.map((one) => one[by]) : []
    const ratios = own.map((value, n) => value / (others[n] ?? 1))
    const judged = by ? median(ratios) : median(own)
    const ratio = by ? `${number(judged)} (${number(Math.min(...ratios))}–${number(Math.max(...ratios))})` : '–'
    return `| ${name} | ${by ? number(median(others)) : '–'} | ${number(median(own))} | ${ratio} | ${goal} | ${meets(judged) ? 'yes' : 'no'} |`
  })
  return ['| | yardstick | desk | ratio | goal | reached |', '|---|---|---|---|---|---|', ...lines, ''].join('\n')
}

export const median = (list: number[]): number => [...list].sort((a, b) => a - b)[Math.floor(list.length / 2)] ?? 0

const number = (value: number): string => (value >= 100 ? value.toFixed(0) : value.toFixed(2))
