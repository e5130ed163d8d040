import fc from 'fast-check'
import type { MessageEntity } from 'grammy/types'
import { expect, test } from 'vitest'
import { partsOf } from '../../src/telegram/parts.ts'

const words = fc.array(
  fc.constantFrom('слово', ' ', '\n', '\n\n', '👨‍👩‍👧', '🇷🇺', 'e\u0301', 'длинноедлинноеслово', '😀'),
  {
    minLength: 1,
    maxLength: 400,
  },
)

test('nothing is lost, every piece fits, no character is cut, and entities cover the same text', () => {
  fc.assert(
    fc.property(words, fc.nat(300), fc.nat(300), fc.integer({ min: 40, max: 200 }), (list, from, long, most) => {
      const text = list.join('')
      const offset = Math.min(from, text.length - 1)
      const bold: MessageEntity = { type: 'bold', offset, length: Math.max(1, Math.min(long, text.length - offset)) }
      const parts = partsOf({ text, entities: [bold] }, most, most * 2)
      expect(parts.map((part) => part.text).join('')).toBe(text)
      for (const [n, part] of parts.entries()) {
        expect(part.text.length).toBeLessThanOrEqual(n === 0 ? most : most * 2)
        expect(part.text.isWellFormed()).toBe(true)
        expect(part.text).not.toMatch(/^[\u0301\u200d]/)
      }
      const covered = parts.map((part) =>
        part.entities.map((one) => part.text.slice(one.offset, one.offset + one.length)),
      )
      expect(covered.flat().join('')).toBe(text.slice(offset, offset + bold.length))
    }),
    { numRuns: 300 },
  )
})

test('it is cut where people would: at a paragraph, a line, a space', () => {
  const paragraph = 'а'.repeat(80)
  expect(partsOf({ text: `${paragraph}\n\n${paragraph}`, entities: [] }, 100).map(({ text }) => text)).toEqual([
    `${paragraph}\n\n`,
    paragraph,
  ])
  expect(partsOf({ text: `${'б'.repeat(90)} ${'в'.repeat(20)}`, entities: [] }, 100).map(({ text }) => text)).toEqual([
    `${'б'.repeat(90)} `,
    'в'.repeat(20),
  ])
})
