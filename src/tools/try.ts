import { createInterface } from 'node:readline'
import { tryFaq } from './try-faq.ts'
import { tryFraud } from './try-fraud.ts'
import { trySecrets } from './try-secrets.ts'

type Mode = (line: string) => unknown

/** Each mode prepares once what it needs and then turns one line into one answer. */
const MODES: Record<string, () => Promise<Mode> | Mode> = { faq: tryFaq, fraud: tryFraud, secrets: trySecrets }

const wanted = process.argv[2] ?? ''
const prepare = Object.hasOwn(MODES, wanted) ? MODES[wanted] : undefined
if (!prepare) {
  console.error(`Say what to try: npm run -s try -- ${Object.keys(MODES).join('|')}`)
  process.exit(2)
}

const mode = await prepare()
for await (const line of createInterface({ input: process.stdin, crlfDelay: Number.POSITIVE_INFINITY })) {
  process.stdout.write(`${JSON.stringify(mode(unquoted(line)))}\n`)
}

/** A line that starts with a quotation mark is a JSON string, so that a question may hold line breaks. */
function unquoted(line: string): string {
  if (!line.startsWith('"')) return line
  try {
    const value: unknown = JSON.parse(line)
    return typeof value === 'string' ? value : line
  } catch {
    return line
  }
}
