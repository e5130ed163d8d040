/** The few shapes that a picture of figures needs. Every text is escaped here. */
export type Look = { size?: number; bold?: boolean; color?: string; anchor?: 'start' | 'middle' | 'end' }
export type Box = { x: number; y: number; w: number; h: number }

export const INK = '#16202E'
export const MUTED = '#667385'
export const LINE = '#E4E8EF'
export const PAPER = '#F1F4F9'
export const BLUE = '#2F6BEB'
export const GREEN = '#12A286'
export const AMBER = '#E8930C'
export const RED = '#D9483B'

export const text = (x: number, y: number, words: string, look: Look = {}): string => {
  const { size = 28, bold = false, color = INK, anchor = 'start' } = look
  const weight = bold ? ' font-weight="bold"' : ''
  return `<text x="${r(x)}" y="${r(y)}" font-size="${size}"${weight} fill="${color}" text-anchor="${anchor}">${asXml(words)}</text>`
}

export const rect = ({ x, y, w, h }: Box, fill: string, radius = 0): string =>
  `<rect x="${r(x)}" y="${r(y)}" width="${r(Math.max(0, w))}" height="${r(Math.max(0, h))}" rx="${radius}" fill="${fill}"/>`

export const card = (box: Box): string => rect(box, '#FFFFFF', 24)

export const rule = (x: number, y: number, w: number): string => rect({ x, y, w, h: 2 }, LINE)

/** Cut at the end where it would not fit. */
export const fitted = (words: string, width: number, size: number): string => {
  if (widthOf(words, size) <= width) return words
  let cut = ''
  for (const letter of words) {
    if (widthOf(`${cut}${letter}…`, size) > width) break
    cut += letter
  }
  return `${cut.trimEnd()}…`
}

/** As wide as DejaVu Sans is, near enough for keeping words apart. */
export const widthOf = (words: string, size: number): number => {
  let sum = 0
  for (const letter of words) sum += WIDTHS.find(([letters]) => letters.includes(letter))?.[1] ?? 0.64
  return sum * size
}

const WIDTHS: [letters: string, width: number][] = [
  ["ijlI|'", 0.29],
  [' .,:;!()[]-ftr', 0.37],
  ['гзсэвктухцчья«»', 0.59],
  ['жшщюфмыWMm@%…', 0.88],
  ['дъАБВГДЕЗИЙКЛНОПРСТУХЦЧЭЯABCDEFGHKLNOPQRSTUVXYZ', 0.71],
  ['ЖМФШЩЫЮ', 1.02],
]

export const svg = (width: number, height: number, shapes: string[]): string =>
  `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" font-family="DejaVu Sans">${shapes.join('')}</svg>`

const r = (value: number): number => Math.round(value * 10) / 10

/** What XML 1.0 does not know is left out: one such letter would spoil the whole picture. */
const asXml = (words: string): string =>
  words
    .toWellFormed()
    .replace(/[^ -\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu, '')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
