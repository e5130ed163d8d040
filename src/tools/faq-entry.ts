import { isSeq, parseDocument } from 'yaml'
import { asYaml, type EntryDraft } from '../desk/answers/skeleton.ts'

/**
 * Puts an entry at the end of a section's file. Only its own lines are written: the file stays as its authors wrote it,
 * with their comments, order and line breaks. Null when the file has no list of entries.
 */
export const withEntry = (content: string, entry: EntryDraft): { content: string; line: number } | null => {
  const list = parseDocument(content).get('entries', true)
  if (!isSeq(list) || !list.range || list.flow) return null
  const [start, , end] = list.range
  const indent = start - (content.lastIndexOf('\n', start - 1) + 1)
  const before = content.slice(0, end).trimEnd()
  const rest = content.slice(before.length).replace(/^[ \t]*\r?\n/, '')
  const own = indented(asYaml(entry), indent)
  return { content: `${before}\n${own}\n${rest}`, line: before.split('\n').length + 1 }
}

/** The section a file holds, or null. */
export const sectionIn = (content: string): string | null => {
  const section = parseDocument(content).get('section')
  return typeof section === 'string' ? section : null
}

const indented = (yaml: string, indent: number): string =>
  yaml
    .split('\n')
    .map((line) => (line.trim() === '' ? '' : ' '.repeat(indent) + line.slice(2)))
    .join('\n')
