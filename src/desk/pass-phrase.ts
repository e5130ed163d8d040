import { randomInt } from 'node:crypto'
import type { Texts } from '../texts.ts'

/** Two plain words, made once for one call: whoever calls must say them first. */
export const passPhrase = (texts: Texts, lang: string): string =>
  ['first', 'second'].map((list) => oneOf(texts.t(lang, `callback.${list}`).split(','))).join(' ')

const oneOf = (words: readonly string[]): string => words[randomInt(words.length)]?.trim() ?? ''
