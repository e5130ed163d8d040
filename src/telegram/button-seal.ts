import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto'

const MAC = 8

let keys: Buffer[] = [randomBytes(32)]

/** From DATA_KEY, so that every replica has the same; older ones hold while DATA_KEY is being changed. */
export const useButtonKeys = (dataKeys: readonly Buffer[]): void => {
  keys = dataKeys.map((key) => createHmac('sha256', key).update('buttons').digest())
}

/** What a button carries, signed: nobody makes one that this bot did not. */
export const signed = (data: string): string => `${data}:${macOf(keys[0] as Buffer, data)}`

/** What was signed, or null when it was not by us. */
export const unsigned = (data: string): string | null => {
  const cut = data.lastIndexOf(':')
  const [body, mac] = [data.slice(0, cut), Buffer.from(data.slice(cut + 1))]
  if (cut < 1 || mac.length !== MAC) return null
  return keys.some((key) => timingSafeEqual(mac, Buffer.from(macOf(key, body)))) ? body : null
}

const macOf = (key: Buffer, data: string): string =>
  createHmac('sha256', key).update(data).digest('base64url').slice(0, MAC)
