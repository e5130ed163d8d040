import type { ReplyKeyboard } from './page/wire.ts'
import { badRequest } from './refusal.ts'
import { wellFormed } from './text/formatted.ts'
import { checkedLink } from './text/link.ts'

export type Button = {
  text: string
  callback_data?: string
  url?: string
  copy_text?: { text: string }
  style?: string
} & Record<string, unknown>
export type Inline = { inline_keyboard: Button[][] }
type Key = string | { text: string }
export type Markup =
  | Inline
  | {
      keyboard: Key[][]
      is_persistent?: boolean
      resize_keyboard?: boolean
      one_time_keyboard?: boolean
      input_field_placeholder?: string
    }
  | { remove_keyboard: true }
  | { force_reply: true; input_field_placeholder?: string }

/** What a markup does: buttons under the message, and a keyboard that is shown or (null) taken away. */
export type Shown = { inline?: Inline; keyboard?: ReplyKeyboard | null }

const actions = [
  'url',
  'callback_data',
  'web_app',
  'login_url',
  'switch_inline_query',
  'switch_inline_query_current_chat',
  'switch_inline_query_chosen_chat',
  'copy_text',
  'callback_game',
  'pay',
]

/** Refuses the buttons Telegram refuses; the shape itself has been checked against the documentation. */
export const readMarkup = (markup: Markup | undefined): Shown => {
  if (markup === undefined) return {}
  if ('inline_keyboard' in markup) return { inline: inlineOf(markup) }
  if ('keyboard' in markup) return { keyboard: keyboardOf(markup) }
  if ('remove_keyboard' in markup) return { keyboard: null }
  checkPlaceholder(markup.input_field_placeholder)
  return {}
}

/** Buttons under a message; an empty list means none. */
export const inlineOf = (markup: Inline): Inline | undefined => {
  const rows = markup.inline_keyboard.filter((row) => row.length > 0)
  if (rows.flat().length > 100) throw badRequest('reply markup is too long')
  for (const button of rows.flat()) checkButton(button)
  return rows.length > 0 ? { inline_keyboard: rows } : undefined
}

const checkButton = (button: Button): void => {
  if (wellFormed(button.text).trim() === '') throw badRequest('inline keyboard button text must be non-empty')
  const given = actions.filter((action) => button[action] !== undefined)
  if (given.length === 0) {
    throw badRequest("can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard")
  }
  if (given.length > 1) throw badRequest(`inline keyboard button must have one action, not ${given.join(' and ')}`)
  const { callback_data: data, url, copy_text: copy, style } = button
  if (data !== undefined) {
    const bytes = Buffer.byteLength(wellFormed(data))
    if (bytes < 1 || bytes > 64) throw badRequest('BUTTON_DATA_INVALID')
  }
  if (url !== undefined && !/^tg:/i.test(url) && checkedLink(url) === null) {
    throw badRequest(`inline keyboard button URL '${url}' is invalid: Wrong HTTP URL`)
  }
  if (copy !== undefined && (copy.text.length < 1 || copy.text.length > 256)) {
    throw badRequest('BUTTON_COPY_TEXT_INVALID')
  }
  if (style !== undefined && !['danger', 'success', 'primary'].includes(style)) {
    throw badRequest('inline keyboard button has an invalid style')
  }
}

const keyboardOf = (markup: Extract<Markup, { keyboard: Key[][] }>): ReplyKeyboard => {
  const rows = markup.keyboard
    .map((row) => row.map((key) => (typeof key === 'string' ? key : key.text)))
    .filter((row) => row.length > 0)
  if (rows.length === 0) throw badRequest('reply keyboard must have at least one button')
  if (rows.flat().length > 300) throw badRequest('reply markup is too long')
  for (const text of rows.flat()) {
    if (wellFormed(text).trim() === '') throw badRequest('keyboard button text must be non-empty')
  }
  checkPlaceholder(markup.input_field_placeholder)
  return {
    rows,
    placeholder: markup.input_field_placeholder ?? null,
    one_time: markup.one_time_keyboard ?? false,
    persistent: markup.is_persistent ?? false,
  }
}

const checkPlaceholder = (text: string | undefined): void => {
  if (text !== undefined && [...text].length > 64) throw badRequest('input field placeholder is too long')
}
