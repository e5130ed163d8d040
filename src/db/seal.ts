import { createCipheriv, createDecipheriv, createHash, randomBytes } from 'node:crypto'

/**
 * Nothing that people write rests in clear. A sealed value is
 * `01 | 'D' or 'C' | 8 bytes of key id | 12 bytes nonce | AES-256-GCM text | 16 bytes tag`;
 * the head is authenticated too, so that no value can be moved under another key's name.
 * 'D' is the desk's DATA_KEY (id: head of its SHA-256), 'C' the key of one citizen (id: the citizen's own id).
 */
const FORMAT = 1
const HEAD = 10
const NONCE = 12
const TAG = 16

export type DataKey = { key: Buffer; id: string }

export const dataKey = (key: Buffer): DataKey => ({
  key,
  id: createHash('sha256').update(key).digest('hex').slice(0, 16),
})

export const sealWith = (key: Buffer, head: Buffer, plain: Buffer): Buffer => {
  const nonce = randomBytes(NONCE)
  const cipher = createCipheriv('aes-256-gcm', key, nonce)
  cipher.setAAD(head)
  return Buffer.concat([head, nonce, cipher.update(plain), cipher.final(), cipher.getAuthTag()])
}

/** @throws when the value was changed or the key is another. */
export const openWith = (key: Buffer, value: Buffer): Buffer => {
  const decipher = createDecipheriv('aes-256-gcm', key, value.subarray(HEAD, HEAD + NONCE))
  decipher.setAAD(value.subarray(0, HEAD))
  decipher.setAuthTag(value.subarray(value.length - TAG))
  return Buffer.concat([decipher.update(value.subarray(HEAD + NONCE, value.length - TAG)), decipher.final()])
}

export const headOfData = (key: DataKey): Buffer =>
  Buffer.concat([Buffer.from([FORMAT, 'D'.charCodeAt(0)]), Buffer.from(key.id, 'hex')])

export const headOfCitizen = (citizen: number): Buffer => {
  const head = Buffer.alloc(HEAD)
  head.writeUInt8(FORMAT, 0)
  head.writeUInt8('C'.charCodeAt(0), 1)
  head.writeBigUInt64BE(BigInt(citizen), 2)
  return head
}

/** Whose key opens this value: a citizen's id, or null for the desk's own. */
export const citizenOf = (value: Buffer): number | null => {
  if (value[0] !== FORMAT) throw new Error(`sealed value of unknown format ${value[0]}`)
  return value[1] === 'C'.charCodeAt(0) ? Number(value.readBigUInt64BE(2)) : null
}
