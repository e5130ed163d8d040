/** What the file holds, if it is JSON through and through and no key in it is written twice. */
export const wholeJson = (content: string): unknown => {
  try {
    const data: unknown = JSON.parse(content)
    return keysOf(data) === keysWritten(content) ? data : null
  } catch {
    return null
  }
}

const keysOf = (data: unknown): number => {
  if (typeof data !== 'object' || data === null) return 0
  const below = Object.values(data).reduce<number>((sum, value) => sum + keysOf(value), 0)
  return below + (Array.isArray(data) ? 0 : Object.keys(data).length)
}

/** Strings are taken one after the other, so that a quotation inside one is never a key. */
const keysWritten = (content: string): number =>
  [...content.matchAll(/"(?:[^"\\]|\\.)*"(\s*:)?/g)].filter(([, colon]) => colon !== undefined).length
