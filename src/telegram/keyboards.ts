import type { InlineKeyboardButton, ReplyKeyboardMarkup } from 'grammy/types'
import type { Texts } from '../texts.ts'
import { button } from './buttons.ts'

export const MENU = ['questions', 'operator', 'feedback', 'appeals', 'contest', 'fraud'] as const
export type MenuWord = (typeof MENU)[number]

/** The main menu, always in reach under the input field. */
export const menuKeyboard = (texts: Texts, lang: string): ReplyKeyboardMarkup => ({
  keyboard: [
    [{ text: label(texts, lang, 'questions') }, { text: label(texts, lang, 'operator') }],
    [{ text: label(texts, lang, 'feedback') }, { text: label(texts, lang, 'appeals') }],
    [{ text: label(texts, lang, 'contest') }, { text: label(texts, lang, 'fraud') }],
  ],
  resize_keyboard: true,
  is_persistent: true,
})

/**
 * The menu's button a text is, in any language: an old keyboard may still show the other one. Typed words may lack the
 * label's second half («Оспорить»), and come with a stroke or a full stop.
 */
export const menuWord = (texts: Texts, text: string): MenuWord | null => {
  const wanted = plain(text)
  for (const lang of texts.langs) {
    for (const word of MENU) {
      const whole = plain(label(texts, lang, word))
      if (wanted === whole || (word === 'contest' && wanted === whole.split(' ')[0])) return word
    }
  }
  return null
}

/** The last row of every screen: back, menu, a person. */
export const wayOut = (texts: Texts, lang: string, back?: InlineKeyboardButton): InlineKeyboardButton[] => [
  ...(back ? [back] : []),
  button(texts.t(lang, 'button.menu'), { verb: 'menu' }),
  button(texts.t(lang, 'button.operator'), { verb: 'operator' }),
]

/** When to be reminded of the answer to a complaint. */
export const remindRows = (t: (key: string) => string, appeal: number): InlineKeyboardButton[][] =>
  [2, 3, 4].map((weeks) => [button(t(`button.remind_${weeks}`), { verb: 'remind', appeal, weeks })])

const label = (texts: Texts, lang: string, word: MenuWord): string => texts.t(lang, `menu.${word}`)
const plain = (text: string): string =>
  text
    .toLowerCase()
    .replaceAll('ё', 'е')
    .replace(/^[^\p{L}]+|[^\p{L}]+$/gu, '')
