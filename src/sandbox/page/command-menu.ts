import { el } from './dom.ts'
import { type Place, page } from './state.ts'
import type { Command } from './wire.ts'
import { w } from './words.ts'

/** What to do with a command: say it now, or write it into the input so that words can follow. */
type Choose = (command: string, now: boolean) => void

type CommandMenu = {
  node: HTMLElement
  draw: (place: Place, text: string) => void
  /** True if the key was for the menu. */
  key: (event: KeyboardEvent) => boolean
}

/** The list that opens over the input when a message begins with "/". */
export function commandMenu(field: HTMLTextAreaElement, choose: Choose): CommandMenu {
  const id = `commands-${field.id}`
  const node = el('div', { class: 'command-menu', id, role: 'listbox', 'aria-label': w.commands, hidden: true })
  const menu: Menu = { node, field, choose, found: [], at: 0, closed: null }
  for (const [name, value] of Object.entries({ role: 'combobox', 'aria-controls': id, 'aria-autocomplete': 'list' })) {
    field.setAttribute(name, value)
  }
  const find = (place: Place, text: string) => {
    if (text !== menu.closed) menu.closed = null
    const found = menu.closed === null ? matching(place, text) : []
    if (names(found) !== names(menu.found)) menu.at = 0
    menu.found = found
    draw(menu)
  }
  return { node, draw: find, key: (event) => key(menu, event) }
}

export function commandsOf(place: Place): Command[] {
  return page.state?.commands[`${place.me.id}:${place.chat.id}`] ?? []
}

type Menu = {
  node: HTMLElement
  field: HTMLTextAreaElement
  choose: Choose
  found: Command[]
  at: number
  /** The text over which the menu was closed by hand. */
  closed: string | null
}

const names = (commands: Command[]) => commands.map((one) => one.command).join()

function matching(place: Place, text: string): Command[] {
  if (!/^\/\w*$/.test(text)) return []
  const start = text.slice(1).toLowerCase()
  const all = commandsOf(place).filter(({ command }) => command.startsWith(start))
  return all.sort((a, b) => Number(b.command === start) - Number(a.command === start))
}

function draw(menu: Menu): void {
  const { node, field, found, at } = menu
  node.hidden = found.length === 0
  node.replaceChildren(...found.map((_, index) => option(menu, index)))
  field.setAttribute('aria-expanded', String(!node.hidden))
  if (node.hidden) field.removeAttribute('aria-activedescendant')
  else field.setAttribute('aria-activedescendant', `${node.id}-${at}`)
  node.children[at]?.scrollIntoView({ block: 'nearest' })
}

function key(menu: Menu, event: KeyboardEvent): boolean {
  if (menu.node.hidden || event.isComposing || event.shiftKey) return false
  const { found, choose } = menu
  const command = `/${found[menu.at]?.command}`
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key]
  if (step) menu.at = (menu.at + step + found.length) % found.length
  else if (event.key === 'Escape') Object.assign(menu, { closed: menu.field.value, found: [] })
  else if (event.key === 'Enter') choose(command, true)
  else if (event.key === 'Tab') choose(`${command} `, false)
  else return false
  event.preventDefault()
  draw(menu)
  return true
}

function option({ node, found, at, choose }: Menu, index: number): HTMLElement {
  const { command, description } = found[index] as Command
  const attributes = { id: `${node.id}-${index}`, role: 'option', 'aria-selected': index === at }
  const made = el('div', { class: 'command', 'data-testid': 'command', ...attributes }, el('b', {}, `/${command}`))
  made.append(description)
  // Pressing must not take the focus from the input.
  made.addEventListener('pointerdown', (event) => event.preventDefault())
  made.addEventListener('click', () => choose(`/${command}`, true))
  return made
}
