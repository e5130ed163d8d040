import fc from 'fast-check'
import { expect, test } from 'vitest'
import { isNumber, newNumber, readNumber, showNumber } from '../../src/desk/appeal-number.ts'

const number = fc.constant(null).map(newNumber)

test('the check digit is Damm’s: 572 is followed by 4', () => {
  // The worked example of the published algorithm, padded in front: leading zeros do not change Damm's digit.
  expect(isNumber('000005724')).toBe(true)
  expect(isNumber('000005725')).toBe(false)
})

test('what is shown is read back, however it is typed', () => {
  fc.assert(
    fc.property(
      number,
      fc.constantFrom('-', ' ', '', '–', ' - ', '.', '\u00a0', '‑'),
      fc.constantFrom('', '№ ', '#', 'номер '),
      (one, gap, before) => {
        const typed = `${before}${one.slice(0, 3)}${gap}${one.slice(3, 6)}${gap}${one.slice(6)} `
        expect(readNumber(typed)).toBe(one)
        expect(readNumber(showNumber(one))).toBe(one)
      },
    ),
  )
})

test('any one wrong digit is found', () => {
  fc.assert(
    fc.property(number, fc.nat(8), fc.integer({ min: 1, max: 9 }), (one, at, by) => {
      const wrong = [...one].map((digit, n) => (n === at ? String((Number(digit) + by) % 10) : digit)).join('')
      expect(isNumber(wrong)).toBe(false)
    }),
  )
})

test('any two swapped neighbours are found', () => {
  fc.assert(
    fc.property(number, fc.nat(7), (one, at) => {
      fc.pre(one[at] !== one[at + 1])
      const swapped = one.slice(0, at) + one[at + 1] + one[at] + one.slice(at + 2)
      expect(isNumber(swapped)).toBe(false)
    }),
  )
})

test('words, other lengths and sentences are no numbers', () => {
  for (const text of ['', '12', '1234567890', 'привет', '482-913-05', 'мой номер 482913057 где ответ', '٤٨٢٩١٣٠٥٧']) {
    expect(readNumber(text)).toBeNull()
  }
  fc.assert(fc.property(fc.string({ unit: 'binary' }), (text) => void readNumber(text)))
})
