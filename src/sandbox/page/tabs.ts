import { el } from './dom.ts'
import { icon } from './icons.ts'
import { unreadOfOthers } from './people.ts'
import { desk, go, onChange, page, person, type Side } from './state.ts'
import { badge } from './topics-view.ts'
import { unreadAt, unreadInDesk } from './unread.ts'
import { w } from './words.ts'

/** On a narrow screen one side is seen at a time; these lead to the other. */
export function tabs(): HTMLElement {
  const buttons = { citizen: tab('citizen'), desk: tab('desk') }
  onChange(() => {
    const chat = desk()
    drawTab(buttons.citizen, 'citizen', unreadOfCitizens())
    drawTab(buttons.desk, 'desk', chat ? unreadInDesk(chat) : 0)
  })
  return el('nav', { class: 'tabs' }, buttons.citizen, buttons.desk)
}

function unreadOfCitizens(): number {
  const me = person(page.here.citizen)
  return unreadOfOthers(me) + (me ? unreadAt(me.id, null) : 0)
}

function tab(side: Side): HTMLElement {
  return el('button', { type: 'button', class: 'tab', 'data-testid': `tab-${side}`, onclick: () => go({ side }) })
}

function drawTab(button: HTMLElement, side: Side, unread: number): void {
  button.setAttribute('aria-current', page.here.side === side ? 'page' : 'false')
  const version = `${unread}`
  if (button.dataset.version === version) return
  button.dataset.version = version
  const count = unread > 0 ? [badge(unread, w.unread(unread))] : []
  button.replaceChildren(icon(side === 'citizen' ? 'person' : 'people'), w.panes[side], ...count)
}
