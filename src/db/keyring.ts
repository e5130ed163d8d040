import { createHmac, randomBytes } from 'node:crypto'
import type { Db, Tx } from './client.ts'
import { citizenOf, type DataKey, dataKey, headOfCitizen, headOfData, openWith, sealWith } from './seal.ts'

export type Keyring = {
  /** Seals by the desk's own key. */
  own(value: unknown): Buffer
  /** Seals by that citizen's key; forgetting the citizen makes it unreadable everywhere. */
  forCitizen(citizen: number, value: unknown, tx?: Tx): Promise<Buffer>
  /** The value, or null when its citizen was forgotten. */
  open<T>(value: Buffer, tx?: Tx): Promise<T | null>
  /** What a short word is looked for by, without it being kept: HMACs that only this desk can make, the present key's first. */
  marks(word: string): string[]
  /** Makes the key of a new citizen, in the transaction that stores the citizen. */
  create(tx: Tx, citizen: number): Promise<void>
  /** Destroys a citizen's key. Whatever it sealed is unreadable, here and in every copy that lacks it. */
  destroy(tx: Tx, citizen: number): Promise<void>
}

const HEAD_BYTES = 10
const MOST_CACHED = 5_000
/** A citizen who is forgotten on one replica is so on all of them a minute later. */
const CACHED_MS = 60_000

const NEW_KEY = 'insert into keys.citizen_keys (citizen, wrapped, kek) values ($1, $2, $3) on conflict do nothing'

/** `older` open what they sealed and seal nothing any more: see keys:rotate. */
export const createKeyring = (db: Db, secret: Buffer, older: readonly Buffer[] = []): Keyring => {
  const data: DataKey = dataKey(secret)
  const all = [data, ...older.map(dataKey)]
  const head = headOfData(data)
  const cache = new Map<number, { key: Buffer; until: number }>()

  const keep = (citizen: number, key: Buffer): Buffer => {
    if (cache.size >= MOST_CACHED) cache.delete(cache.keys().next().value as number)
    cache.set(citizen, { key, until: Date.now() + CACHED_MS })
    return key
  }

  const keyOf = async (citizen: number, tx: Tx | Db = db): Promise<Buffer | null> => {
    const cached = cache.get(citizen)
    if (cached && cached.until > Date.now()) return cached.key
    cache.delete(citizen)
    const [row] = await tx.run<{ wrapped: Buffer; kek: string }>(
      'select wrapped, kek from keys.citizen_keys where citizen = $1',
      [citizen],
    )
    return row ? keep(citizen, openWith(keyFor(all, row.wrapped), row.wrapped)) : null
  }

  return {
    own: (value) => sealWith(data.key, head, pack(value)),
    forCitizen: async (citizen, value, tx) => {
      const key = await keyOf(citizen, tx)
      if (key === null) throw new Error('this citizen has no key')
      return sealWith(key, headOfCitizen(citizen), pack(value))
    },
    open: async <T>(value: Buffer, tx?: Tx) => {
      const citizen = citizenOf(value)
      const key = citizen === null ? keyFor(all, value) : await keyOf(citizen, tx)
      return key === null ? null : (JSON.parse(openWith(key, value).toString('utf8')) as T)
    },
    marks: marking([secret, ...older]),
    create: async (tx, citizen) => {
      const key = randomBytes(32)
      const wrapped = sealWith(data.key, head, key)
      await tx.run(NEW_KEY, [citizen, wrapped, data.id])
    },
    destroy: async (tx, citizen) => {
      await tx.run('delete from keys.citizen_keys where citizen = $1', [citizen])
      cache.delete(citizen)
    },
  }
}

/** By keys of their own that follow from the secrets. */
const marking = (secrets: readonly Buffer[]) => {
  const keys = secrets.map((secret) => createHmac('sha256', secret).update('contact-marks').digest())
  return (word: string): string[] => keys.map((key) => createHmac('sha256', key).update(word).digest('base64url'))
}

/** Whether this key is the one that wrapped the newest citizen's key. */
export const opensStored = async (
  db: Db,
  secret: Buffer,
  older: readonly Buffer[] = [],
): Promise<'opens' | 'wrong' | 'nothing-stored'> => {
  const [row] = await db.run<{ wrapped: Buffer }>('select wrapped from keys.citizen_keys order by citizen desc limit 1')
  if (!row) return 'nothing-stored'
  try {
    openWith(keyFor([secret, ...older].map(dataKey), row.wrapped), row.wrapped)
    return 'opens'
  } catch {
    return 'wrong'
  }
}

/** The key that is named in the head; with another one nothing opens, and that is said by the one that does not fit. */
const keyFor = ([first, ...others]: DataKey[], value: Buffer): Buffer => {
  const named = others.find((one) => headOfData(one).equals(value.subarray(0, HEAD_BYTES)))
  return (named ?? (first as DataKey)).key
}

const pack = (value: unknown): Buffer => Buffer.from(JSON.stringify(value), 'utf8')
