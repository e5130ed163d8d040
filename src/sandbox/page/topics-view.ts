import { avatar } from './avatar.ts'
import { el, type Item, reconcile, rove, stopAt } from './dom.ts'
import { icon } from './icons.ts'
import { preview, senderOf, serviceLine } from './preview.ts'
import { desk, GENERAL, go, messagesAt, page } from './state.ts'
import { shortOf } from './time.ts'
import { topicName } from './topic-name.ts'
import { unreadAt } from './unread.ts'
import type { Chat, Message } from './wire.ts'
import { w } from './words.ts'

/** The topics of the desk group: General first, then by the newest message. */
export function topicsView() {
  const list = el('ul', { class: 'topic-list', 'aria-label': w.topics, 'data-testid': 'topic-list' })
  const title = el('h2', {})
  const node = el('div', { class: 'topics' }, el('header', { class: 'chat-head' }, title), list)
  rove(list, '.topic')
  const draw = () => {
    const chat = desk()
    if (!chat) return
    title.textContent = chat.title
    reconcile(list, entries(chat))
    if (!list.contains(document.activeElement)) {
      stopAt(list, '.topic', list.querySelector<HTMLElement>('[aria-current="true"]') ?? undefined)
    }
  }
  return { node, draw }
}

type Entry = { thread: number; name: string; closed: boolean; last: Message | undefined; unread: number; open: boolean }

function entries(chat: Chat): Item[] {
  const entry = (thread: number, closed: boolean): Entry => ({
    thread,
    closed,
    name: topicName(chat, thread),
    last: messagesAt(chat, thread).at(-1),
    unread: unreadAt(chat.id, thread),
    open: thread === (page.here.topic ?? GENERAL),
  })
  const topics = chat.topics
    .filter((topic) => !topic.deleted && topic.thread_id !== GENERAL)
    .map((topic) => entry(topic.thread_id, topic.closed))
    .sort((a, b) => (b.last?.message_id ?? b.thread) - (a.last?.message_id ?? a.thread))
  const general = chat.topics.find((topic) => topic.thread_id === GENERAL)
  return [entry(GENERAL, general?.closed ?? false), ...topics].map((one) => ({
    key: `${one.thread}`,
    version: Object.values(one),
    make: () => row(one),
  }))
}

function row({ thread, name, closed, last, unread, open }: Entry): HTMLElement {
  const general = el('span', { class: 'avatar fill-general', 'aria-hidden': 'true' }, icon('general'))
  const line = last ? (serviceLine(last) ?? `${senderOf(last)}: ${preview(last)}`) : w.noMessages
  const button = el(
    'button',
    {
      type: 'button',
      class: unread > 0 ? 'topic unread' : 'topic',
      'aria-current': open ? 'true' : null,
      'data-testid': 'topic',
      'data-thread-id': thread,
      onclick: () => go({ topic: thread, side: 'desk' }),
    },
    thread === GENERAL ? general : avatar(thread, name.split(' · ').at(-1) ?? ''),
    el('span', { class: 'topic-name' }, name, closed && lock()),
    el('span', { class: 'topic-time muted' }, last ? shortOf(last.date) : ''),
    el('span', { class: 'topic-last muted' }, line),
    unread > 0 && badge(unread, w.unread(unread)),
  )
  return el('li', {}, button)
}

function lock(): HTMLElement {
  return el('span', { class: 'lock', role: 'img', 'aria-label': w.topicClosed, title: w.topicClosed }, icon('lock'))
}

export function badge(count: number, label: string): HTMLElement {
  const text = count > 99 ? '99+' : `${count}`
  const words = el('span', { class: 'offscreen' }, label)
  return el('span', { class: 'badge', 'data-testid': 'badge' }, el('span', { 'aria-hidden': 'true' }, text), words)
}
