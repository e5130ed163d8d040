import { avatar } from './avatar.ts'
import { el } from './dom.ts'
import { icon } from './icons.ts'
import { inlineKeyboard } from './keyboard.ts'
import { mediaView } from './media-view.ts'
import { openMessageMenu, toggleReaction } from './message-menu.ts'
import { preview, senderOf, serviceLine } from './preview.ts'
import { richTextView } from './rich-text-view.ts'
import { type Place, page } from './state.ts'
import { momentOf, timeOf } from './time.ts'
import type { Message } from './wire.ts'
import { w } from './words.ts'

/** One message, or an album, which is several messages in one bubble. */
export type Group = { place: Place; messages: [Message, ...Message[]]; first: boolean; jump: (id: number) => void }

export function messageView(group: Group): HTMLElement {
  const { place, messages, first } = group
  const [message] = messages
  const service = serviceLine(message)
  if (service) return serviceView(message, service)
  const own = message.from?.id === place.me.id
  const many = place.side === 'desk' && !own
  const classes = ['row', own ? 'own' : 'other', first && 'first', many && 'with-avatar']
  const article = el(
    'article',
    { class: 'message', tabindex: -1, 'aria-label': label(messages), ...hooks(message) },
    bubble(group, many && first),
    inlineKeyboard(place, messages.at(-1) ?? message),
    reactions(place, messages),
  )
  const face = many && (first ? avatar(message.from?.id ?? 0, senderOf(message)) : el('span', { class: 'no-avatar' }))
  return el('li', { class: classes.filter(Boolean).join(' ') }, face, article)
}

function serviceView(message: Message, text: string): HTMLElement {
  const hook = { ...hooks(message), 'data-service': true }
  return el('li', { class: 'service' }, el('span', { class: 'message', tabindex: -1, ...hook }, text))
}

function hooks(message: Message): Record<string, unknown> {
  const from = message.from?.is_bot ? 'bot' : message.from?.id
  return { 'data-testid': 'message', 'data-message-id': message.message_id, 'data-from': from }
}

function label(messages: [Message, ...Message[]]): string {
  const [first] = messages
  return `${senderOf(first)}, ${timeOf(first.date)}: ${messages.map(preview).join('; ')}`
}

function bubble({ place, messages, jump }: Group, named: boolean): HTMLElement {
  const [message] = messages
  const said = messages.find((one) => one.text ?? one.caption) ?? message
  const media = messages.map(mediaView).filter((one) => one !== null)
  const text = said.text ?? said.caption
  const bare = media.length > 0 && !text
  return el(
    'div',
    { class: bare ? 'bubble bare' : 'bubble' },
    named && el('div', { class: `sender hue-${(message.from?.id ?? 0) % 6}` }, senderOf(message), botMark(message)),
    quote(message, jump),
    media.length > 1 ? el('div', { class: `album of-${Math.min(media.length, 3)}` }, ...media) : media[0],
    text ? richTextView(place, text, said.entities ?? said.caption_entities) : null,
    meta(messages),
    more(place, said),
  )
}

function botMark(message: Message): HTMLElement | null {
  return message.from?.is_bot ? el('span', { class: 'tag' }, w.bot) : null
}

/** In a topic every message answers the service message that made the topic; that is no reply of a person. */
function quote(message: Message, jump: (id: number) => void): HTMLElement | null {
  const to = message.reply_to_message
  if (!to || to.forum_topic_created) return null
  const attributes = { type: 'button', class: `quote hue-${(to.from?.id ?? 0) % 6}`, title: w.goToMessage }
  const onclick = () => jump(to.message_id)
  const words = el('span', { class: 'quote-text' }, message.quote?.text ?? preview(to))
  return el('button', { ...attributes, onclick }, el('b', {}, senderOf(to)), words)
}

function meta(messages: Message[]): HTMLElement {
  const last = messages.at(-1) as Message
  const edited = messages.some((one) => one.edit_date) && el('span', { class: 'edited' }, w.edited)
  const time = el('time', { datetime: new Date(last.date * 1000).toISOString() }, timeOf(last.date))
  time.title = momentOf(last.date)
  return el('div', { class: 'meta' }, edited, time)
}

function more(place: Place, message: Message): HTMLElement {
  const names = { title: w.menu, 'aria-label': w.menu, 'aria-haspopup': 'menu' }
  const button = el('button', { type: 'button', class: 'more', 'data-testid': 'message-menu', ...names }, icon('down'))
  button.addEventListener('click', () => openMessageMenu(button, place, message))
  return button
}

function reactions(place: Place, messages: Message[]): HTMLElement | null {
  const chips = messages.flatMap((message) => {
    const found = page.state?.reactions[`${place.chat.id}:${message.message_id}`]
    const all = found ? [...Object.values(found.people), ...(found.bot ? [found.bot] : [])] : []
    return [...new Set(all)].map((emoji) => {
      const count = all.filter((one) => one === emoji).length
      const mine = found?.people[place.me.id] === emoji
      const names = { 'aria-label': `${w.react(emoji)}, ${count}`, 'aria-pressed': mine, 'data-testid': 'reaction' }
      const onclick = () => toggleReaction(place, message, emoji)
      return el('button', { type: 'button', class: 'chip', ...names, onclick }, emoji, count > 1 && ` ${count}`)
    })
  })
  return chips.length > 0 ? el('div', { class: 'reactions', role: 'group', 'aria-label': w.reactions }, ...chips) : null
}
