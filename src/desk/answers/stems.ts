import { remembered } from './remembered.ts'

const GERUND = /(?:[ая](?:в|вши|вшись)|ив|ивши|ившись|ыв|ывши|ывшись)$/
const REFLEXIVE = /с[яь]$/
const ADJECTIVE = /(?:ее|ие|ые|ое|ими|ыми|ей|ий|ый|ой|ем|им|ым|ом|его|ого|ему|ому|их|ых|ую|юю|ая|яя|ою|ею)$/
const PARTICIPLE = /(?:(?<=[ая])(?:ем|нн|вш|ющ|щ)|ивш|ывш|ующ)$/
const VERB_AFTER_A = /(?<=[ая])(?:ла|на|ете|йте|ли|й|л|ем|н|ло|но|ет|ют|ны|ть|ешь|нно)$/
const VERB =
  /(?:ила|ыла|ена|ейте|уйте|ите|или|ыли|ей|уй|ил|ыл|им|ым|ен|ило|ыло|ено|ят|ует|уют|ит|ыт|ены|ить|ыть|ишь|ую|ю)$/
const NOUN =
  /(?:иями|ями|ами|ией|иям|ием|иях|ев|ов|ие|ье|еи|ии|ей|ой|ий|ям|ем|ам|ом|ах|ях|ию|ью|ия|ья|а|е|и|й|о|у|ы|ь|ю|я)$/
const DERIVED = /ость?$/

/** Porter's Russian steps (the Snowball order), and for Latin letters a light English one. */
export const stemOf = remembered(stem)

function stem(word: string): string {
  if (/^[а-я]+$/.test(word)) return russian(word)
  return /^[a-z]+$/.test(word) ? english(word) : word
}

function russian(word: string): string {
  const vowel = word.search(/[аеиоуыэюя]/)
  if (vowel < 0 || word.length < 4) return word
  const head = word.slice(0, vowel + 1)
  let tail = word.slice(vowel + 1)
  const cut = (pattern: RegExp): boolean => {
    const shorter = tail.replace(pattern, '')
    if (shorter === tail) return false
    tail = shorter
    return true
  }
  if (!cut(GERUND)) {
    cut(REFLEXIVE)
    if (cut(ADJECTIVE)) cut(PARTICIPLE)
    else if (!(cut(VERB_AFTER_A) || cut(VERB))) cut(NOUN)
  }
  cut(/и$/)
  if (tail.length > 4) cut(DERIVED)
  if (!cut(/ь$/)) {
    cut(/ейше?$/)
    tail = tail.replace(/нн$/, 'н')
  }
  return head + tail
}

function english(word: string): string {
  if (word.length < 4) return word
  let root = word.replace(/'?s$/, (end) => (/ss$/.test(word) ? end : '')).replace(/ie$/, 'y')
  const shorter = root.replace(/(?:ing|ed|ly|ation|ment|er|est)$/, '')
  if (shorter !== root && /[aeiouy]/.test(shorter) && shorter.length > 2) root = shorter.replace(/([^lsz])\1$/, '$1')
  return root.length > 3 ? root.replace(/[eyi]$/, '') : root
}
