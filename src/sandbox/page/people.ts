import { avatar } from './avatar.ts'
import { el } from './dom.ts'
import { icon } from './icons.ts'
import { type MenuItem, type MenuPart, openMenu } from './menu.ts'
import { openNewPerson } from './new-person.ts'
import { personDeeds } from './person-deeds.ts'
import { nameOf } from './preview.ts'
import { go, page, person, type Side } from './state.ts'
import { badge } from './topics-view.ts'
import { unreadAt } from './unread.ts'
import type { Person } from './wire.ts'
import { w } from './words.ts'

/** Who acts on this side: a switch, what can be done about the person, and a button for a new one. */
export function peopleBar(side: Side) {
  const role = side === 'citizen' ? 'citizen' : 'operator'
  const switcher = el('button', { type: 'button', class: 'switcher', 'aria-haspopup': 'menu' })
  switcher.dataset.testid = `${role}-switch`
  switcher.addEventListener('click', () => openMenu(switcher, w.choose[role], choices(side)))
  const deeds = button('more', w.deeds, 'person-deeds')
  deeds.setAttribute('aria-haspopup', 'menu')
  deeds.addEventListener('click', () => {
    const me = person(page.here[role])
    if (me) openMenu(deeds, w.deeds, personDeeds(me, side))
  })
  const add = button('plus', w.create[role], `new-${role}`)
  add.addEventListener('click', () => openNewPerson(role))
  const draw = () => drawSwitcher(switcher, side)
  return { node: el('div', { class: 'people-bar' }, switcher, add, deeds), draw }
}

function button(sign: 'more' | 'plus', label: string, hook: string): HTMLButtonElement {
  const names = { title: label, 'aria-label': label, 'data-testid': hook }
  return el('button', { type: 'button', class: 'round', ...names }, icon(sign))
}

function drawSwitcher(switcher: HTMLElement, side: Side): void {
  const role = side === 'citizen' ? 'citizen' : 'operator'
  const me = person(page.here[role])
  if (!me) {
    switcher.replaceChildren(w.choose[role])
    return
  }
  const others = side === 'citizen' ? unreadOfOthers(me) : 0
  const label = `${w.choose[role]}: ${nameOf(me)}${others ? `, ${w.unreadOthers(others)}` : ''}`
  switcher.setAttribute('aria-label', label)
  switcher.dataset.personId = `${me.id}`
  const count = others > 0 && badge(others, '')
  switcher.replaceChildren(...[...face(me, side), icon('down'), count].filter((one) => one !== false))
}

const citizens = () => page.state?.people.filter((one) => one.role === 'citizen') ?? []
const operators = () => page.state?.people.filter((one) => one.role === 'operator') ?? []

export function unreadOfOthers(me?: Person): number {
  return [...citizens(), ...operators()].reduce((sum, one) => sum + (one.id === me?.id ? 0 : unreadAt(one.id, null)), 0)
}

function face(one: Person, side: Side): HTMLElement[] {
  const words = el('span', { class: 'who' }, el('b', {}, nameOf(one)), el('span', { class: 'muted' }, about(one, side)))
  return [avatar(one.id, nameOf(one)), words]
}

function about(one: Person, side: Side): string {
  const standing = side === 'desk' ? w.standing[one.standing] : w.roles[one.role]
  const blocked = side === 'citizen' && one.blocked && w.blockedBot
  return [standing, one.language_code.toUpperCase(), blocked].filter(Boolean).join(' · ')
}

function choices(side: Side): MenuPart[] {
  const list = side === 'citizen' ? citizens() : operators()
  const choice = (one: Person): MenuItem => {
    const unread = side === 'citizen' ? unreadAt(one.id, null) : 0
    const content = el('span', { class: 'person-choice' }, ...face(one, side))
    if (unread > 0) content.append(badge(unread, w.unread(unread)))
    return {
      label: unread > 0 ? `${nameOf(one)}, ${w.unread(unread)}` : nameOf(one),
      content,
      current: one.id === page.here[side === 'citizen' ? 'citizen' : 'operator'],
      act: () => go(side === 'citizen' ? { citizen: one.id } : { operator: one.id }),
      data: { 'data-testid': 'person-option', 'data-person-id': `${one.id}` },
    }
  }
  if (side === 'desk' || operators().length === 0) return list.map(choice)
  return [...list.map(choice), { heading: w.operatorsPrivately }, ...operators().map(choice)]
}
