import { expect, test } from 'vitest'
import { waitingOf, waitingSchema } from '../../src/texts/waiting.ts'
import { loadTexts } from '../../src/texts.ts'
import { wordsFolder } from '../words-folder.ts'

test('a line takes what it does not name from all lines; without a file it is as it always was', () => {
  const file = waitingSchema.parse({
    default: { nudge_hours: 4, reserve: 'services' },
    lines: { fraud: { limit_minutes: 10, reserve: null } },
  })
  expect(waitingOf(file, 'access')).toEqual({ limitMinutes: 30, nudgeHours: 4, graceHours: 9, reserve: 'services' })
  expect(waitingOf(file, 'fraud')).toEqual({ limitMinutes: 10, nudgeHours: 4, graceHours: 9, reserve: null })
  // The line that takes over for all others has nobody to take over for it.
  expect(waitingOf(file, 'services').reserve).toBeNull()
  expect(waitingOf(null, 'access')).toEqual({ limitMinutes: 30, nudgeHours: 9, graceHours: 9, reserve: null })
})

test.each([
  ['default: { limit_minutes: 0 }', 'limit_minutes'],
  ['default: { nudge: 3 }', 'nudge'],
  ['default: {}\nlines: { cinema: { grace_hours: 3 } }', 'cinema'],
  ['default: {}\nlines: { access: { reserve: access } }', 'names itself as its reserve'],
])('%s is refused with its file and line', (text, message) => {
  const words = wordsFolder()
  words.write('waiting.yaml', `${text}\n`)
  try {
    expect(() => loadTexts(words.dir)).toThrow(new RegExp(`waiting\\.yaml:\\d+: error: [\\s\\S]*${message}`))
  } finally {
    words.remove()
  }
})
