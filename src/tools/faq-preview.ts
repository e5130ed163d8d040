import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { readConfig } from '../config.ts'
import { createLog } from '../log.ts'
import { start } from '../start.ts'
import { LOCALES, loadTexts } from '../texts.ts'

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { port: { type: 'string', default: '0' }, locales: { type: 'string' } },
})
const [entry = ''] = positionals
const texts = loadTexts(values.locales ?? LOCALES)
if (!texts.entry(texts.langs[0] ?? '', entry)) {
  const ids = texts.entries(texts.langs[0] ?? '').map(({ id }) => id)
  console.error(`Say which entry: npm run faq:preview -- ${ids[0]}\nThere are: ${ids.join(', ')}`)
  process.exit(2)
}

// Always the sandbox, with data of its own: a preview must never meet the real bot or the desk at work.
const config = readConfig({ PORT: values.port })
const running = await start(
  { ...config, dataDir: join(config.dataDir, 'preview'), localesDir: values.locales ?? null },
  createLog('warn'),
)
console.log(`http://127.0.0.1:${running.port}/#citizen=1001&start=${entry.replaceAll('.', '-')}`)
console.log('Open it: the answer is there. What you save in the texts is there within two seconds. Ctrl-C ends.')
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.once(signal, () => void running.stop().then(() => process.exit(0)))
}
