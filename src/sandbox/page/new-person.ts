import { addPerson } from './api.ts'
import { el } from './dom.ts'
import { go, page, person, take } from './state.ts'
import { done, openDialog } from './toast.ts'
import type { NewPerson, Person } from './wire.ts'
import { tongue, w } from './words.ts'

/** Asks for a name and a language, adds the person and makes them the one who acts. */
export function openNewPerson(role: Person['role']): void {
  const first = field(w.firstName, { name: 'first_name', required: true, maxlength: 64, autofocus: true })
  const last = field(w.lastName, { name: 'last_name', maxlength: 64 })
  const username = field(w.username, { name: 'username', pattern: '[A-Za-z][A-Za-z0-9_]{4,31}' })
  const cancel = el('button', { type: 'button', onclick: () => dialog.close() }, w.cancel)
  const add = el('button', { class: 'primary', 'data-testid': 'add-person' }, w.add)
  const fields = [el('h2', {}, w.create[role]), first, last, username, language()]
  const form = el('form', { class: 'new-person' }, ...fields, el('div', { class: 'row-end' }, cancel, add))
  form.addEventListener('submit', (event) => {
    event.preventDefault()
    dialog.close()
    void create(read(form, role))
  })
  const dialog = openDialog(form, w.create[role])
}

function field(label: string, attributes: Record<string, unknown>): HTMLElement {
  return el('label', {}, label, el('input', { autocomplete: 'off', 'data-testid': attributes.name, ...attributes }))
}

function language(): HTMLElement {
  const option = (code: 'ru' | 'en') => el('option', { value: code, selected: code === tongue }, w.languages[code])
  const select = el('select', { name: 'language_code', 'data-testid': 'language_code' }, option('ru'), option('en'))
  return el('label', {}, w.language, select)
}

function read(form: HTMLFormElement, role: Person['role']): NewPerson {
  const data = new FormData(form)
  const value = (name: string) => String(data.get(name) ?? '').trim() || undefined
  return {
    role,
    first_name: value('first_name') ?? '?',
    last_name: value('last_name'),
    username: value('username'),
    language_code: value('language_code') ?? tongue,
  }
}

async function create(wanted: NewPerson): Promise<void> {
  const known = new Set(page.state?.people.map((one) => one.id))
  const answer = await addPerson(wanted)
  if (!done(answer)) return
  if (answer.person && !person(answer.person.id)) take({ type: 'person', person: answer.person })
  const fresh = answer.person ?? page.state?.people.find((one) => !known.has(one.id) && one.role === wanted.role)
  if (fresh) go(wanted.role === 'citizen' ? { citizen: fresh.id } : { operator: fresh.id, side: 'desk' })
}
