import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { isMap, isNode, isPair, isScalar, LineCounter, type Node, parseDocument } from 'yaml'
import type { z } from 'zod'
import { wholeJson } from './json.ts'
import { liftLists, markIn, withLists } from './lists.ts'

/** `error` keeps a set of texts from being loaded; `warning` is something a person should look at. */
export type Fault = { severity: 'error' | 'warning'; file: string; line: number; message: string; remedy: string }

export class TextsError extends Error {
  override name = 'TextsError'
  readonly faults: readonly Fault[]

  constructor(faults: readonly Fault[]) {
    super(`the texts in locales have ${faults.length} fault(s)\n${faults.map(showFault).join('\n')}`)
    this.faults = faults
  }
}

export const showFault = (fault: Fault): string =>
  `${fault.file}:${fault.line}: ${fault.severity}: ${fault.message}. ${fault.remedy}`

export type Finding = { message: string; remedy: string; at?: number }

export type Path = readonly (string | number)[]

/** One file as data, which can still say on which line a thing stands. */
export type Source = { file: string; data: unknown; lineOf: (path: Path, offset?: number) => number }

export type Files = { files: Map<string, string>; version: string }

/** Every text file below the folder, by its path inside it, and a hash of them all. */
export const readFiles = (dir: URL | string): Files => {
  const root = dir instanceof URL ? fileURLToPath(dir) : dir
  const paths = readdirSync(root, { recursive: true, encoding: 'utf8' })
    .map((path) => path.replaceAll('\\', '/'))
    .filter((path) => /\.(json|yaml)$/.test(path) && !/(^|\/)\./.test(path))
    .sort()
  const files = new Map(paths.map((path) => [path, readFileSync(join(root, path), 'utf8')]))
  const hash = createHash('sha256')
  for (const [path, content] of files) hash.update(`${path}\0${content}\0`)
  return { files, version: hash.digest('hex').slice(0, 12) }
}

/** JSON is read as YAML too, unless it is whole: that is what gives it line numbers and finds a key written twice. */
export const readSource = (file: string, content: string, faults: Fault[]): Source => {
  const json = file.endsWith('.json') ? wholeJson(content) : null
  if (json) return { file, data: json, lineOf: (path, offset) => parsed(file, content, []).lineOf(path, offset) }
  return parsed(file, content, faults)
}

const parsed = (file: string, content: string, faults: Fault[]): Source => {
  const lineCounter = new LineCounter()
  const { rest, lists } = liftLists(content)
  const document = parseDocument(rest, { lineCounter, prettyErrors: false })
  const lineAt = (offset: number) => Math.max(1, lineCounter.linePos(offset).line)
  for (const error of document.errors) {
    const message = error.code === 'DUPLICATE_KEY' ? 'a key is written twice' : error.message
    const remedy = 'Correct the spelling of the file; the line is where reading stopped'
    faults.push({ severity: 'error', file, line: lineAt(error.pos[0]), message, remedy })
  }
  const lineOf = (path: Path, offset = 0): number => {
    const node = nodeAt(document.contents, path)
    const line = lineAt(node?.range?.[0] ?? 0)
    const list = isScalar(node) ? lists[markIn(node.value)] : undefined
    const item = path.at(-1)
    if (list && typeof item === 'number') return list.line + item
    const block = isScalar(node) && (node.type === 'BLOCK_LITERAL' || node.type === 'BLOCK_FOLDED')
    return block && offset >= 0 ? line + 1 + newlines(String(node.value), offset) : line
  }
  return { file, data: document.errors.length > 0 ? null : withLists(document.toJS(), lists), lineOf }
}

/** Checks the shape; a fault per finding of the schema, on the line it speaks of. */
export const shaped = <T>(source: Source, schema: z.ZodType<T>, faults: Fault[]): T | null => {
  if (source.data === null || source.data === undefined) {
    const said = faults.some((fault) => fault.file === source.file)
    if (!said) {
      faults.push(faultAt(source, [], { message: 'the file is empty', remedy: 'Write its content or remove the file' }))
    }
    return null
  }
  const result = schema.safeParse(source.data)
  if (result.success) return result.data
  for (const issue of result.error.issues) {
    const path = issue.path.filter((step) => typeof step !== 'symbol')
    const message = `${path.join('.') || 'the file'}: ${issue.message}`
    faults.push(faultAt(source, path, { message, remedy: 'Give it the shape of the entries around it' }))
  }
  return null
}

/** `at` counts characters of the text at the path, for texts of several lines. */
export const faultAt = (source: Source, path: Path, { message, remedy, at = 0 }: Finding): Fault => ({
  severity: 'error',
  file: source.file,
  line: source.lineOf(path, at),
  message,
  remedy,
})

// A path may end below what is written (a missing field): then the nearest thing that is written is named.
const nodeAt = (root: Node | null, path: Path): Node | null => {
  let node = root
  for (const step of path) {
    const inner: unknown = isMap(node)
      ? node.items.find((item) => isPair(item) && String(item.key) === String(step))?.value
      : node && 'get' in node && typeof node.get === 'function'
        ? node.get(step, true)
        : undefined
    if (!isNode(inner)) return node
    node = inner
  }
  return node
}

const newlines = (text: string, end: number): number => text.slice(0, end).split('\n').length - 1
