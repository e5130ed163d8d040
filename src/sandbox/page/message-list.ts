import { el, reconcile, rove, stopAt } from './dom.ts'
import { icon } from './icons.ts'
import { messageRows } from './message-rows.ts'
import { messagesAt, type Place } from './state.ts'
import { markRead } from './unread.ts'
import { w } from './words.ts'

export type MessageList = { node: HTMLElement; draw: (place: Place) => void; jump: (id: number) => void }

const portion = 150

/** The messages of a place, newest at the bottom, which stays in sight unless somebody has scrolled up. */
export function messageList(): MessageList {
  const parts = build()
  const { scroller, list, down, earlier } = parts
  const again = () => parts.shown && draw(parts, parts.shown)
  scroller.addEventListener('scroll', () => {
    const { pinned, top } = parts
    const atEnd = scroller.scrollHeight - scroller.scrollTop - scroller.clientHeight < 40
    // Only a person scrolls up; a picture that has just loaded moves the end away downwards.
    if (atEnd || scroller.scrollTop < top) parts.pinned = atEnd
    parts.top = scroller.scrollTop
    down.hidden = parts.pinned
    if (parts.pinned && !pinned) again()
  })
  earlier.addEventListener('click', () => {
    const fromBottom = scroller.scrollHeight - scroller.scrollTop
    parts.limit += portion
    again()
    scroller.scrollTop = scroller.scrollHeight - fromBottom
  })
  down.addEventListener('click', () => {
    parts.pinned = true
    stick(parts)
  })
  new ResizeObserver(again).observe(scroller)
  new ResizeObserver(() => stick(parts)).observe(list)
  document.addEventListener('visibilitychange', again)
  rove(list, '.message')
  list.addEventListener('keydown', openMenu)
  list.addEventListener('contextmenu', openMenu)
  const node = el('div', { class: 'messages-frame' }, scroller, down)
  return { node, draw: (place) => draw(parts, place), jump: (id) => jump(parts, id) }
}

function build() {
  const list = el('ol', { class: 'message-list', 'aria-label': w.messages })
  const earlier = el('button', { type: 'button', class: 'plain earlier' }, w.earlier)
  const empty = el('p', { class: 'empty muted' }, w.noMessages)
  const scroller = el('div', { class: 'messages' }, earlier, empty, list)
  const down = el('button', { type: 'button', class: 'round down', 'aria-label': w.toNewest, title: w.toNewest })
  down.append(icon('down'))
  return { list, earlier, empty, scroller, down, shown: null as Place | null, limit: portion, pinned: true, top: 0 }
}

type Parts = ReturnType<typeof build>

function draw(parts: Parts, place: Place): void {
  const { list, scroller } = parts
  if (place.key !== parts.shown?.key) Object.assign(parts, { pinned: true, limit: portion })
  parts.shown = place
  const all = messagesAt(place.chat, place.thread)
  reconcile(list, messageRows({ place, messages: all.slice(-parts.limit), jump: (id) => jump(parts, id) }))
  parts.earlier.hidden = all.length <= parts.limit
  parts.empty.hidden = all.length > 0
  if (!list.contains(document.activeElement)) {
    stopAt(list, '.message', [...list.querySelectorAll<HTMLElement>('.message')].at(-1))
  }
  stick(parts)
  const seen = parts.pinned && scroller.offsetParent !== null
  if (seen) markRead(place, all.at(-1))
}

function stick({ scroller, down, pinned }: Parts): void {
  if (pinned) scroller.scrollTop = scroller.scrollHeight
  down.hidden = pinned
}

function jump(parts: Parts, id: number): void {
  parts.limit = Number.POSITIVE_INFINITY
  if (parts.shown) draw(parts, parts.shown)
  const found = parts.list.querySelector<HTMLElement>(`[data-message-id="${id}"]`)
  found?.scrollIntoView({ block: 'center' })
  found?.focus({ preventScroll: true })
  found?.classList.add('found')
  setTimeout(() => found?.classList.remove('found'), 1500)
}

function openMenu(event: KeyboardEvent | MouseEvent): void {
  const at = event.target as HTMLElement
  if (event instanceof KeyboardEvent && !(at.matches('.message') && event.key === 'Enter')) return
  if (event.type === 'contextmenu' && (at.closest('a, video, audio') || getSelection()?.isCollapsed === false)) return
  const more = at.closest('.message')?.querySelector<HTMLElement>('.more')
  if (!more) return
  event.preventDefault()
  more.click()
}
