import { reduce } from './reduce.ts'
import type { Chat, Message, Person, SandboxEvent, SandboxState } from './wire.ts'

/** Telegram's number for the topic that every forum has. */
export const GENERAL = 1

export type Side = 'citizen' | 'desk'

/** Who and what is open; `topic` null shows the list of topics where there is no room for both. */
type Here = { citizen: number | null; operator: number | null; topic: number | null; side: Side }

/** One open chat: whose eyes see it and which topic of it. */
export type Place = { side: Side; chat: Chat; me: Person; thread: number | null; key: string }

type Page = { state: SandboxState | null; here: Here; online: boolean; actions: Map<string, string> }

export const page: Page = {
  state: null,
  here: { citizen: null, operator: null, topic: null, side: 'citizen' },
  online: true,
  actions: new Map(),
}

const drawers = new Set<() => void>()
const listeners = new Set<(event: SandboxEvent) => void>()
let drawing = false

export function onChange(draw: () => void): void {
  drawers.add(draw)
}

export function onEvent(listen: (event: SandboxEvent) => void): void {
  listeners.add(listen)
}

/** Draws everything once, however many changes this turn brings. */
export function changed(): void {
  if (drawing) return
  drawing = true
  queueMicrotask(() => {
    drawing = false
    for (const draw of drawers) draw()
  })
}

export function take(event: SandboxEvent): void {
  if (event.type === 'state') page.state = event.state
  else if (page.state) page.state = reduce(page.state, event)
  settle()
  for (const listen of listeners) listen(event)
  changed()
}

export function go(to: Partial<Here>): void {
  Object.assign(page.here, to)
  settle()
  changed()
}

/** Somebody is always chosen, and nobody who does not exist. */
function settle(): void {
  const { state, here } = page
  if (!state) return
  const known = (id: number | null, role: Person['role'] | null) =>
    state.people.some((person) => person.id === id && (!role || person.role === role))
  const first = (role: Person['role']) => state.people.find((person) => person.role === role)?.id ?? null
  if (!known(here.citizen, null)) here.citizen = first('citizen')
  if (!known(here.operator, 'operator')) here.operator = first('operator')
  const topics = desk()?.topics ?? []
  const there = here.topic === GENERAL || topics.some((one) => one.thread_id === here.topic && !one.deleted)
  if (here.topic !== null && !there) here.topic = null
}

export function person(id: number | null | undefined): Person | undefined {
  return page.state?.people.find((one) => one.id === id)
}

export function desk(): Chat | undefined {
  return page.state?.chats.find((chat) => chat.type === 'supergroup')
}

export function citizenPlace(): Place | null {
  const me = person(page.here.citizen)
  if (!me) return null
  const empty: Chat = { id: me.id, type: 'private', title: '', is_forum: false, topics: [], keyboard: null, pinned: [] }
  const chat = page.state?.chats.find((one) => one.id === me.id) ?? empty
  return { side: 'citizen', chat, me, thread: null, key: `${me.id}` }
}

export function deskPlace(): Place | null {
  const me = person(page.here.operator)
  const chat = desk()
  const thread = page.here.topic ?? GENERAL
  return me && chat ? { side: 'desk', chat, me, thread, key: `${chat.id}:${thread}` } : null
}

export function threadOf(message: Message): number {
  return (message.is_topic_message && message.message_thread_id) || GENERAL
}

/** How a message says which topic it goes to; General is said by saying nothing. */
export function addressOf({ me, chat, thread }: Place): { from: number; chat: number; thread?: number } {
  return { from: me.id, chat: chat.id, ...(thread === null || thread === GENERAL ? {} : { thread }) }
}

export function messagesAt(chat: Chat, thread: number | null): Message[] {
  const all = page.state?.messages[chat.id] ?? []
  return thread === null || !chat.is_forum ? all : all.filter((message) => threadOf(message) === thread)
}
