/**
 * Words and numbers in as few bytes as may be, so that sealed they still fit into a button. Each part begins with one byte:
 * a whole number of so many bytes, so many letters of six bits, or so many bytes of any other text.
 */
export const pack = (parts: readonly string[]): Buffer => Buffer.concat(parts.map(packed))

/** Null for what pack would not have made. */
export const unpack = (bytes: Buffer): string[] | null => {
  const parts: string[] = []
  for (let at = 0; at < bytes.length; ) {
    const tag = bytes[at] ?? 0
    const [size, from] = [sizeOf(tag), at + 1]
    if (from + size > bytes.length) return null
    parts.push(unpacked(tag, bytes.subarray(from, from + size)))
    at = from + size
  }
  return parts
}

const [LETTERS, TEXT, MOST] = [64, 128, 63]
const ALPHABET = 'abcdefghijklmnopqrstuvwxyz0123456789_.-ABCDEFGHIJKLMNOPQRSTUVWXY'

const packed = (part: string): Buffer => {
  if (/^(0|[1-9]\d{0,14})$/.test(part)) return number(Number(part))
  const letters = [...part].map((letter) => ALPHABET.indexOf(letter))
  const text = letters.includes(-1)
  const body = text ? Buffer.from(part) : sixBits(letters)
  const length = text ? body.length : letters.length
  if (length > MOST) throw new Error('too long for a button')
  return Buffer.concat([Buffer.of((text ? TEXT : LETTERS) + length), body])
}

const number = (value: number): Buffer => {
  const hex = value === 0 ? '' : value.toString(16)
  const body = Buffer.from(hex.length % 2 ? `0${hex}` : hex, 'hex')
  return Buffer.concat([Buffer.of(body.length), body])
}

const sixBits = (letters: number[]): Buffer => {
  const bits = letters.map((letter) => letter.toString(2).padStart(6, '0')).join('')
  return Buffer.from((bits.match(/.{1,8}/g) ?? []).map((byte) => Number.parseInt(byte.padEnd(8, '0'), 2)))
}

const sizeOf = (tag: number): number =>
  tag < LETTERS ? tag : tag < TEXT ? Math.ceil(((tag - LETTERS) * 6) / 8) : tag - TEXT

const unpacked = (tag: number, body: Buffer): string => {
  if (tag < LETTERS) return String(body.length === 0 ? 0 : Number.parseInt(body.toString('hex'), 16))
  if (tag >= TEXT) return body.toString()
  const bits = [...body].map((byte) => byte.toString(2).padStart(8, '0')).join('')
  return Array.from(
    { length: tag - LETTERS },
    (_, n) => ALPHABET[Number.parseInt(bits.slice(n * 6, n * 6 + 6), 2)],
  ).join('')
}
