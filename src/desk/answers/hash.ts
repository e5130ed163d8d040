/** FNV-1a over a part of a text, so that features need no strings of their own. */
export function hashOf(text: string, seed = 0x811c9dc5, from = 0): number {
  let hash = seed
  for (let at = from; at < text.length; at += 1) hash = mix(hash, text.charCodeAt(at))
  return hash >>> 0
}

export const mix = (hash: number, code: number): number => Math.imul(hash ^ code, 0x01000193)
