import type { Entity } from './wire.ts'

export type Span = { entity: Entity; text: string; children: Piece[] }
export type Piece = string | Span

/**
 * Turns a text and its entities (UTF-16 offsets) into a tree. Entities that cross each other are cut where they meet,
 * blocks and links stay whole and outside. Unknown kinds are left out; their text stays.
 */
export function richText(text: string, entities: readonly Entity[] = []): Piece[] {
  const marks = entities
    .map((entity) => ({ entity, start: Math.max(0, entity.offset), end: entity.offset + entity.length }))
    .map((mark) => ({ ...mark, end: Math.min(text.length, mark.end) }))
    .filter((mark) => rank(mark.entity) !== null && mark.start < mark.end)
    .sort(outermostFirst)
  return fill(text, { start: 0, end: text.length }, marks)
}

function isBlock(entity: Entity): boolean {
  return entity.type === 'pre' || entity.type === 'blockquote' || entity.type === 'expandable_blockquote'
}

type Range = { start: number; end: number }
type Mark = Range & { entity: Entity }

const ranks: Record<string, number> = {
  blockquote: 0,
  expandable_blockquote: 0,
  pre: 1,
  text_link: 2,
  url: 2,
  email: 2,
  phone_number: 2,
  mention: 2,
  text_mention: 2,
  bot_command: 2,
  hashtag: 2,
  cashtag: 2,
  spoiler: 3,
  bold: 4,
  italic: 4,
  underline: 4,
  strikethrough: 4,
  code: 4,
}

function rank(entity: Entity): number | null {
  return ranks[entity.type] ?? null
}

function outermostFirst(a: Mark, b: Mark): number {
  const byRank = (rank(a.entity) ?? 0) - (rank(b.entity) ?? 0)
  return byRank || b.end - b.start - (a.end - a.start) || a.start - b.start
}

function fill(text: string, range: Range, marks: Mark[]): Piece[] {
  if (range.start >= range.end) return []
  const [outer, ...rest] = marks
  if (!outer) return [text.slice(range.start, range.end)]
  const within = (part: Range) => fill(text, part, clip(rest, part))
  const span: Span = { entity: outer.entity, text: text.slice(outer.start, outer.end), children: within(outer) }
  const before = within({ start: range.start, end: outer.start })
  const after = within({ start: outer.end, end: range.end })
  return [...before, span, ...(isBlock(outer.entity) ? withoutLeadingBreak(after) : after)]
}

function clip(marks: Mark[], part: Range): Mark[] {
  return marks
    .map((mark) => ({ ...mark, start: Math.max(mark.start, part.start), end: Math.min(mark.end, part.end) }))
    .filter((mark) => mark.start < mark.end)
}

/** The line break after a block is the block's own end; kept, it would show as an empty line. */
function withoutLeadingBreak(pieces: Piece[]): Piece[] {
  const [first, ...rest] = pieces
  if (typeof first !== 'string' || !first.startsWith('\n')) return pieces
  return first === '\n' ? rest : [first.slice(1), ...rest]
}
