import { changePerson, sendMessage } from './api.ts'
import { el } from './dom.ts'
import { messagesAt, type Place } from './state.ts'
import { done } from './toast.ts'
import { w } from './words.ts'

/** What stands in place of the input when writing is not possible yet, or null. */
export function gate(place: Place): HTMLElement | null {
  const { me, chat, thread } = place
  if (place.side === 'citizen') {
    if (me.blocked) return big(w.restart, 'restart', () => restart(place))
    if (messagesAt(chat, null).length === 0) return big(w.start, 'start', () => start(place))
    return null
  }
  if (me.standing === 'left') return big(w.join, 'join', () => change(place))
  const topic = chat.topics.find((one) => one.thread_id === thread)
  if (!topic?.closed || me.standing === 'administrator') return null
  return el('p', { class: 'gate-note muted' }, w.topicClosedLong)
}

function big(label: string, hook: string, act: () => void): HTMLElement {
  return el('button', { type: 'button', class: 'primary big', 'data-testid': hook, onclick: act }, label)
}

async function start({ me, chat }: Place): Promise<void> {
  done(await sendMessage({ from: me.id, chat: chat.id, text: '/start' }))
}

async function restart(place: Place): Promise<void> {
  if (done(await changePerson({ id: place.me.id, blocked: false }))) await start(place)
}

async function change({ me }: Place): Promise<void> {
  done(await changePerson({ id: me.id, standing: 'member' }))
}
