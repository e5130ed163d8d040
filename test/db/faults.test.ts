import { expect, test } from 'vitest'
import { isConflict, isDriverSlip, isStorageFault, isUniqueViolation, LostConnection } from '../../src/db/faults.ts'

const coded = (code: string, cause?: Error) => Object.assign(new Error('told by the server', { cause }), { code })
const wrapped = (code: string) => new Error('Failed query', { cause: coded(code) })
const slip = (message: string, place: string) => {
  const error = new TypeError(message)
  error.stack = `TypeError: ${message}\n    at nextWrite (${place}:255:22)`
  return error
}

test.each([
  '57P01',
  '57P03',
  '57014',
  '53300',
  '53100',
  '25006',
  '08006',
  '40001',
  '40P01',
  '55P03',
  'ECONNREFUSED',
  'CONNECT_TIMEOUT',
])('%s is the storage’s fault, also as the cause of another error', (code) => {
  expect(isStorageFault(coded(code))).toBe(true)
  expect(isStorageFault(wrapped(code))).toBe(true)
})

test.each(['23505', '23503', '22P02', '42P01', '42703', '25P02'])('%s is the fault of whoever asked', (code) => {
  expect(isStorageFault(coded(code))).toBe(false)
})

test('a lost connection is the storage’s fault, a plain error is not', () => {
  expect(isStorageFault(new LostConnection())).toBe(true)
  expect(isStorageFault(new Error('broken'))).toBe(false)
  expect(isStorageFault('57P01')).toBe(false)
})

test('conflicts and repeated keys are known apart', () => {
  expect([isConflict(wrapped('40001')), isConflict(coded('40P01')), isConflict(coded('23505'))]).toEqual([
    true,
    true,
    false,
  ])
  expect([isUniqueViolation(wrapped('23505')), isUniqueViolation(coded('40001'))]).toEqual([true, false])
})

test('only the driver’s own slip is survived', () => {
  const driver = 'file:///app/node_modules/postgres/src/connection.js'
  const message = "Cannot read properties of null (reading 'write')"
  expect(isDriverSlip(slip(message, driver))).toBe(true)
  expect(isDriverSlip(slip(message, 'file:///app/dist/mail/work.js'))).toBe(false)
  expect(isDriverSlip(slip('x is not a function', driver))).toBe(false)
  expect(isDriverSlip(Object.assign(new Error(message), { stack: driver }))).toBe(false)
})
