import { basename, dirname } from 'node:path'
import type { SourceFile } from './source-files.ts'

const longest = 300
const kebab = /^[a-z0-9]+(-[a-z0-9]+)*$/
const forbiddenNames = /^(utils?|helpers?|types|index|.+\.service)$/
const forbiddenWords: { word: RegExp; where: RegExp; why: string }[] = [
  { word: /drop_pending[_]updates/, where: /^src\/sandbox\//, why: 'throws updates away' },
  { word: /parse[_]mode/, where: /^src\/sandbox\//, why: 'uses a parse mode, text goes out with entities' },
  // A timer is a row of the inbox; only what looks for such rows, or for changed files, may look at the clock.
  {
    word: /setInterval\(/,
    where: /^src\/(sandbox\/|texts\/watch\.ts|mail\/rounds\.ts|telegram\/poll\.ts)/,
    why: 'has a timer that is no row',
  },
]

/** Files that are too long, too deep or badly named, and words that must not occur, one sentence each. */
export function brokenSizes(files: SourceFile[]): string[] {
  return files.flatMap((file) => [...shapeFaults(file), ...wordFaults(file)])
}

function shapeFaults({ path, text }: SourceFile): string[] {
  const lines = text.split('\n').length - 1
  const name = basename(path, '.ts').replace(/\.test$|\.config$/, '')
  const folders = dirname(path).split('/')
  return [
    ...(lines > longest ? [`${path} has ${lines} lines, ${longest} is the most`] : []),
    ...(folders.length > 3 ? [`${path} lies too deep: src/x/y/file.ts is the deepest`] : []),
    ...(forbiddenNames.test(name) ? [`${path}: the name does not say what is inside`] : []),
    ...[...folders, name].filter((part) => !kebab.test(part)).map((part) => `${path}: "${part}" is not kebab-case`),
  ]
}

function wordFaults({ path, text }: SourceFile): string[] {
  return forbiddenWords
    .filter(({ word, where }) => path.startsWith('src/') && !where.test(path) && word.test(withoutComments(text)))
    .map(({ why }) => `${path} ${why}`)
}

function withoutComments(text: string): string {
  return text.replaceAll(/^\s*(\/\/|\*|\/\*\*?).*$/gm, '')
}
