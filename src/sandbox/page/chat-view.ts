import { avatar } from './avatar.ts'
import { composer } from './composer.ts'
import { el } from './dom.ts'
import { icon } from './icons.ts'
import { type MessageList, messageList } from './message-list.ts'
import { preview } from './preview.ts'
import { GENERAL, messagesAt, type Place, page, type Side } from './state.ts'
import { topicName } from './topic-name.ts'
import { w } from './words.ts'

type Extras = { before?: HTMLElement; after?: HTMLElement }

/** One chat: its head, what is pinned, its messages and the input. */
export function chatView(side: Side, place: () => Place | null, extras: Extras = {}) {
  const face = el('span', { class: 'face' })
  const title = el('h2', {})
  const status = el('p', { class: 'status muted' })
  const pinned = el('div', { class: 'pinned-frame' })
  const list = messageList()
  const writing = composer(side, place)
  const words = el('div', { class: 'head-words' }, title, status)
  const head = el('header', { class: 'chat-head' }, extras.before, face, words, extras.after)
  const node = el('div', { class: 'chat' }, head, pinned, list.node, writing.node)
  const draw = () => {
    const to = place()
    node.hidden = to === null
    if (!to) return
    const name = nameOf(to)
    title.textContent = name
    face.replaceChildren(to.side === 'citizen' ? avatar(page.state?.bot.id ?? 0, name) : '')
    drawStatus(status, to)
    drawPinned(pinned, to, list)
    list.draw(to)
    writing.draw(to)
  }
  return { node, draw }
}

function nameOf({ side, chat, thread }: Place): string {
  return side === 'citizen' ? (page.state?.bot.first_name ?? '') : topicName(chat, thread ?? GENERAL)
}

function drawStatus(status: HTMLElement, { side, chat, thread }: Place): void {
  const action = page.actions.get(`${chat.id}:${thread ?? GENERAL}`)
  status.classList.toggle('busy', action !== undefined)
  const closed = chat.topics.find((topic) => topic.thread_id === thread)?.closed
  const quiet = side === 'citizen' ? `@${page.state?.bot.username ?? ''}` : closed ? w.topicClosed : chat.title
  status.textContent = action === undefined ? quiet : (w.actions[action] ?? w.actions.other ?? '')
}

function drawPinned(frame: HTMLElement, { chat, thread }: Place, list: MessageList): void {
  const message = messagesAt(chat, thread).findLast((one) => chat.pinned.includes(one.message_id))
  frame.hidden = message === undefined
  const version = message ? `${message.message_id}:${preview(message)}` : ''
  if (!message || frame.dataset.version === version) return
  frame.dataset.version = version
  const words = el(
    'span',
    { class: 'bar-text' },
    el('b', {}, w.pinned),
    el('span', { class: 'muted' }, preview(message)),
  )
  const attributes = { type: 'button', class: 'pinned', title: w.goToMessage, 'data-testid': 'pinned' }
  frame.replaceChildren(
    el('button', { ...attributes, onclick: () => list.jump(message.message_id) }, icon('pin'), words),
  )
}
