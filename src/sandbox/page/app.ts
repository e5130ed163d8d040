/**
 * The sandbox's page. Hooks for tests from outside (`data-testid`, with what else they carry):
 *
 * citizen-pane, desk-pane      the two sides; the hooks below stand inside one of them unless said otherwise
 * citizen-switch, operator-switch (data-person-id of the chosen one)    opens a menu of
 * person-option (data-person-id), person-deed, react (data-emoji)       entries of menus, outside the panes
 * new-citizen, new-operator    opens a dialog with first_name, last_name, username, language_code, add-person
 * message (data-message-id, data-from = "bot" or the person's id; data-service on service lines)
 * inline-button, message-menu, reaction    inside a message
 * reply-button, keyboard-toggle, composer-input, composer-send, attach, attach-input (the file input), command
 * start, restart, join         what stands in place of the input when writing is not possible yet
 * topic-list, topic (data-thread-id; 1 is General), topic-menu, pinned, badge
 * toast, dialog, announcer, away, theme-switch, language-switch    of the whole page
 *
 * `#citizen=1001&operator=5001&topic=12` opens people and a topic, `side=desk` the desk on a narrow screen,
 * `start=<payload>` lets the citizen say `/start <payload>` once.
 */
import { announcer } from './announce.ts'
import { chatView } from './chat-view.ts'
import { el } from './dom.ts'
import { keepHash, readHash } from './hash.ts'
import { icon } from './icons.ts'
import { connect } from './live.ts'
import { peopleBar } from './people.ts'
import { citizenPlace, desk, deskPlace, go, onChange, page, type Side } from './state.ts'
import { tabs } from './tabs.ts'
import { switches } from './theme.ts'
import { toasts } from './toast.ts'
import { topicMenuButton } from './topic-menu.ts'
import { topicsView } from './topics-view.ts'
import { keepMarks } from './unread.ts'
import { tongue, w } from './words.ts'

open()

function open(): void {
  document.documentElement.lang = tongue
  readHash()
  keepMarks()
  const away = el('p', { class: 'away', role: 'alert', hidden: true, 'data-testid': 'away' })
  const loading = el('p', { class: 'loading muted' }, w.loading)
  const panes = el('main', { class: 'panes' }, citizenPane(), deskPane())
  document.body.replaceChildren(...skipLinks(), topBar(), away, loading, panes, tabs(), toasts, announcer())
  onChange(() => {
    loading.hidden = page.state !== null
    panes.hidden = page.state === null
    away.hidden = page.online
    away.textContent = page.online ? '' : w.away
    document.body.dataset.side = page.here.side
  })
  keepHash()
  connect()
}

function topBar(): HTMLElement {
  const name = el('h1', {}, 'Okoshko', el('span', { class: 'muted' }, ` · ${w.sandbox}`))
  if (tongue === 'ru') name.firstChild?.replaceWith('Окошко')
  return el('header', { class: 'top-bar' }, name, el('p', { class: 'note muted' }, w.nothingLeaves), switches())
}

function skipLinks(): HTMLElement[] {
  const skip = (side: Side, label: string) => {
    const onclick = (event: Event) => {
      event.preventDefault()
      go({ side })
      setTimeout(() => document.querySelector<HTMLElement>(`#write-${side}`)?.focus())
    }
    return el('a', { class: 'skip', href: `#write-${side}`, onclick }, label)
  }
  return [skip('citizen', w.skipToCitizen), skip('desk', w.skipToDesk)]
}

function citizenPane(): HTMLElement {
  const people = peopleBar('citizen')
  const chat = chatView('citizen', citizenPlace)
  onChange(() => {
    people.draw()
    chat.draw()
  })
  const names = { 'aria-label': w.paneLabel.citizen, 'data-testid': 'citizen-pane' }
  return el('section', { class: 'pane citizen-pane', ...names }, people.node, chat.node)
}

function deskPane(): HTMLElement {
  const people = peopleBar('desk')
  const topics = topicsView()
  const menu = topicMenuButton()
  const leave = { title: w.back, 'aria-label': w.back, onclick: () => go({ topic: null }) }
  const back = el('button', { type: 'button', class: 'round back', ...leave }, icon('back'))
  const chat = chatView('desk', deskPlace, { before: back, after: menu.node })
  const gone = el('p', { class: 'empty muted' }, w.deskGone)
  const body = el('div', { class: 'desk' }, topics.node, chat.node)
  onChange(() => {
    gone.hidden = desk() !== undefined
    body.hidden = desk() === undefined
    body.dataset.open = page.here.topic === null ? 'list' : 'topic'
    for (const part of [people, topics, menu, chat]) part.draw()
  })
  const names = { 'aria-label': w.paneLabel.desk, 'data-testid': 'desk-pane' }
  return el('section', { class: 'pane desk-pane', ...names }, people.node, gone, body)
}
