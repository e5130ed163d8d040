import { sendMessage } from './api.ts'
import { el } from './dom.ts'
import { target } from './links.ts'
import { go, page } from './state.ts'
import { done, toast } from './toast.ts'
import { w } from './words.ts'

/** A link as an element: into the sandbox where it leads there, otherwise out into a tab of its own. */
export function link(address: string, ...children: Node[]): HTMLElement {
  const to = target(address, page.state?.bot.username ?? '')
  if (!to) return el('span', { class: 'link', title: w.badLink }, ...children)
  const inner = to.kind !== 'out'
  const href = to.kind === 'out' ? to.href : address
  const attributes = {
    href,
    target: '_blank',
    rel: 'noopener noreferrer',
    title: inner ? href : `${href}\n${w.leaves}`,
  }
  const onclick = (event: Event) => {
    if (!inner) return
    event.preventDefault()
    follow(address)
  }
  return el('a', { class: 'link', ...attributes, onclick }, ...children)
}

export function follow(address: string): void {
  const to = target(address, page.state?.bot.username ?? '')
  if (!to) toast(w.badLink)
  else if (to.kind === 'out') window.open(to.href, '_blank', 'noopener,noreferrer')
  else if (to.kind === 'topic') go({ side: 'desk', topic: to.thread })
  else void start(to.payload)
}

async function start(payload: string): Promise<void> {
  const { citizen } = page.here
  if (citizen === null) return
  go({ side: 'citizen' })
  done(await sendMessage({ from: citizen, chat: citizen, text: `/start ${payload}`.trim() }))
}
