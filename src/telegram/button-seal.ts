import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto'

/** For whom a button was made; each has a key of its own, so that no side can press what was made for another. */
export const SIDES = ['citizen', 'desk', 'senior', 'second', 'admin'] as const
export type Side = (typeof SIDES)[number]

/** The mark begins the data and is all that differs from one button to another: it proves the rest and hides it. */
const MARK = 8
/** 64 letters, of six bits each, without the mark. */
const MOST = 48 - MARK

let keys: Buffer[] = [randomBytes(32)]

/** From DATA_KEY, so that every replica has the same; older ones hold while DATA_KEY is being changed. */
export const useButtonKeys = (dataKeys: readonly Buffer[]): void => {
  keys = dataKeys.map((key) => createHmac('sha256', key).update('buttons').digest())
}

/** What a button carries, so that nobody can read it and nobody but this bot can make it. */
export const sealed = (side: Side, data: Buffer): string => {
  if (data.length > MOST) throw new Error(`button data over 64 bytes: ${data.length} of ${MOST}`)
  const key = keyOf(keys[0] as Buffer, side)
  const mark = markOf(key, data)
  return Buffer.concat([mark, hidden(key, mark, data)]).toString('base64url')
}

/** What was sealed for this side, or null when it was not, or not by us. */
export const unsealed = (side: Side, sealedData: string): Buffer | null => {
  const bytes = Buffer.from(sealedData, 'base64url')
  if (bytes.length <= MARK || bytes.length > MARK + MOST || bytes.toString('base64url') !== sealedData) return null
  const mark = bytes.subarray(0, MARK)
  for (const one of keys) {
    const key = keyOf(one, side)
    const data = hidden(key, mark, bytes.subarray(MARK))
    if (timingSafeEqual(mark, markOf(key, data))) return data
  }
  return null
}

const keyOf = (key: Buffer, side: Side): Buffer => createHmac('sha256', key).update(side).digest()

const markOf = (key: Buffer, data: Buffer): Buffer =>
  createHmac('sha256', key).update('mark:').update(data).digest().subarray(0, MARK)

/** Back and forth: what the mark draws is laid over the bytes. */
const hidden = (key: Buffer, mark: Buffer, bytes: Buffer): Buffer => {
  const veil = createHmac('sha512', key).update('veil:').update(mark).digest()
  return Buffer.from(bytes.map((byte, n) => byte ^ (veil[n] ?? 0)))
}
