import { randomBytes } from 'node:crypto'
import fc from 'fast-check'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { connect, type Db } from '../../src/db/client.ts'
import { createKeyring, opensStored } from '../../src/db/keyring.ts'
import { citizenOf, dataKey, headOfCitizen, headOfData, openWith, sealWith } from '../../src/db/seal.ts'
import { type TestDatabase, testDatabase } from '../database.ts'

const key = randomBytes(32)
const head = headOfData(dataKey(key))

test('whatever is sealed opens again to the same bytes', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 4_000 }), (bytes) => {
      const plain = Buffer.from(bytes)
      const sealed = sealWith(key, head, plain)
      expect(openWith(key, sealed).equals(plain)).toBe(true)
      if (plain.length > 3) expect(sealed.includes(plain)).toBe(false)
    }),
  )
})

test('one changed bit anywhere – head, nonce, text, tag – and it does not open; nor cut short, nor by another key', () => {
  const sealed = sealWith(key, head, Buffer.from('Код не приходит третий день'))
  for (let bit = 0; bit < sealed.length * 8; bit += 1) {
    const changed = Buffer.from(sealed)
    changed[bit >> 3] = (changed[bit >> 3] ?? 0) ^ (1 << (bit & 7))
    expect(() => openWith(key, changed), `bit ${bit}`).toThrow()
  }
  for (let length = 0; length < sealed.length; length += 1) {
    expect(() => openWith(key, sealed.subarray(0, length)), `${length} bytes`).toThrow()
  }
  expect(() => openWith(randomBytes(32), sealed)).toThrow()
})

test('a value cannot be moved under another citizen’s name, even by whoever can write to the database', () => {
  const mine = sealWith(key, headOfCitizen(1), Buffer.from('mine'))
  const moved = Buffer.concat([headOfCitizen(2), mine.subarray(10)])
  expect(citizenOf(moved)).toBe(2)
  expect(() => openWith(key, moved)).toThrow()
  expect(citizenOf(sealWith(key, headOfCitizen(Number.MAX_SAFE_INTEGER), Buffer.alloc(0)))).toBe(
    Number.MAX_SAFE_INTEGER,
  )
  expect(citizenOf(sealWith(key, head, Buffer.alloc(0)))).toBeNull()
  expect(() => citizenOf(Buffer.from([2, 67, 0]))).toThrow('unknown format')
})

test('the same words are sealed differently every time', () => {
  const sealed = Array.from({ length: 50 }, () => sealWith(key, head, Buffer.from('да')).toString('hex'))
  expect(new Set(sealed).size).toBe(50)
})

let database: TestDatabase
let db: Db
beforeAll(async () => {
  database = await testDatabase()
  db = connect(database.url)
})
afterAll(async () => {
  await db.close()
  await database.drop()
})

const withKeys = async (...citizens: number[]) => {
  const ring = createKeyring(db, key)
  await db.transaction(async (tx) => {
    for (const citizen of citizens) await ring.create(tx, citizen)
  })
  return ring
}

test('each citizen has a key of one’s own, kept only wrapped by the desk’s', async () => {
  const ring = await withKeys(1, 2)
  const [one, two] = [await ring.forCitizen(1, { text: 'одно' }), await ring.forCitizen(2, { text: 'другое' })]
  expect(await createKeyring(db, key).open(one)).toEqual({ text: 'одно' })
  const swapped = Buffer.concat([headOfCitizen(2), one.subarray(10)])
  await expect(ring.open(swapped)).rejects.toThrow()
  await expect(createKeyring(db, randomBytes(32)).open(two)).rejects.toThrow()
  const rows = await db.run<{ wrapped: Buffer; kek: string }>('select wrapped, kek from keys.citizen_keys')
  const plain = rows.map(({ wrapped }) => openWith(key, wrapped).toString('hex'))
  expect(new Set(plain).size).toBe(2)
  for (const { wrapped, kek } of rows) {
    expect(kek).toBe(dataKey(key).id)
    expect(plain.some((bytes) => wrapped.toString('hex').includes(bytes))).toBe(false)
  }
  expect(await opensStored(db, key)).toBe('opens')
  expect(await opensStored(db, randomBytes(32))).toBe('wrong')
})

test('asked for twice at once, a citizen still gets one key', async () => {
  const ring = await withKeys(3)
  const sealed = await ring.forCitizen(3, 'прежнее')
  await withKeys(3)
  expect(await createKeyring(db, key).open(sealed)).toBe('прежнее')
})

test('a forgotten citizen’s words open nowhere any more, soon also where the key was just used', async () => {
  const ring = await withKeys(4)
  const sealed = await ring.forCitizen(4, 'забудьте меня')
  expect(await ring.open(sealed)).toBe('забудьте меня')
  await db.run('delete from keys.citizen_keys where citizen = 4')
  expect(await createKeyring(db, key).open(sealed)).toBeNull()
  vi.useFakeTimers({ now: Date.now() + 61_000, toFake: ['Date'] })
  try {
    expect(await ring.open(sealed)).toBeNull()
    await expect(ring.forCitizen(4, 'снова')).rejects.toThrow('has no key')
  } finally {
    vi.useRealTimers()
  }
})

test('what belongs to nobody opens by the desk’s key alone', async () => {
  const ring = createKeyring(db, key)
  expect(await ring.open(ring.own({ a: [1, null, 'ё'] }))).toEqual({ a: [1, null, 'ё'] })
})
