/** What is longer is cut: a question stands in the first lines or in the last ones. */
const HEAD = 1400
const TAIL = 600

/** One spelling for what people type in many: case, ё, invisible signs, look-alike letters, stretched letters. */
export function normalise(text: string): string {
  const whole = text.length > HEAD + TAIL ? `${text.slice(0, HEAD)} ${text.slice(-TAIL)}` : text
  return whole
    .toWellFormed()
    .normalize('NFKC')
    .toLowerCase()
    .normalize('NFC')
    .replace(/[\p{Cf}\p{Mn}\uFFFD]/gu, '')
    .replace(/[\p{Cc}\p{Z}]+/gu, ' ')
    .replaceAll('ё', 'е')
    .replace(/(\p{L})\1{2,}/gu, '$1')
    .replace(/[\p{L}\p{N}]+/gu, oneAlphabet)
    .trim()
}

/** The words of a normalised text: letters and digits, `#` and `*` as people press them. */
export function wordsOf(text: string): string[] {
  return text.match(/[\p{L}\p{N}]+|[#*]/gu) ?? []
}

const LOOK_ALIKE = new Map([...'acekopxytbmhn'].map((letter, at) => [letter, 'асекорхутвмнп'[at] ?? letter]))

/** Latin letters drawn like Cyrillic ones inside a Cyrillic word («кoд») are meant Cyrillic. */
function oneAlphabet(word: string): string {
  if (!/[а-я]/.test(word) || !/[a-z]/.test(word)) return word
  const cyrillic = [...word].map((letter) => LOOK_ALIKE.get(letter) ?? letter).join('')
  return /[a-z]/.test(cyrillic) ? word.replace(/([а-я])(?=[a-z])|([a-z])(?=[а-я])/g, '$1$2 ') : cyrillic
}
