/** A list of plain sentences as it stood in a file, and the line of its first one. */
type Lifted = { items: string[]; line: number }
export type Lists = { rest: string; lists: Lifted[] }

const MARK = '~list~'
const KEY = /^( *)([\w.-]+):\s*$/
const ITEM = /^( *)- +(.+?)\s*$/
const BLOCK = /:\s*[|>][-+\d]*\s*$/

/**
 * Phrasings are thousands of lines of the plainest YAML, and a parser of all YAML takes most of a start for them. Lists that
 * are plain beyond doubt are read here and leave a mark in their place; whatever is not stays for the parser, with its line.
 */
export function liftLists(content: string): Lists {
  const lines = content.split('\n')
  const lists: Lifted[] = []
  let block = -1
  for (let at = 0; at < lines.length; at += 1) {
    const line = lines[at] ?? ''
    const indent = line.search(/\S/)
    if (indent < 0 || (block >= 0 && indent > block)) continue
    block = BLOCK.test(line) ? indent : -1
    const key = KEY.exec(line)
    const items = key && itemsBelow(lines, at, indent)
    if (!items) continue
    lines[at] = `${line.trimEnd()} ${MARK}${lists.length}`
    lists.push({ items, line: at + 2 })
    lines.fill('', at + 1, at + 1 + items.length)
    at += items.length
  }
  return { rest: lists.length > 0 ? lines.join('\n') : content, lists }
}

/** The data with its lists in their places again. */
export function withLists(data: unknown, lists: Lifted[]): unknown {
  const list = lists[markIn(data)]
  if (list) return list.items
  if (Array.isArray(data)) return data.map((item) => withLists(item, lists))
  if (typeof data !== 'object' || data === null) return data
  return Object.fromEntries(Object.entries(data).map(([key, value]) => [key, withLists(value, lists)]))
}

export const markIn = (value: unknown): number =>
  typeof value === 'string' && value.startsWith(MARK) ? Number(value.slice(MARK.length)) : -1

function itemsBelow(lines: string[], key: number, indent: number): string[] | null {
  const items: string[] = []
  const first = ITEM.exec(lines[key + 1] ?? '')?.[1]?.length ?? -1
  for (let at = key + 1; at < lines.length; at += 1) {
    const line = lines[at] ?? ''
    const [, spaces, text] = ITEM.exec(line) ?? []
    if (text === undefined || spaces?.length !== first) break
    const plain = plainText(text)
    if (plain === null) return null
    items.push(plain)
  }
  const after = lines.slice(key + 1 + items.length).find((line) => line.trim() !== '')
  const ends = after === undefined || after.search(/\S/) <= indent
  return items.length > 0 && first >= indent && ends ? items : null
}

const NO_TEXT = /^(?:[-+]?[.\d][\d_.,:a-z+-]*|true|false|null|yes|no|on|off|y|n|~|\.(?:inf|nan))$/i

/** What YAML would read as this text and as nothing else. */
function plainText(text: string): string | null {
  if (/^'(?:[^']|'')+'$/.test(text)) return text.slice(1, -1).replaceAll("''", "'")
  if (/^"[^"\\]+"$/.test(text)) return text.slice(1, -1)
  const special = /^[-?:,[\]{}#&*!|>'"%@`]/.test(text) || /: |\s#|:$|\t/.test(text)
  return special || NO_TEXT.test(text) ? null : text
}
