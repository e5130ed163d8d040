import type { MessageEntity } from 'grammy/types'
import { parseHtml, type Span } from '../texts/html.ts'

export { escapeHtml } from '../texts/html.ts'

export type Rich = { text: string; entities: MessageEntity[] }

/** Turns our own locale HTML into text and entities, so that no call needs a parse mode. Throws on malformed HTML. */
export const rich = (html: string): Rich => {
  const parsed = parseHtml(html)
  const text = parsed.text.trimEnd()
  const entities: MessageEntity[] = []
  for (const span of parsed.spans) {
    const length = Math.min(span.end, text.length) - span.start
    if (length > 0 && !isLanguage(span)) entities.push(entityOf(span, length, parsed.spans))
  }
  return { text, entities }
}

const entityOf = (span: Span, length: number, spans: readonly Span[]): MessageEntity => {
  const at = { offset: span.start, length }
  switch (span.tag) {
    case 'b':
    case 'strong':
      return { type: 'bold', ...at }
    case 'i':
    case 'em':
      return { type: 'italic', ...at }
    case 'u':
    case 'ins':
      return { type: 'underline', ...at }
    case 's':
    case 'strike':
    case 'del':
      return { type: 'strikethrough', ...at }
    case 'tg-spoiler':
      return { type: 'spoiler', ...at }
    case 'code':
      return { type: 'code', ...at }
    case 'pre':
      return { type: 'pre', ...at, ...languageOf(span, spans) }
    case 'a':
      return { type: 'text_link', ...at, url: span.attributes.href ?? '' }
    case 'blockquote':
      return { type: span.attributes.expandable === undefined ? 'blockquote' : 'expandable_blockquote', ...at }
    default:
      throw new Error(`no entity for <${span.tag}>`)
  }
}

// `<pre><code class="language-…">` is one entity, not two.
const isLanguage = (span: Span): boolean => span.attributes.class !== undefined

const languageOf = (pre: Span, spans: readonly Span[]): { language?: string } => {
  const code = spans.find((span) => isLanguage(span) && span.start >= pre.start && span.end <= pre.end)
  return code ? { language: code.attributes.class?.replace('language-', '') ?? '' } : {}
}
