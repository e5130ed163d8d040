import { findSecrets } from '../desk/secrets/find.ts'
import { BLOCKED, type SecretType, type Span } from '../desk/secrets/span.ts'
import type { SecretRow } from './guard-rows.ts'
import { speed, table, timed } from './guard-score.ts'

type Tried = { row: SecretRow; found: Span[]; ms: number }

/** Recall by type first (a miss is stored), then sentences touched in vain, then exact spans. */
export const secretsReport = (rows: SecretRow[]): string => {
  for (let round = 0; round < 20; round += 1) for (const { text } of rows) findSecrets(text)
  const tried = rows.map((row) => {
    const { got, ms } = timed(() => findSecrets(row.text))
    return { row, found: got.spans, ms }
  })
  const types = [...new Set(rows.flatMap(({ spans }) => spans.map(({ type }) => type)))].sort()
  const harmless = tried.filter(({ row }) => row.kind.startsWith('neg/'))
  return [
    table('secrets', [
      ['recall, blocked types', recall(tried, (type) => BLOCKED.has(type))],
      ['recall, masked types', recall(tried, (type) => !BLOCKED.has(type))],
      ...types.map((type): [string, string] => [`  ${type}`, recall(tried, (other) => other === type)]),
      ['harmless sentences touched', count(harmless.filter(({ found }) => found.length > 0).length, harmless.length)],
      ['exact spans, F1', exact(tried).toFixed(3)],
      ['', speed(tried.map(({ ms }) => ms))],
    ]),
    ...tried.filter(isOff).map(({ row, found }) => `  ${row.kind}: ${row.text} (${found.map(({ type }) => type)})`),
  ].join('\n')
}

/** A blocked value counts when anything covers it, a masked one when it is named rightly and overlaps. */
function recall(tried: Tried[], wants: (type: SecretType) => boolean): string {
  const wanted = tried.flatMap(({ row, found }) =>
    row.spans.filter(({ type }) => wants(type)).map((span) => hit(span, found)),
  )
  return count(wanted.filter(Boolean).length, wanted.length)
}

function hit(span: Span, found: Span[]): boolean {
  if (BLOCKED.has(span.type)) return found.some((one) => one.start <= span.start && span.end <= one.end)
  return found.some((one) => one.type === span.type && one.start < span.end && span.start < one.end)
}

function exact(tried: Tried[]): number {
  const keyOf = ({ start, end, type }: Span) => `${start}-${end}-${type}`
  let [right, all] = [0, 0]
  for (const { row, found } of tried) {
    const wanted = new Set(row.spans.map(keyOf))
    right += found.filter((one) => wanted.has(keyOf(one))).length
    all += found.length + row.spans.length
  }
  return all === 0 ? 1 : (2 * right) / all
}

function isOff({ row, found }: Tried): boolean {
  return found.length !== row.spans.length || row.spans.some((span) => !hit(span, found))
}

function count(some: number, all: number): string {
  return all === 0 ? 'no rows' : `${((100 * some) / all).toFixed(1)} % (${some} of ${all})`
}
