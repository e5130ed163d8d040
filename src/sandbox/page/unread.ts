import { changed, GENERAL, onEvent, type Place, page, threadOf } from './state.ts'
import type { Chat, Message } from './wire.ts'

const store = 'okoshko.read'
const kept = localStorage.getItem(store)
let marks = (kept ? JSON.parse(kept) : null) as Record<string, number> | null

/** How many messages of others came to a chat or topic since it was last on the screen. */
export function unreadAt(chat: number, thread: number | null): number {
  const mark = marks?.[keyOf(chat, thread)] ?? 0
  const reader = thread === null ? chat : page.here.operator
  const all = page.state?.messages[chat] ?? []
  const here = (message: Message) => thread === null || threadOf(message) === thread
  return all.filter((one) => one.message_id > mark && one.from?.id !== reader && here(one)).length
}

export function unreadInDesk(chat: Chat): number {
  const open = chat.topics.filter((topic) => !topic.deleted).map((topic) => topic.thread_id)
  return [GENERAL, ...open].reduce((sum, thread) => sum + unreadAt(chat.id, thread), 0)
}

export function markRead(place: Place, last: Message | undefined): void {
  if (!marks || !last || document.visibilityState !== 'visible') return
  if ((marks[place.key] ?? 0) >= last.message_id) return
  marks[place.key] = last.message_id
  save()
  changed()
}

export function keepMarks(): void {
  onEvent((event) => {
    if (event.type !== 'state') return
    if (marks === null) marks = everythingRead()
    else forgetOlderSandbox(marks)
    save()
  })
}

const keyOf = (chat: number, thread: number | null) => (thread === null ? `${chat}` : `${chat}:${thread}`)
const save = () => localStorage.setItem(store, JSON.stringify(marks))

/** A page that opens for the first time starts with everything read. */
function everythingRead(): Record<string, number> {
  const read: Record<string, number> = {}
  for (const [chat, messages] of Object.entries(page.state?.messages ?? {})) {
    const forum = page.state?.chats.find((one) => one.id === Number(chat))?.is_forum
    for (const message of messages) {
      read[keyOf(Number(chat), forum ? threadOf(message) : null)] = message.message_id
    }
  }
  return read
}

/** Numbers start over when the sandbox's data is thrown away; marks from before would hide everything. */
function forgetOlderSandbox(read: Record<string, number>): void {
  for (const [key, mark] of Object.entries(read)) {
    const newest = page.state?.messages[key.split(':')[0] ?? '']?.at(-1)?.message_id ?? 0
    if (mark > newest) delete read[key]
  }
}
