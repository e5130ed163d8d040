type Size = { width: number; height: number }

/** Width and height of a PNG, GIF, JPEG or WebP, from its first bytes; null for anything else. */
export const imageSize = (bytes: Uint8Array): Size | null => {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const head = Buffer.from(bytes.subarray(0, 16)).toString('latin1')
  if (head.startsWith('\x89PNG') && bytes.length >= 24) return { width: view.getUint32(16), height: view.getUint32(20) }
  if (head.startsWith('GIF8') && bytes.length >= 10) {
    return { width: view.getUint16(6, true), height: view.getUint16(8, true) }
  }
  if (head.startsWith('\xff\xd8')) return jpegSize(view)
  if (head.startsWith('RIFF') && head.slice(8, 12) === 'WEBP' && bytes.length >= 30) return webpSize(view, head)
  return null
}

/** Walks the segments up to the frame header, which holds the size. */
const jpegSize = (view: DataView): Size | null => {
  let at = 2
  while (at + 9 < view.byteLength && view.getUint8(at) === 0xff) {
    const marker = view.getUint8(at + 1)
    const frame = marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker)
    if (frame) return { width: view.getUint16(at + 7), height: view.getUint16(at + 5) }
    at += 2 + view.getUint16(at + 2)
  }
  return null
}

const webpSize = (view: DataView, head: string): Size => {
  if (head.slice(12, 16) === 'VP8X') {
    const three = (at: number) => view.getUint16(at, true) + view.getUint8(at + 2) * 65536 + 1
    return { width: three(24), height: three(27) }
  }
  if (head.slice(12, 16) === 'VP8L') {
    const bits = view.getUint32(21, true)
    return { width: (bits & 0x3fff) + 1, height: ((bits >> 14) & 0x3fff) + 1 }
  }
  return { width: view.getUint16(26, true) & 0x3fff, height: view.getUint16(28, true) & 0x3fff }
}
