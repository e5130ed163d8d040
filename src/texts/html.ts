export type Span = { tag: string; start: number; end: number; attributes: Record<string, string> }
export type ParsedHtml = { text: string; spans: Span[] }

export class HtmlError extends Error {}

/**
 * Reads the small HTML that Telegram takes. Offsets count UTF-16 units, as Telegram does. Stricter than the server,
 * which lets a stray ampersand name or a nested quote pass in silence: in our own texts that is a slip of the pen.
 */
export const parseHtml = (html: string): ParsedHtml => {
  const spans: Span[] = []
  const open: Span[] = []
  let text = ''
  for (const [piece] of html.matchAll(/<[^>]*>?|[^<]+/g)) {
    if (!piece.startsWith('<')) text += unescapeHtml(piece)
    else if (piece.startsWith('</')) spans.push(closeTag(piece, open, text.length))
    else open.push(openTag(piece, open, text.length))
  }
  const left = open.at(-1)
  if (left) throw new HtmlError(`<${left.tag}> is never closed`)
  return { text, spans: spans.sort((a, b) => a.start - b.start || b.end - a.end) }
}

export const escapeHtml = (text: string): string =>
  text.replace(/[&<>"]/g, (char) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;' })[char] ?? '&quot;')

const ATTRIBUTES: Record<string, readonly string[]> = {
  ...Object.fromEntries('b strong i em u ins s strike del pre tg-spoiler'.split(' ').map((tag) => [tag, []])),
  a: ['href'],
  code: ['class'],
  blockquote: ['expandable'],
}

const openTag = (piece: string, open: readonly Span[], start: number): Span => {
  const match = /^<([a-z-]+)((?:\s+[a-z]+(?:="[^"<>]*")?)*)\s*>$/.exec(piece)
  const tag = match?.[1] ?? ''
  const allowed = ATTRIBUTES[tag]
  if (!match || !allowed) throw new HtmlError(`Telegram does not take ${piece}; write a plain < as &lt;`)
  const attributes: Record<string, string> = {}
  for (const [, name = '', value = ''] of (match[2] ?? '').matchAll(/([a-z]+)(?:="([^"]*)")?/g)) {
    if (!allowed.includes(name)) throw new HtmlError(`<${tag}> takes no ${name}`)
    attributes[name] = unescapeHtml(value)
  }
  if (tag === 'a' && !/^(https?|tg|mailto|tel):\S+$/.test(attributes.href ?? '')) {
    throw new HtmlError('<a> needs a whole address in href')
  }
  checkNesting(tag, attributes, open)
  return { tag, start, end: start, attributes }
}

const checkNesting = (tag: string, attributes: Record<string, string>, open: readonly Span[]): void => {
  const parent = open.at(-1)?.tag
  const language = parent === 'pre' && tag === 'code'
  if (attributes.class !== undefined && !(language && /^language-\S+$/.test(attributes.class))) {
    throw new HtmlError('class is only for <pre><code class="language-…">')
  }
  if (open.some((span) => span.tag === 'pre' || span.tag === 'code') && !language) {
    throw new HtmlError(`<${tag}> stands inside <${parent}>, where Telegram drops it`)
  }
  if (open.some((span) => span.tag === tag)) throw new HtmlError(`<${tag}> stands inside another <${tag}>`)
}

const closeTag = (piece: string, open: Span[], end: number): Span => {
  const span = open.pop()
  const tag = /^<\/([a-z-]+)\s*>$/.exec(piece)?.[1]
  if (!span || span.tag !== tag) throw new HtmlError(`${piece} closes ${span ? `<${span.tag}>` : 'nothing'}`)
  return { ...span, end }
}

const NAMED: Record<string, string> = { lt: '<', gt: '>', amp: '&', quot: '"' }

const unescapeHtml = (text: string): string =>
  text.replace(/&(#\d+|#x[\da-f]+|[a-z]+);/gi, (whole, name: string) => {
    const hex = /^#x/i.test(name)
    const code = Number.parseInt(name.slice(hex ? 2 : 1), hex ? 16 : 10)
    const char = name.startsWith('#') ? characterOf(code) : NAMED[name]
    if (char === undefined) throw new HtmlError(`Telegram does not know ${whole}`)
    return char
  })

const characterOf = (code: number): string | undefined =>
  code > 0 && code <= 0x10ffff && (code < 0xd800 || code > 0xdfff) ? String.fromCodePoint(code) : undefined
