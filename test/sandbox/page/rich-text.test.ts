import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type Piece, richText } from '../../../src/sandbox/page/rich-text.ts'
import type { Entity } from '../../../src/sandbox/page/wire.ts'

describe('formatting of a message', () => {
  test('a text without entities is one piece, an empty one none', () => {
    expect(richText('привет')).toEqual(['привет'])
    expect(richText('')).toEqual([])
  })

  test('one entity stands between plain pieces', () => {
    expect(shape('a bold c', [mark('bold', 2, 4)])).toBe('a [bold:bold] c')
  })

  test('offsets count UTF-16 units, so a smiley is two', () => {
    expect(shape('👍 да', [mark('bold', 3, 2)])).toBe('👍 [bold:да]')
    expect(shape('👩‍👩‍👧 код', [mark('code', 9, 3)])).toBe('👩‍👩‍👧 [code:код]')
  })

  test('entities nest, whatever order they come in', () => {
    const inner = mark('italic', 4, 3)
    const outer = mark('bold', 0, 11)
    expect(shape('one two six', [inner, outer])).toBe('[bold:one [italic:two] six]')
    expect(shape('one two six', [outer, inner])).toBe('[bold:one [italic:two] six]')
  })

  test('two entities on one stretch both hold', () => {
    expect(shape('word', [mark('bold', 0, 4), mark('underline', 0, 4)])).toBe('[bold:[underline:word]]')
  })

  test('entities that cross are cut where they meet', () => {
    expect(shape('abcdef', [mark('bold', 0, 4), mark('italic', 2, 4)])).toBe('[bold:ab[italic:cd]][italic:ef]')
  })

  test('a link stays whole under a crossing entity, a quotation under both', () => {
    expect(shape('abcdef', [mark('bold', 0, 5), mark('text_link', 3, 3)])).toBe('[bold:abc][text_link:[bold:de]f]')
    expect(shape('abcdef', [mark('bold', 0, 5), mark('blockquote', 3, 3)])).toBe('[bold:abc][blockquote:[bold:de]f]')
  })

  test('the line break that ends a block is not shown twice', () => {
    expect(shape('quote\nnext', [mark('blockquote', 0, 5)])).toBe('[blockquote:quote]next')
    expect(shape('code\n\nnext', [mark('pre', 0, 4)])).toBe('[pre:code]\nnext')
    expect(shape('quote\n', [mark('blockquote', 0, 5)])).toBe('[blockquote:quote]')
  })

  test('unknown kinds and stretches outside the text are left out, their text stays', () => {
    expect(shape('🙂 x', [mark('custom_emoji', 0, 2)])).toBe('🙂 x')
    expect(shape('abc', [mark('bold', 5, 3), mark('italic', 1, 90), mark('code', 1, 0)])).toBe('a[italic:bc]')
  })

  test('a link keeps its address, a code block its language', () => {
    const [link] = richText('here', [{ ...mark('text_link', 0, 4), url: 'https://example.org/' }])
    const [code] = richText('let a', [{ ...mark('pre', 0, 5), language: 'ts' }])
    expect(link).toMatchObject({ entity: { url: 'https://example.org/' }, text: 'here' })
    expect(code).toMatchObject({ entity: { language: 'ts' }, text: 'let a' })
  })

  test('no character is lost or doubled, whatever the entities', () => {
    const type = fc.constantFrom('bold', 'italic', 'url', 'spoiler', 'code', 'custom_emoji')
    const entity = fc.record({ type, offset: fc.nat(30), length: fc.nat(30) })
    fc.assert(
      fc.property(
        fc.string({ unit: 'binary', maxLength: 24 }),
        fc.array(entity, { maxLength: 8 }),
        (text, entities) => {
          expect(plain(richText(text, entities))).toBe(text)
        },
      ),
    )
  })
})

function mark(type: string, offset: number, length: number): Entity {
  return { type, offset, length }
}

function shape(text: string, entities: Entity[]): string {
  const draw = (piece: Piece): string =>
    typeof piece === 'string' ? piece : `[${piece.entity.type}:${piece.children.map(draw).join('')}]`
  return richText(text, entities).map(draw).join('')
}

function plain(pieces: Piece[]): string {
  return pieces.map((piece) => (typeof piece === 'string' ? piece : plain(piece.children))).join('')
}
