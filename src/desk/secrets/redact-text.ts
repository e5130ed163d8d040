import { shownFor, spansOf } from './find.ts'
import { BLOCKED, type SecretType, type Span } from './span.ts'

/** Bold, links and the like of a text; further properties travel along untouched. */
export type MarkOf = { type: string; offset: number; length: number; url?: string }

export type Redacted<M> = { text: string; marks: M[]; types: SecretType[] }

/**
 * Takes out what must not rest, or, with `all`, also hides what must not be shown whole. The marks move along; one that
 * lay inside a removed value goes with it, and so does a link that carries such a value in its address.
 */
export const redactWithMarks = <M extends MarkOf>(
  text: string,
  marks: M[] = [],
  reach: 'blocked' | 'all' = 'all',
): Redacted<M> => {
  const wanted = ({ type }: Span) => reach === 'all' || BLOCKED.has(type)
  const spans = spansOf(text).filter(wanted)
  const types = spans.map(({ type }) => type)
  const open = marks.filter(({ url }) => {
    const hidden = url === undefined ? [] : spansOf(url).filter(({ type }) => BLOCKED.has(type))
    types.push(...hidden.map(({ type }) => type))
    return hidden.length === 0
  })
  const edits = spans.map((span) => ({ ...span, shown: shownFor(text, span) }))
  return { text: applied(text, edits), marks: open.flatMap((mark) => moved(mark, edits)), types: [...new Set(types)] }
}

type Edit = Span & { shown: string }

function applied(text: string, edits: Edit[]): string {
  let from = 0
  let whole = ''
  for (const { start, end, shown } of edits) {
    whole += text.slice(from, start) + shown
    from = end
  }
  return whole + text.slice(from)
}

function moved<M extends MarkOf>(mark: M, edits: Edit[]): M[] {
  const [start, end] = [mark.offset, mark.offset + mark.length]
  if (edits.some((edit) => edit.start <= start && end <= edit.end && BLOCKED.has(edit.type))) return []
  const offset = placeOf(start, edits, 'start')
  const length = placeOf(end, edits, 'end') - offset
  return length > 0 ? [{ ...mark, offset, length }] : []
}

/** A place inside a replaced value becomes the edge of what stands there now. */
function placeOf(place: number, edits: Edit[], edge: 'start' | 'end'): number {
  let shift = 0
  for (const { start, end, shown } of edits) {
    if (end <= place) shift += shown.length - (end - start)
    else if (start < place) return start + shift + (edge === 'start' ? 0 : shown.length)
    else break
  }
  return place + shift
}
