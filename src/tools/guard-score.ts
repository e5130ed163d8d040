export type Judged = { text: string; wanted: string; got: string; detail: string; ms: number }

/** Every row judged once after a round of warming up, with the time it took. */
export const judged = <R extends { text: string }>(
  rows: R[],
  judge: (text: string) => string,
  about: (row: R) => { wanted: string; detail: string },
): Judged[] => {
  for (let round = 0; round < 20; round += 1) for (const { text } of rows) judge(text)
  return rows.map((row) => {
    const { got, ms } = timed(() => judge(row.text))
    return { text: row.text, got, ms, ...about(row) }
  })
}

/** The middle of five times: one alone also measures whatever else the machine did. */
export const timed = <T>(work: () => T): { got: T; ms: number } => {
  let got = work()
  const times = Array.from({ length: 5 }, () => {
    const start = performance.now()
    got = work()
    return performance.now() - start
  })
  return { got, ms: times.sort((one, other) => one - other)[2] ?? 0 }
}

/** What share of the rows that should be `wanted` came out as one of `got`. */
export const share = (rows: Judged[], wanted: string, got: string[]): string => {
  const those = rows.filter((row) => row.wanted === wanted)
  const hits = those.filter((row) => got.includes(row.got)).length
  return those.length === 0 ? 'no rows' : `${((100 * hits) / those.length).toFixed(1)} % (${hits} of ${those.length})`
}

export const f1 = (rows: Judged[], label: string): number => {
  const right = rows.filter((row) => row.wanted === label && row.got === label).length
  const wrong = rows.filter((row) => (row.wanted === label) !== (row.got === label)).length
  return right === 0 ? 0 : (2 * right) / (2 * right + wrong)
}

export const speed = (times: number[]): string => {
  const sorted = times.toSorted((one, other) => one - other)
  const at = (part: number) => (sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? 0).toFixed(3)
  return `ms a text: median ${at(0.5)}, p99 ${at(0.99)}`
}

export const table = (title: string, lines: [string, string][]): string =>
  [title, ...lines.map(([name, value]) => `  ${name.padEnd(44)}${value}`)].join('\n')

export const misses = (rows: Judged[]): string =>
  rows
    .filter(({ wanted, got }) => wanted !== got)
    .map(({ text, wanted, got, detail }) => `  ${wanted} taken for ${got}: ${text} (${detail})`)
    .join('\n')
