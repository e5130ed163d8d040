import { expect, it } from 'vitest'
import { peopleSchema, USUAL_PEOPLE } from '../../src/texts/people.ts'
import { loadTexts } from '../../src/texts.ts'

it('says what holds when the file says nothing', () => {
  expect(loadTexts().people).toEqual({
    ...USUAL_PEOPLE,
    answer: expect.objectContaining({ default: USUAL_PEOPLE.answer.default }),
  })
})

it.each([
  [{ capacity: 0 }, /capacity|Too small/],
  [{ answer: { default: { remind: 30, return: 30 } } }, /reminds after/],
  [{ answer: { lines: { parking: { remind: 1, return: 2 } } } }, /parking/],
  [{ capasity: 5 }, /capasity/],
])('refuses %j', (written, message) => {
  expect(() => peopleSchema.parse(written)).toThrow(message)
})
