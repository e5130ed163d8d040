import { afterAll, expect, test } from 'vitest'
import { useButtonKeys } from '../../src/telegram/button-seal.ts'
import { read, write } from '../../src/telegram/buttons.ts'

const [OLD, NEW] = [Buffer.alloc(32, 1), Buffer.alloc(32, 2)]
afterAll(() => useButtonKeys([OLD]))

const take = { verb: 'work', deed: 'take', appeal: 12, version: 3 } as const

test('what this bot did not write is read as nothing: another deed, appeal or version, a cut or a made-up signature', () => {
  useButtonKeys([OLD])
  const data = write(take)
  expect(read(data)).toEqual(take)
  const [body, mac] = [data.slice(0, data.lastIndexOf(':')), data.slice(data.lastIndexOf(':') + 1)]
  for (const forged of [
    body,
    `${body}:`,
    `${body}:AAAAAAAA`,
    `${body}:${mac.slice(1)}`,
    `${body}:${mac}x`,
    `work:close:12:3:${mac}`,
    `work:take:13:3:${mac}`,
    `work:take:12:4:${mac}`,
    `approve:12:${mac}`,
    'approve:1',
    ':',
    '',
  ])
    expect(read(forged), forged).toBeNull()
})

test('while the key is changed both hold; after that an old button is nothing, and ways through the answers still are', () => {
  useButtonKeys([OLD])
  const [old, entry] = [write(take), write({ verb: 'entry', id: 'access.no_code' })]
  useButtonKeys([NEW, OLD])
  expect(read(old)).toEqual(take)
  expect(write(take)).not.toBe(old)
  useButtonKeys([NEW])
  expect(read(old)).toBeNull()
  expect(read(entry)).toEqual({ verb: 'entry', id: 'access.no_code' })
})

test('the longest fits into the 64 bytes that Telegram allows', () => {
  const most = 10 ** 11
  for (const long of [
    { verb: 'audit', before: most, appeal: most, operator: most },
    { verb: 'rate', appeal: most, closing: 9999, score: 5 },
    { verb: 'line', line: 'complaints', appeal: most, version: 99_999 },
    { verb: 'form', deed: 'cancel', draft: most, stage: 'attachments' },
  ] as const)
    expect(read(write(long))).toEqual(long)
})
