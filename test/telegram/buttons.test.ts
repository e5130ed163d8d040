import fc from 'fast-check'
import { afterAll, beforeEach, describe, expect, test } from 'vitest'
import { pack, unpack } from '../../src/telegram/button-pack.ts'
import { useButtonKeys } from '../../src/telegram/button-seal.ts'
import { type Button, type Here, pressed, read, write } from '../../src/telegram/buttons.ts'

/** Whoever has every role. */
const DESK = { roles: ['operator', 'senior', 'admin'] } satisfies Here

const [OLD, NEW] = [Buffer.alloc(32, 1), Buffer.alloc(32, 2)]
beforeEach(() => useButtonKeys([OLD]))
afterAll(() => useButtonKeys([OLD]))

const take = { verb: 'work', deed: 'take', appeal: 12, version: 3 } as const
const most = 10 ** 11

describe('what a button carries', () => {
  test('cannot be read: no word and no number of it is in the data, and near ones have nothing in common', () => {
    const data = write(take)
    expect(data).toMatch(/^[A-Za-z0-9_-]+$/)
    for (const coding of ['base64url', 'utf8'] as const) {
      const seen = Buffer.from(data, coding).toString('latin1')
      expect(seen).not.toMatch(/work|take/)
    }
    const ciphers = [12, 13, 14, 15].map((appeal) => Buffer.from(write({ ...take, appeal }), 'base64url'))
    for (const [n, one] of ciphers.entries())
      for (const other of ciphers.slice(n + 1)) {
        const same = one.filter((byte, at) => byte === other[at]).length
        expect(same).toBeLessThan(one.length / 3)
      }
  })

  test('is only what this bot wrote: no bit of it can be changed, nothing cut or added, nothing said in clear', () => {
    const data = write(take)
    expect(read(data, DESK)).toEqual(take)
    const bytes = Buffer.from(data, 'base64url')
    for (let bit = 0; bit < bytes.length * 8; bit += 1) {
      const forged = Buffer.from(bytes)
      forged[bit >> 3] = (forged[bit >> 3] ?? 0) ^ (1 << (bit & 7))
      expect(read(forged.toString('base64url'), DESK), String(bit)).toBeNull()
    }
    for (const forged of [
      data.slice(1),
      data.slice(0, -1),
      `${data}A`,
      `${data}=`,
      ` ${data}`,
      '',
      ':',
      'A'.repeat(64),
    ])
      expect(read(forged, DESK), forged).toBeNull()
    for (const clear of ['work:take:12:3', 'work:take:12:3:AAAAAAAA', 'approve:1', 'approve:12:abcdefgh'])
      expect(read(clear, DESK), clear).toBeNull()
  })
})

describe('a button belongs to the side it was made for', () => {
  const citizens: Button[] = [
    { verb: 'appeal', appeal: 7 },
    { verb: 'write', appeal: 7 },
    { verb: 'rate', appeal: 7, closing: 1, score: 5 },
    { verb: 'data', deed: 'forget_yes' },
    { verb: 'wait', deed: 'cancelled', appeal: 7 },
    { verb: 'form', deed: 'send', draft: 7, stage: 'review' },
  ]
  const desks: Button[] = [
    take,
    { verb: 'held', deed: 'release', message: 7 },
    { verb: 'reveal', what: 'card', id: 7, page: 0 },
    { verb: 'approve', person: 7 },
    { verb: 'mailing', deed: 'send', mailing: 7 },
    { verb: 'unban', ban: 7 },
  ]
  const seniors: Button[] = [
    { verb: 'mailing', deed: 'send', mailing: 7 },
    { verb: 'unban', ban: 7 },
    { verb: 'scheme', appeal: 7 },
    { verb: 'person', deed: 'empty', person: 7, what: '' },
    { verb: 'eyes', deed: 'confirm', proposal: 3 },
  ]
  const admins: Button[] = [
    { verb: 'person', deed: 'grant', person: 7, what: 'senior' },
    { verb: 'checked', hash: '0123456789abcdef' },
  ]

  test.each(citizens)('$verb of a citizen is nothing in a desk group', (button) => {
    expect(read(write(button), 'citizen')).toEqual(button)
    expect(read(write(button), DESK)).toBeNull()
  })
  test.each(desks)('$verb of the desk is nothing in a private chat', (button) => {
    expect(read(write(button), DESK)).toEqual(button)
    expect(read(write(button), 'citizen')).toBeNull()
  })
  test.each(seniors)('$verb of seniors is nothing under the finger of an operator', (button) => {
    expect(read(write(button), { roles: ['operator'] })).toBeNull()
    expect(read(write(button), { roles: [] })).toBeNull()
    expect(read(write(button), { roles: ['operator', 'senior'] })).toEqual(button)
    expect(read(write(button), DESK)).toEqual(button)
  })
  test.each(admins)('$verb of admins is nothing under the finger of a senior', (button) => {
    expect(read(write(button), { roles: ['operator', 'senior'] })).toBeNull()
    expect(read(write(button), DESK)).toEqual(button)
  })
  test('an admin has both places, and a way through the answers is everybody’s', () => {
    for (const button of [{ verb: 'eyes', deed: 'confirm', proposal: 3 }, { verb: 'sections' }] as const)
      for (const here of ['citizen', DESK] as const) expect(read(write(button), here)).toEqual(button)
  })
  test('the chat of the press says where it is', () => {
    const press = (type: string) => ({ callbackQuery: { data: write(take), message: { chat: { type } } } }) as never
    expect(pressed(press('supergroup'))).toEqual(take)
    expect(pressed(press('private'))).toBeNull()
    expect(pressed({ callbackQuery: { data: write(take) } } as never)).toBeNull()
  })
})

test('while the key is changed both hold; after that an old button is nothing, and ways through the answers still are', () => {
  const [old, entry] = [write(take), write({ verb: 'entry', id: 'access.no_code' })]
  useButtonKeys([NEW, OLD])
  expect(read(old, DESK)).toEqual(take)
  expect(write(take)).not.toBe(old)
  useButtonKeys([NEW])
  expect(read(old, DESK)).toBeNull()
  expect(read(entry, 'citizen')).toEqual({ verb: 'entry', id: 'access.no_code' })
})

test('the longest fits into the 64 bytes that Telegram allows', () => {
  const longest: Button[] = [
    { verb: 'audit', before: most, appeal: most, operator: most },
    { verb: 'rate', appeal: most, closing: 9999, score: 5 },
    { verb: 'line', line: 'complaints', appeal: most, version: 99_999 },
    { verb: 'form', deed: 'cancel', draft: most, stage: 'attachments' },
    { verb: 'reply', deed: 'offer', appeal: most, id: 'a'.repeat(30) },
    { verb: 'replies', appeal: most, page: 99, word: 'щ'.repeat(12) },
    { verb: 'outage', deed: 'entry', outage: 99_999, what: 'safety.fraud_actions_of_others' },
    { verb: 'outage', deed: 'announce', outage: most, what: 'all' },
    { verb: 'person', deed: 'presence', person: most, what: 'a1'.repeat(10) },
  ]
  for (const long of longest) {
    const data = write(long)
    expect(Buffer.byteLength(data)).toBeLessThanOrEqual(64)
    expect([read(data, DESK), read(data, 'citizen')]).toContainEqual(long)
  }
})

test('whatever is packed comes back, and what is not packed never throws', () => {
  const part = fc.oneof(
    fc.string({ maxLength: 15, unit: 'binary' }),
    fc.string({ maxLength: 60, unit: fc.constantFrom(...'abc_.-019') }),
    fc.nat({ max: 999_999_999_999_999 }).map(String),
    fc.constantFrom('', '0', '00', '007', '1e3', '-1', '9007199254740993'),
  )
  fc.assert(fc.property(fc.array(part, { maxLength: 4 }), (parts) => void expect(unpack(pack(parts))).toEqual(parts)))
  fc.assert(fc.property(fc.uint8Array({ maxLength: 48 }), (bytes) => void unpack(Buffer.from(bytes))))
})
