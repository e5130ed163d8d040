import { press, sendMessage } from './api.ts'
import { el } from './dom.ts'
import { follow } from './follow.ts'
import { icon } from './icons.ts'
import { changed, type Place } from './state.ts'
import { alertBox, copy, done, toast } from './toast.ts'
import type { InlineButton, Message, ReplyKeyboard } from './wire.ts'
import { w } from './words.ts'

/** The buttons under a message. */
export function inlineKeyboard(place: Place, message: Message): HTMLElement | null {
  const rows = message.reply_markup?.inline_keyboard ?? []
  if (rows.length === 0) return null
  const draw = (row: InlineButton[]) =>
    el('div', { class: 'key-row' }, ...row.map((button) => inlineButton(place, message, button)))
  return el('div', { class: 'inline-keyboard' }, ...rows.map(draw))
}

function inlineButton(place: Place, message: Message, button: InlineButton): HTMLElement {
  const made = el('button', { type: 'button', class: 'key', 'data-testid': 'inline-button' }, button.text)
  if (button.style) made.classList.add(button.style)
  if (button.url) made.append(icon('out'))
  if (button.url) made.title = button.url
  if (button.copy_text) made.append(icon('copy'))
  made.addEventListener('click', async () => {
    if (button.copy_text) return copy(button.copy_text.text)
    if (button.url) return follow(button.url)
    if (button.callback_data === undefined) return
    made.setAttribute('aria-busy', 'true')
    await call(place, message, button.callback_data)
    made.removeAttribute('aria-busy')
  })
  return made
}

async function call(place: Place, message: Message, data: string): Promise<void> {
  const button = { from: place.me.id, chat: place.chat.id, message_id: message.message_id, data }
  const answer = await press(button)
  if (!done(answer)) return
  if (answer.url) follow(answer.url)
  if (!answer.text) return
  if (answer.show_alert) alertBox(answer.text)
  else toast(answer.text)
}

const hidden = new WeakSet<ReplyKeyboard>()

export const keyboardShown = ({ chat }: Place): boolean => chat.keyboard !== null && !hidden.has(chat.keyboard)

export function toggleKeyboard({ chat }: Place): void {
  if (!chat.keyboard) return
  if (!hidden.delete(chat.keyboard)) hidden.add(chat.keyboard)
  changed()
}

/** The buttons that stand in place of the phone's keys; pressing one says its words. */
export function replyKeyboard(place: Place): HTMLElement[] {
  const { keyboard } = place.chat
  if (!keyboard || !keyboardShown(place)) return []
  const say = async (text: string) => {
    if (keyboard.one_time) toggleKeyboard(place)
    done(await sendMessage({ from: place.me.id, chat: place.chat.id, text }))
  }
  const key = (text: string) =>
    el('button', { type: 'button', class: 'key', 'data-testid': 'reply-button', onclick: () => say(text) }, text)
  const rows = keyboard.rows.map((row) => el('div', { class: 'key-row' }, ...row.map(key)))
  return [el('div', { class: 'reply-keyboard', role: 'group', 'aria-label': w.keyboard.label }, ...rows)]
}
