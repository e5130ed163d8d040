const LATIN = "`qwertyuiop[]asdfghjkl;'zxcvbnm,./"
const SHIFTED = '~QWERTYUIOP{}ASDFGHJKL:"ZXCVBNM<>?'
const CYRILLIC = 'ёйцукенгшщзхъфывапролджэячсмитьбю.'

const toCyrillic = new Map<string, string>()
const toLatin = new Map<string, string>()
for (let at = 0; at < LATIN.length; at += 1) {
  const key = CYRILLIC.charAt(at)
  toCyrillic.set(LATIN.charAt(at), key)
  toCyrillic.set(SHIFTED.charAt(at).toLowerCase(), key)
  toLatin.set(key, LATIN.charAt(at))
}
toCyrillic.set('?', ',').set('/', '.').set('&', '?').set('^', ':')
toLatin.set('.', '/').set(',', '?')

/** What the same keys give on a Russian keyboard: `ghbdtn` → `привет`. */
export function onRussianKeys(text: string): string {
  return press(text, toCyrillic).replaceAll('ё', 'е')
}

/** What the same keys give on an English keyboard: `зрщту` → `phone`. */
export function onEnglishKeys(text: string): string {
  return press(text, toLatin)
}

function press(text: string, keys: Map<string, string>): string {
  let pressed = ''
  for (const letter of text) pressed += keys.get(letter) ?? letter
  return pressed
}
