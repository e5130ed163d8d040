type Props = Record<string, unknown>
type Child = Node | string | null | undefined | false

/** Makes an element. `on…` functions become listeners, `false` and `null` leave an attribute out; text is always text. */
export function el<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  props: Props = {},
  ...children: Child[]
): HTMLElementTagNameMap[K] {
  const made = document.createElement(tag)
  for (const [name, value] of Object.entries(props)) {
    if (typeof value === 'function') made.addEventListener(name.slice(2), value as EventListener)
    else if (name.startsWith('aria-') && typeof value === 'boolean') made.setAttribute(name, String(value))
    else if (value === true) made.setAttribute(name, '')
    else if (value !== false && value !== null && value !== undefined) made.setAttribute(name, String(value))
  }
  made.append(...children.filter((child) => child !== null && child !== undefined && child !== false))
  return made
}

export type Item = { key: string; version: readonly unknown[]; make: () => HTMLElement }
type Kept = { version: readonly unknown[]; node: HTMLElement }

const keptIn = new WeakMap<HTMLElement, Map<string, Kept>>()

/** Brings a list of elements up to date and leaves those alone whose version has not changed, with their focus and players. */
export function reconcile(parent: HTMLElement, items: Item[]): void {
  const before = keptIn.get(parent) ?? new Map<string, Kept>()
  const after = new Map<string, Kept>()
  const focused = parent.contains(document.activeElement) ? document.activeElement : null
  for (const item of items) {
    const was = before.get(item.key)
    const kept = was && same(was.version, item.version) ? was : { version: item.version, node: item.make() }
    if (was && was !== kept) replace(was.node, kept.node)
    after.set(item.key, kept)
  }
  for (const [key, kept] of before) if (!after.has(key)) kept.node.remove()
  arrange(parent, [...after.values()])
  keptIn.set(parent, after)
  if (focused instanceof HTMLElement && focused.isConnected && document.activeElement !== focused) {
    focused.focus({ preventScroll: true })
  }
}

function same(a: readonly unknown[], b: readonly unknown[]): boolean {
  return a.length === b.length && a.every((value, at) => value === b[at])
}

function replace(old: HTMLElement, fresh: HTMLElement): void {
  const at = old.contains(document.activeElement) ? focusables(old).indexOf(document.activeElement as HTMLElement) : -1
  old.replaceWith(fresh)
  if (at >= 0) (focusables(fresh)[at] ?? focusables(fresh)[0])?.focus({ preventScroll: true })
}

function arrange(parent: HTMLElement, kept: Kept[]): void {
  let next = parent.firstElementChild
  for (const { node } of kept) {
    if (node === next) next = next.nextElementSibling
    else parent.insertBefore(node, next)
  }
}

function focusables(root: HTMLElement): HTMLElement[] {
  const found = root.querySelectorAll<HTMLElement>('button, a[href], input, textarea, select, summary, [tabindex]')
  const all = root.matches('[tabindex], button') ? [root, ...found] : [...found]
  return all.filter((node) => !node.hasAttribute('disabled'))
}

/** Up, Down, Home and End move between the entries of a list; only the current one is a stop of the Tab key. */
export function rove(list: HTMLElement, selector: string): void {
  list.addEventListener('keydown', (event) => {
    const entries = [...list.querySelectorAll<HTMLElement>(selector)]
    const at = entries.indexOf(event.target as HTMLElement)
    if (at < 0) return
    const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: entries.length - 1 }[event.key]
    const entry = to === undefined ? undefined : entries[Math.max(0, Math.min(entries.length - 1, to))]
    if (!entry) return
    event.preventDefault()
    entry.focus()
  })
  list.addEventListener('focusin', (event) => {
    const entry = (event.target as HTMLElement).closest<HTMLElement>(selector)
    if (entry) stopAt(list, selector, entry)
  })
}

/** Makes one entry of a roving list the stop of the Tab key. */
export function stopAt(list: HTMLElement, selector: string, entry: HTMLElement | undefined): void {
  for (const other of list.querySelectorAll<HTMLElement>(selector)) other.tabIndex = other === entry ? 0 : -1
}
