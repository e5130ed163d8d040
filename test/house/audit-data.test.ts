import { readdirSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'

const words = JSON.parse(readFileSync('locales/ru/audit-data.json', 'utf8')).audit as Record<
  string,
  Record<string, string>
>
/** For audit:verify, or ids of ours: they say nothing to a reader. */
const UNSAID = ['hash', 'through', 'id', 'to']

const sources = [
  'src/desk',
  'src/telegram/admin',
  'src/telegram/operator',
  'src/telegram/citizen',
  'src/tools',
].flatMap((folder) =>
  readdirSync(folder)
    .filter((file) => file.endsWith('.ts'))
    .map((file) => readFileSync(`${folder}/${file}`, 'utf8')),
)

test('whatever an entry of the audit carries has words in /audit', () => {
  const keys = new Set<string>()
  for (const source of sources.filter((text) => /\baudit(Now)?\(/.test(text)))
    for (const [, inside = ''] of source.matchAll(/\bdata(?: =|:) \{ ?([^{}]*)\}/g))
      for (const [, key = ''] of inside.matchAll(/(?:^|, ?)(\w+)(?=[:,]| ?$)/g)) keys.add(key)
  const classes = /const CLASSES[\s\S]*?\n\}/.exec(readFileSync('src/desk/retention.ts', 'utf8'))?.[0] ?? ''
  for (const [, name = ''] of classes.matchAll(/^ {2}(\w+):/gm)) keys.add(name)
  expect(keys.size).toBeGreaterThan(25)
  const silent = [...keys].filter((key) => !UNSAID.includes(key) && words.data?.[key] === undefined)
  expect(silent).toEqual([])
})
