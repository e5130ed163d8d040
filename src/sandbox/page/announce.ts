import { el } from './dom.ts'
import { unreadOfOthers } from './people.ts'
import { preview, senderOf } from './preview.ts'
import { changed, citizenPlace, deskPlace, GENERAL, onChange, onEvent, page, threadOf } from './state.ts'
import type { SandboxEvent } from './wire.ts'

const line = el('div', { class: 'offscreen', 'aria-live': 'polite', 'data-testid': 'announcer' })

/** Reads out what others say in the open chats and shows in the page's title how much waits elsewhere. */
export function announcer(): HTMLElement {
  const title = document.title
  onEvent((event) => {
    watchActions(event)
    if (event.type !== 'message') return
    const place = [citizenPlace(), deskPlace()].find((one) => one?.chat.id === event.chat)
    const here = place && (place.thread === null || place.thread === threadOf(event.message))
    if (here && event.message.from?.id !== place.me.id) {
      line.textContent = `${senderOf(event.message)}: ${preview(event.message)}`
    }
  })
  onChange(() => {
    const count = unreadOfOthers()
    document.title = count > 0 ? `(${count}) ${title}` : title
  })
  return line
}

const timers = new Map<string, ReturnType<typeof setTimeout>>()

/** «печатает…» lasts five seconds, as in Telegram, or until the message is there. */
function watchActions(event: SandboxEvent): void {
  if (event.type === 'message' && event.message.from?.is_bot) {
    page.actions.delete(`${event.chat}:${threadOf(event.message)}`)
  }
  if (event.type !== 'action') return
  const key = `${event.chat}:${event.thread_id ?? GENERAL}`
  page.actions.set(key, event.action)
  clearTimeout(timers.get(key))
  const end = () => {
    page.actions.delete(key)
    changed()
  }
  timers.set(key, setTimeout(end, 5000))
}
