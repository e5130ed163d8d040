import { createInterface } from 'node:readline'
import type { Readable } from 'node:stream'
import type { Followed } from './trace-rows.ts'

type Line = { time?: string; event?: string; update?: string; row?: number }

/** The lines of a log that speak of this appeal's letters, or of the updates that caused them. */
export async function* linesAbout({ said, letters }: Followed, log: Readable): AsyncGenerator<string> {
  const all = [...letters, ...said.flatMap(({ letter }) => letter ?? [])]
  const rows = new Set(all.map(({ id }) => id))
  const updates = new Set(all.flatMap(({ cause }) => cause ?? []))
  for await (const text of createInterface({ input: log, crlfDelay: Number.POSITIVE_INFINITY })) {
    const line = parsed(text)
    if (!line?.event?.startsWith('trace.')) continue
    // A handled row is one of the inbox; its number may be a letter's, too.
    const mine = line.event === 'trace.sent' ? rows.has(line.row ?? 0) : updates.has(line.update ?? '')
    if (mine) yield `  ${shown(line)}`
  }
}

const parsed = (text: string): Line | null => {
  try {
    return JSON.parse(text) as Line
  } catch {
    return null
  }
}

const shown = ({ time, event, ...rest }: Line): string => {
  const { level: _, pid: __, ...told } = rest as Record<string, unknown>
  return [time ?? '', event ?? '', ...Object.entries(told).map(([name, value]) => `${name}=${String(value)}`)].join(' ')
}
