import { el } from './dom.ts'
import { type IconName, icon } from './icons.ts'

export type MenuItem = {
  label: string
  act: () => void
  icon?: IconName
  content?: Node
  current?: boolean
  danger?: boolean
  data?: Record<string, string>
}
export type MenuPart = MenuItem | { heading: string } | { row: MenuItem[] }

const pressedAgain = new WeakSet<HTMLElement>()

/** Opens a menu beside its button. Arrows walk, Escape and a click elsewhere close; the focus goes back to the button. */
export function openMenu(anchor: HTMLElement, label: string, parts: MenuPart[]): void {
  if (pressedAgain.delete(anchor)) return
  const menu = el('div', { class: 'menu', role: 'menu', 'aria-label': label, popover: 'auto' })
  menu.append(...parts.map((part) => draw(part, menu)))
  menu.addEventListener('keydown', walk)
  // A press of the button closes its open menu by itself; the click that follows must not open it again.
  const again = () => pressedAgain.add(anchor)
  anchor.addEventListener('pointerdown', again)
  menu.addEventListener('toggle', (event) => {
    if ((event as ToggleEvent).newState === 'open') return
    anchor.removeEventListener('pointerdown', again)
    anchor.setAttribute('aria-expanded', 'false')
    menu.remove()
  })
  document.body.append(menu)
  anchor.setAttribute('aria-expanded', 'true')
  menu.showPopover()
  place(menu, anchor.getBoundingClientRect())
  const entries = items(menu)
  ;(entries.find((entry) => entry.ariaChecked === 'true') ?? entries[0])?.focus()
}

function draw(part: MenuPart, menu: HTMLElement): HTMLElement {
  if ('heading' in part) return el('div', { class: 'menu-heading', role: 'presentation' }, part.heading)
  if ('row' in part) return el('div', { class: 'menu-row', role: 'group' }, ...part.row.map((one) => draw(one, menu)))
  const act = () => {
    menu.hidePopover()
    part.act()
  }
  const checkable = part.current !== undefined
  return el(
    'button',
    {
      type: 'button',
      class: part.danger ? 'menu-item danger' : 'menu-item',
      role: checkable ? 'menuitemradio' : 'menuitem',
      'aria-checked': checkable ? part.current === true : null,
      'aria-label': part.content ? part.label : null,
      tabindex: -1,
      onclick: act,
      ...part.data,
    },
    part.icon && icon(part.icon),
    part.content ?? part.label,
  )
}

const items = (menu: HTMLElement) => [...menu.querySelectorAll<HTMLElement>('.menu-item')]

function walk(event: KeyboardEvent): void {
  const menu = event.currentTarget as HTMLElement
  const entries = items(menu)
  const at = entries.indexOf(document.activeElement as HTMLElement)
  const steps: Record<string, number> = { ArrowDown: 1, ArrowRight: 1, ArrowUp: -1, ArrowLeft: -1 }
  const step = steps[event.key]
  if (event.key === 'Tab') menu.hidePopover()
  const to = step ? at + step : { Home: 0, End: -1 }[event.key]
  if (to === undefined) return
  event.preventDefault()
  entries.at(to % entries.length)?.focus()
}

function place(menu: HTMLElement, by: DOMRect): void {
  const gap = 6
  const { offsetWidth: width, offsetHeight: height } = menu
  const below = by.bottom + gap + height <= innerHeight
  const top = below ? by.bottom + gap : Math.max(gap, by.top - gap - height)
  const left = by.left + width + gap <= innerWidth ? by.left : by.right - width
  menu.style.top = `${Math.min(top, Math.max(gap, innerHeight - height - gap))}px`
  menu.style.left = `${Math.max(gap, left)}px`
}
