import { posix } from 'node:path'
import type { SourceFile } from './source-files.ts'

type Import = { from: string; to: string; typeOnly: boolean }

/** Upwards in this list nobody imports; on one step only tools may look at the others. */
const steps = [
  ['main'],
  ['start'],
  ['http', 'storage', 'words', 'metrics', 'telegram', 'sandbox', 'tools'],
  ['meters'],
  ['desk'],
  ['mail'],
  ['db'],
]
const leaf = /^src\/(texts(\/[a-z-]+)?|log|config|failure)\.ts$/
const owners: { package: RegExp; where: RegExp }[] = [
  { package: /^(grammy|@grammyjs\/.+)$/, where: /^src\/telegram\// },
  { package: /^i18next$/, where: /^src\/texts\/phrases\.ts$/ },
  { package: /^postgres$/, where: /^src\/db\/client\.ts$/ },
]
const separate = ['src/telegram/citizen', 'src/telegram/operator', 'src/telegram/admin']

/** What breaks the one-way order of imports, one sentence each. */
export function brokenImports(files: SourceFile[]): string[] {
  const imports = files.flatMap(importsOf)
  const environment = files.filter(({ path, text }) => path !== 'src/config.ts' && /\bprocess\.env\b/.test(text))
  return [
    ...imports.map(faultOf).filter((fault) => fault !== undefined),
    ...environment.map(({ path }) => `${path} reads the environment, which only src/config.ts may`),
  ]
}

function importsOf({ path, text }: SourceFile): Import[] {
  const found = text.matchAll(/^\s*(import|export)\s+(type\s)?(?:[^'";]*?\sfrom\s+)?'([^']+)'|\bimport\(\s*'([^']+)'/gm)
  return [...found].map(([, , typeOnly, named, dynamic]) => {
    const target = named ?? dynamic ?? ''
    const to = target.startsWith('.') ? posix.join(posix.dirname(path), target) : target
    return { from: path, to, typeOnly: Boolean(typeOnly) }
  })
}

function faultOf(line: Import): string | undefined {
  const why = line.to.startsWith('src/') ? insideFault(line) : packageFault(line)
  return why && `${line.from} imports ${line.to}: ${why}`
}

function packageFault({ from, to }: Import): string | undefined {
  const rule = owners.find((owner) => owner.package.test(to))
  return rule && !rule.where.test(from) ? `only ${rule.where.source.replaceAll(/[\\^$]/g, '')} may` : undefined
}

function insideFault({ from, to, typeOnly }: Import): string | undefined {
  const [mine, theirs] = [folderOf(from), folderOf(to)]
  if (leaf.test(from)) return leaf.test(to) ? undefined : 'texts, log and config know nobody'
  if (to === 'src/config.ts') return typeOnly || /main|tools/.test(mine) ? undefined : 'of config only the types'
  if (leaf.test(to)) return undefined
  if (mine === theirs) return siblingFault(from, to)
  if (mine === 'sandbox') return 'the sandbox is the other side of the wire'
  const [above, below] = [stepOf(mine), stepOf(theirs)]
  if (above === -1 || below === -1) return 'the file has no place in the order of imports'
  return below > above || (mine === 'tools' && theirs !== 'main')
    ? undefined
    : `${mine} stands below or beside ${theirs}`
}

function siblingFault(from: string, to: string): string | undefined {
  const [mine, theirs] = [posix.dirname(from), posix.dirname(to)]
  const strangers = mine !== theirs && separate.includes(mine) && separate.includes(theirs)
  if (strangers) return 'what citizens, operators and admins do stays apart'
  return mine === 'src/sandbox/page' && theirs !== mine ? 'the page runs in the browser, without the server' : undefined
}

function folderOf(path: string): string {
  return path.split('/')[1]?.replace(/\.ts$/, '') ?? ''
}

function stepOf(folder: string): number {
  return steps.findIndex((step) => step.includes(folder))
}
