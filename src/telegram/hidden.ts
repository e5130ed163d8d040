import type { InlineKeyboardButton, InlineKeyboardMarkup } from 'grammy/types'
import { textOf } from '../desk/content.ts'
import { DESK_LANG, type Desk } from '../desk/desk.ts'
import type { Message } from '../desk/messages.ts'
import { hiddenIn } from '../desk/secrets/hidden.ts'
import { redactWithMarks } from '../desk/secrets/redact-text.ts'
import { button } from './buttons.ts'
import type { Words } from './wire.ts'

/** What a citizen wrote, as the desk reads it; marks move along. An operator's words go out as they are. */
export const asShown = ({ author }: Pick<Message, 'author'>, words: Words): Words => {
  if (author === 'operator') return words
  const { text, marks } = redactWithMarks(words.text, words.entities, 'all')
  return { text, entities: marks }
}

const FILES = new Set(['photo', 'document', 'video', 'animation'])

/** Under a citizen's message at the desk: what is masked may be seen by the owner, a picture of a document be hidden. */
const hiddenRows = (desk: Desk, message: Message): InlineKeyboardButton[][] => {
  if (message.author === 'operator') return []
  const t = (key: string) => desk.texts().t(DESK_LANG, key)
  const reveal = pagesOf(desk, textOf(message.content)).map((_, page) =>
    button(t('button.reveal'), { verb: 'reveal', what: 'message', id: message.id, page }),
  )
  const hide = FILES.has(message.content.kind)
    ? [[button(t('button.hide_file'), { verb: 'hide', message: message.id })]]
    : []
  return [...(reveal.length > 0 ? [reveal.slice(0, 4)] : []), ...hide]
}

export const hiddenMarkup = (desk: Desk, message: Message): { reply_markup?: InlineKeyboardMarkup } => {
  const rows = hiddenRows(desk, message)
  return rows.length > 0 ? { reply_markup: { inline_keyboard: rows } } : {}
}

/** As many values as an alert can show. */
const MOST = 190

export const pagesOf = (desk: Desk, text: string): string[] => {
  const pages: string[] = []
  for (const { type, value } of hiddenIn(text)) {
    const line = `${desk.texts().t(DESK_LANG, `secrets.kind.${type}`)}: ${value}`.slice(0, MOST)
    const last = pages.at(-1)
    if (last !== undefined && last.length + line.length < MOST) pages[pages.length - 1] = `${last}\n${line}`
    else pages.push(line)
  }
  return pages
}
