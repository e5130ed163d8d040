import { checkLink } from '../desk/fraud/links.ts'
import { checkMessage } from '../desk/fraud/messages.ts'
import { checkPhone } from '../desk/fraud/phones.ts'
import { type Row, readRows, readSecretRows } from './guard-rows.ts'
import { f1, type Judged, judged, misses, share, speed, table } from './guard-score.ts'
import { secretsReport } from './guard-secrets.ts'

const dir = process.argv[2]
if (!dir) {
  console.error('npm run guard:eval -- FOLDER with links.*.tsv, phones.*.tsv, messages.*.tsv and pii.*.jsonl')
  process.exit(2)
}
console.log([links(dir), phones(dir), messages(dir), secretsReport(readSecretRows(dir))].join('\n\n'))

function links(from: string): string {
  const rows = judged(readRows(from, 'links'), (text) => checkLink(text).verdict, asked({ unrelated: 'unknown' }))
  return report(rows, 'links', [
    ['look-alikes called official (must be 0)', share(rows, 'lookalike', ['official'])],
    ['look-alikes named so', share(rows, 'lookalike', ['lookalike'])],
    ['official ones denied (must be 0)', share(rows, 'official', ['lookalike', 'unknown'])],
    ['unrelated called look-alike', share(rows, 'unknown', ['lookalike'])],
    ['unrelated called official', share(rows, 'unknown', ['official'])],
  ])
}

function phones(from: string): string {
  const same = {
    official_seed: 'official',
    official_public: 'official',
    seed_placeholder: 'unknown',
    unrelated: 'unknown',
  }
  const rows = judged(readRows(from, 'phones'), (text) => checkPhone(text).verdict, asked(same))
  return report(rows, 'phones', [
    ['look-alikes called official (must be 0)', share(rows, 'lookalike', ['official'])],
    ['look-alikes named so', share(rows, 'lookalike', ['lookalike'])],
    ['official ones denied', share(rows, 'official', ['lookalike', 'unknown'])],
  ])
}

function messages(from: string): string {
  const given = readRows(from, 'messages')
  const rows = judged(given, (text) => checkMessage(text).verdict, asked({ legit: 'clean' }))
  return report(rows, 'messages', [
    ['scam against the rest, F1', f1(rows, 'scam').toFixed(3)],
    ['genuine notices and questions called scam', share(rows, 'clean', ['scam'])],
    ['reports called scam', share(rows, 'report', ['scam'])],
    ['reports named so', share(rows, 'report', ['report'])],
    ['signs, F1', signsF1(given).toFixed(3)],
  ])
}

function signsF1(rows: Row[]): number {
  let [right, all] = [0, 0]
  for (const { text, detail } of rows) {
    const wanted = detail === '-' ? [] : detail.split(',')
    const { signs } = checkMessage(text)
    right += signs.filter((sign) => wanted.includes(sign)).length
    all += signs.length + wanted.length
  }
  return all === 0 ? 1 : (2 * right) / all
}

function asked(names: Record<string, string>): (row: Row) => { wanted: string; detail: string } {
  return ({ label, detail }) => ({ wanted: names[label] ?? label, detail })
}

function report(rows: Judged[], title: string, lines: [string, string][]): string {
  const times = rows.map(({ ms }) => ms)
  return [table(title, [...lines, ['', speed(times)]]), misses(rows)].filter((part) => part !== '').join('\n')
}
