import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Desk } from '../../src/desk/desk.ts'
import { fitting } from '../../src/telegram/card.ts'
import type { Known } from '../../src/telegram/card-lines.ts'
import { rich } from '../../src/telegram/rich.ts'
import { loadTexts } from '../../src/texts.ts'

const texts = loadTexts()
const desk = { texts: () => texts } as unknown as Desk
const t = (key: string, vars?: Record<string, string | number>) => texts.t('ru', key, vars)
const appeal = {
  number: '482913057',
  kind: 'operator',
  line: 'access',
  lang: 'ru',
  status: 'accepted',
  openedAt: new Date(),
  waitingSince: new Date(),
  closedAt: null,
} as unknown as Known['appeal']

const words = fc.string({ unit: 'grapheme', maxLength: 3_000 })

test('a card fits one message, whatever was asked and answered', () => {
  fc.assert(
    fc.property(
      fc.array(words, { maxLength: 30 }),
      fc.array(words, { maxLength: 12 }),
      words,
      (answers, asked, name) => {
        const known: Known = {
          appeal,
          context: {
            flow: 'operator',
            answers: answers.map((text) => ({ step: 'text', text: text.repeat(3) })),
            trail: asked.map((text) => ({ kind: 'asked' as const, text, entry: null })),
          },
          name: name.slice(0, 100),
          owner: null,
          earlier: [appeal, appeal, appeal],
          rating: null,
          moved: null,
          last: 'Пётр',
          citizen: null,
          warnings: [{ phrase: 'card.unreachable' }],
        }
        const html = fitting(desk, known, t)
        expect(rich(html).text.length).toBeLessThanOrEqual(4_096)
        expect(html).toContain('482-913-057')
        expect(html).toContain('заблокировал')
      },
    ),
    { numRuns: 40 },
  )
})
