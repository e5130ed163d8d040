import { hitsFirst, isOff, type Score, scoreOf, type Tried } from './faq-score.ts'

const HEAD = ['', 'rows', 'top-1', 'top-3', 'shown', 'wrong', 'off', 'answered', 'left']

/** The whole report as text: by kind, by language, by entry, the worst confusions, what other bounds would give, milliseconds. */
export function report(tried: Tried[], withMisses: boolean): string {
  const parts = [
    table('by kind', tried, ({ row }) => row.kind),
    table('by language', tried, ({ row }) => row.lang),
    table('by entry', tried, ({ row }) => row.topics[0] ?? ''),
    confusions(tried),
    bounds(tried),
    speed(tried),
  ]
  return [...parts, ...(withMisses ? [misses(tried)] : [])].join('\n\n')
}

function table(title: string, tried: Tried[], keyOf: (one: Tried) => string): string {
  const keys = [...new Set(tried.map(keyOf))].sort()
  const rows = keys.map((key) => line(key, scoreOf(tried.filter((one) => keyOf(one) === key))))
  return [title, columns(HEAD), ...rows, line('all', scoreOf(tried))].join('\n')
}

function line(name: string, score: Score): string {
  const shares = [score.first, score.three, score.shown, score.wrong].map(percent)
  return columns([
    name,
    String(score.rows),
    ...shares,
    String(score.off),
    percent(score.offAnswered),
    percent(score.offLeft),
  ])
}

function percent(value: number): string {
  return Number.isNaN(value) ? '' : value.toFixed(1)
}

function columns(cells: string[]): string {
  return cells.map((cell, at) => (at === 0 ? cell.padEnd(24) : cell.padStart(9))).join('')
}

function confusions(tried: Tried[]): string {
  const counts = new Map<string, number>()
  for (const one of tried) {
    if (isOff(one.row) || hitsFirst(one)) continue
    const pair = `${one.row.topics[0]} taken for ${one.found.entries[0]?.id}`
    counts.set(pair, (counts.get(pair) ?? 0) + 1)
  }
  const worst = [...counts].sort((one, other) => other[1] - one[1]).slice(0, 12)
  return ['worst confusions', ...worst.map(([pair, count]) => `${count} × ${pair}`)].join('\n')
}

function misses(tried: Tried[]): string {
  const wrong = tried.filter((one) => (isOff(one.row) ? one.found.verdict !== 'none' : !hitsFirst(one)))
  return ['misses', ...wrong.map(missed)].join('\n')
}

function missed({ row, found }: Tried): string {
  const guesses = found.entries.map(({ id, score }) => `${id} ${score.toFixed(2)}`).join(', ')
  return `${row.kind} · ${row.topics.join(',')} · ${row.question}\n    ${found.verdict}: ${guesses}`
}

/** Were direct answers given from another score on, of those that are given or suggested now. */
function bounds(tried: Tried[]): string {
  const rows = [0.5, 0.6, 0.7, 0.8, 0.9, 0.95].map((least) => {
    const direct = tried.filter(({ found }) => found.verdict !== 'none' && (found.entries[0]?.score ?? 0) >= least)
    const own = direct.filter(({ row }) => !isOff(row))
    const all = tried.filter(({ row }) => !isOff(row)).length
    const wrong = own.filter((one) => !hitsFirst(one)).length
    return columns([`from ${least}`, share(own.length, all), share(wrong, all), String(direct.length - own.length)])
  })
  return ['bounds of a direct answer', columns(['', 'direct', 'wrong', 'off']), ...rows].join('\n')
}

function share(part: number, all: number): string {
  return percent((100 * part) / all)
}

function speed(tried: Tried[]): string {
  const times = tried.map(({ ms }) => ms).sort((one, other) => one - other)
  const at = (share: number) => (times[Math.min(times.length - 1, Math.floor(times.length * share))] ?? 0).toFixed(2)
  return `ms a question: median ${at(0.5)}, p99 ${at(0.99)}, worst ${at(1)}`
}
