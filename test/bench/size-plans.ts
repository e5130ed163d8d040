import { readFileSync } from 'node:fs'

type Plan = {
  'Node Type': string
  'Relation Name'?: string
  'Index Name'?: string
  'Join Type'?: string
  Plans?: Plan[]
}

/** Written into the server's log by auto_explain: how each statement of a database was really done. */
export const EXPLAIN = {
  session_preload_libraries: 'auto_explain',
  log_line_prefix: '@%d@',
  'auto_explain.log_format': 'json',
  'auto_explain.log_level': 'log',
}

/** Every way in which each statement was done, by the words of the statement. */
export const shapesOf = (logFile: string, database: string): Map<string, Set<string>> => {
  const shapes = new Map<string, Set<string>>()
  for (const entry of readFileSync(logFile, 'utf8').split(/^@/m)) {
    if (!entry.startsWith(`${database}@`)) continue
    const json = entry.slice(entry.indexOf('{'))
    if (!entry.includes('plan:') || json === '') continue
    const { 'Query Text': text, Plan: plan } = JSON.parse(json) as { 'Query Text': string; Plan: Plan }
    const words = text.replaceAll(/\s+/g, ' ').trim()
    shapes.set(words, (shapes.get(words) ?? new Set()).add(shapeOf(plan)))
  }
  return shapes
}

const shapeOf = (plan: Plan): string => {
  const what = [plan['Node Type'], plan['Index Name'] ?? plan['Relation Name'], plan['Join Type']].filter(Boolean)
  const below = (plan.Plans ?? []).map(shapeOf)
  return what.join(' ') + (below.length > 0 ? `(${below.join(', ')})` : '')
}

/** Statements that the larger database does in a way the smaller one does not. */
export const differing = (small: Map<string, Set<string>>, large: Map<string, Set<string>>) =>
  [...large].flatMap(([words, ways]) => {
    const known = small.get(words)
    const others = [...ways].filter((way) => known && !known.has(way))
    return others.length > 0 ? [{ words, small: [...(known ?? [])], large: others }] : []
  })
