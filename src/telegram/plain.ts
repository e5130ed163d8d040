import type { InlineKeyboardButton } from 'grammy/types'
import * as choices from '../desk/choices.ts'
import type { Desk } from '../desk/desk.ts'
import { escapeHtml } from '../texts/html.ts'
import { read } from './buttons.ts'
import type { Screen } from './show.ts'

type Reader = { id: number; lang: string }

/**
 * A screen for screen readers and old phones: no pictures, and every choice has a digit that can be typed. The buttons stay
 * for whoever can press them. 0 is the way back, 9 an operator, as in the voice menu.
 */
export const plainly = async <S extends Screen>(desk: Desk, { id, lang }: Reader, screen: S): Promise<S> => {
  const numbered = numberedOf(screen)
  const bare = withoutPictures(screen).html
  if (numbered.length === 0) return { ...screen, html: bare }
  await choices.keep(desk, id, Object.fromEntries(numbered.map(({ digit, choice }) => [digit, choice])))
  const texts = desk.texts()
  const list = numbered.map(({ digit, label }) => texts.t(lang, 'plain.choice', { digit, label }))
  return { ...screen, html: [bare, '', escapeHtml(texts.t(lang, 'plain.choose')), ...list].join('\n') }
}

/** For what is edited behind the reader's back: the digits of the last screen stay that screen's. */
export const withoutPictures = <S extends Screen>(screen: S): S => ({
  ...screen,
  html: screen.html.replace(PICTURES, ''),
})

const PICTURES = /\p{Extended_Pictographic}\uFE0F?\s?/gu

type Numbered = { digit: string; label: string; choice: choices.Choice }

const numberedOf = ({ rows, keyboard }: Screen): Numbered[] => {
  const words = (keyboard?.keyboard.flat() ?? []).map((key) => (typeof key === 'string' ? key : key.text))
  const pressed = (rows?.flat() ?? []).flatMap((one) => ('callback_data' in one ? [one] : []))
  const back = pressed.find((one) => one.text.startsWith('‹')) ?? pressed.find((one) => verbOf(one) === 'menu')
  const person = pressed.find((one) => verbOf(one) === 'operator')
  const others = pressed.filter((one) => one !== back && one !== person)
  // 9 and 0 are taken; ten and on follow eight.
  const digits = (n: number): string => String(n < 8 ? n + 1 : n + 2)
  const listed = [
    ...words.map((text) => ({ label: text, choice: { text } })),
    ...others.map((one) => ({ label: one.text, choice: { data: one.callback_data } })),
  ].map((one, n) => ({ ...one, digit: digits(n) }))
  const fixed = (digit: string, one: Pressed | undefined): Numbered[] =>
    one ? [{ digit, label: one.text.replace(/^‹\s*/, ''), choice: { data: one.callback_data } }] : []
  return [...listed, ...fixed('0', back), ...fixed('9', person)]
}

type Pressed = Extract<InlineKeyboardButton, { callback_data: string }>

const verbOf = ({ callback_data }: Pressed): string | undefined => read(callback_data, 'citizen')?.verb
