import { hitsFirst, isOff, type Score, scoreOf, type Tried } from './faq-score.ts'

const HEAD = ['', 'rows', 'top-1', 'top-3', 'shown', 'wrong', 'off', 'answered', 'left']

/** The whole report as text: by kind, by entry, the worst confusions, milliseconds. */
export function report(tried: Tried[], detail: boolean): string {
  const parts = [table('by kind', tried, ({ row }) => row.kind), table('by language', tried, ({ row }) => row.lang)]
  if (detail)
    parts.push(
      table('by entry', tried, ({ row }) => row.topics[0] ?? ''),
      misses(tried),
    )
  parts.push(confusions(tried), speed(tried))
  return parts.join('\n\n')
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

function speed(tried: Tried[]): string {
  const times = tried.map(({ ms }) => ms).sort((one, other) => one - other)
  const at = (share: number) => (times[Math.min(times.length - 1, Math.floor(times.length * share))] ?? 0).toFixed(2)
  return `ms a question: median ${at(0.5)}, p99 ${at(0.99)}, worst ${at(1)}`
}
