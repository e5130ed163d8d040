import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { escapeHtml, rich } from '../../src/telegram/rich.ts'

describe('rich', () => {
  it.each([
    ['plain', { text: 'plain', entities: [] }],
    ['<b>a</b> <strong>b</strong>', { text: 'a b', entities: [at('bold', 0, 1), at('bold', 2, 1)] }],
    ['<i>a</i><em>b</em>', { text: 'ab', entities: [at('italic', 0, 1), at('italic', 1, 1)] }],
    ['<u>a</u><ins>b</ins>', { text: 'ab', entities: [at('underline', 0, 1), at('underline', 1, 1)] }],
    ['<s>a</s><del>b</del>', { text: 'ab', entities: [at('strikethrough', 0, 1), at('strikethrough', 1, 1)] }],
    ['<strike>a</strike>', { text: 'a', entities: [at('strikethrough', 0, 1)] }],
    ['<code>482-913-057</code>', { text: '482-913-057', entities: [at('code', 0, 11)] }],
    ['<tg-spoiler>x</tg-spoiler>', { text: 'x', entities: [at('spoiler', 0, 1)] }],
    ['<blockquote>x</blockquote>', { text: 'x', entities: [at('blockquote', 0, 1)] }],
    ['<blockquote expandable>x</blockquote>', { text: 'x', entities: [at('expandable_blockquote', 0, 1)] }],
    [
      '<a href="https://a.example/?x=1&amp;y=2">here</a>',
      { text: 'here', entities: [{ ...at('text_link', 0, 4), url: 'https://a.example/?x=1&y=2' }] },
    ],
    ['<pre>x</pre>', { text: 'x', entities: [at('pre', 0, 1)] }],
    [
      '<pre><code class="language-ts">x</code></pre>',
      { text: 'x', entities: [{ ...at('pre', 0, 1), language: 'ts' }] },
    ],
  ])('reads %s', (html, expected) => {
    expect(rich(html)).toEqual(expected)
  })

  it('counts offsets as Telegram does, in UTF-16 units', () => {
    expect(rich('👩‍👩‍👧 <b>👍</b>')).toEqual({ text: '👩‍👩‍👧 👍', entities: [at('bold', 9, 2)] })
  })

  it('puts the outer entity before the inner one', () => {
    const { entities } = rich('<b>a<i>b<u>c</u></i></b>')
    expect(entities).toEqual([at('bold', 0, 3), at('italic', 1, 2), at('underline', 2, 1)])
  })

  it('reads what stands for a character, and leaves a lone ampersand alone', () => {
    expect(rich('&lt;b&gt; &amp;amp; &quot;&#8212;&#x1F44D;&quot; Q&A').text).toBe('<b> &amp; "—👍" Q&A')
  })

  it('drops the white space at the end, and what only marked it', () => {
    expect(rich('<b>a \n</b><i> \n</i>')).toEqual({ text: 'a', entities: [at('bold', 0, 1)] })
    expect(rich('<b></b>a')).toEqual({ text: 'a', entities: [] })
  })

  it.each([
    '<b>',
    '</b>',
    '<b><i></b></i>',
    '<p>a</p>',
    '<br/>',
    'a < b',
    '<b',
    '<b class="x">a</b>',
    '<a>no address</a>',
    '<a href="gosuslugi">half an address</a>',
    '<a href="javascript:alert(1)">x</a>',
    '<b><b>a</b></b>',
    '<code><b>a</b></code>',
    '<blockquote><blockquote>a</blockquote></blockquote>',
    '<code class="language-ts">x</code>',
    '&nbsp;',
    '&#0;',
    '&#xD800;',
    '&#99999999;',
  ])('refuses %s', (html) => {
    expect(() => rich(html)).toThrow()
  })
})

describe('any text', () => {
  const text = fc.string({ unit: 'binary', maxLength: 200 })

  it('comes back as it was once it is escaped', () => {
    fc.assert(
      fc.property(text, (plain) => {
        expect(rich(escapeHtml(plain))).toEqual({ text: plain.trimEnd(), entities: [] })
      }),
    )
  })

  it('is covered by the same entities however tags are nested', () => {
    const tags = fc.shuffledSubarray(['b', 'i', 'u', 's', 'tg-spoiler', 'blockquote'], { minLength: 1 })
    fc.assert(
      fc.property(fc.tuple(text, text, text), tags, ([before, inside, after], names) => {
        const open = names.map((name) => `<${name}>`).join('')
        const close = names
          .map((name) => `</${name}>`)
          .reverse()
          .join('')
        const { text: shown, entities } = rich(
          `${escapeHtml(before)}${open}${escapeHtml(inside)}${close}.${after && '!'}`,
        )
        expect(shown.startsWith(`${before}${inside}.`)).toBe(true)
        expect(entities).toHaveLength(inside === '' ? 0 : names.length)
        for (const { offset, length } of entities) expect(shown.slice(offset, offset + length)).toBe(inside)
      }),
    )
  })

  it('as HTML is either read within its bounds or refused', () => {
    const piece = fc.constantFrom(
      '<b>',
      '</b>',
      '<i>',
      '</i>',
      '<a href="https://a.example">',
      '</a>',
      '&lt;',
      'я',
      ' ',
    )
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 12 }), (pieces) => {
        const read = attempt(() => rich(pieces.join('')))
        for (const { offset, length } of read?.entities ?? []) {
          expect(length).toBeGreaterThan(0)
          expect(offset + length).toBeLessThanOrEqual(read?.text.length ?? 0)
        }
      }),
    )
  })
})

function at<T extends string>(type: T, offset: number, length: number) {
  return { type, offset, length }
}

function attempt<T>(run: () => T): T | null {
  try {
    return run()
  } catch {
    return null
  }
}
