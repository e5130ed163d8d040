import { addFiles, attachButton } from './attach.ts'
import { commandMenu, commandsOf } from './command-menu.ts'
import { composerBar } from './composer-bar.ts'
import { el } from './dom.ts'
import { changeDraft, draftOf, lastOwn, leaveDraft, startEdit } from './drafts.ts'
import { gate } from './gate.ts'
import { icon } from './icons.ts'
import { keyboardShown, replyKeyboard, toggleKeyboard } from './keyboard.ts'
import { changed, type Place, type Side } from './state.ts'
import { submit } from './submit.ts'
import { w } from './words.ts'

/** Everything under the messages: the input with its buttons and menus, or what must be done before one may write. */
export function composer(side: Side, place: () => Place | null) {
  const parts = build(side, place)
  const { field, form, commands } = parts
  const sendNow = () => void submit(place(), field.value)
  form.addEventListener('submit', (event) => {
    event.preventDefault()
    sendNow()
  })
  field.addEventListener('input', () => {
    const to = place()
    if (to) draftOf(to).text = field.value
    changed()
  })
  field.addEventListener('keydown', (event) => {
    const to = place()
    if (!to || commands.key(event)) return
    if (event.key === 'Enter' && !event.shiftKey && !event.isComposing) {
      event.preventDefault()
      sendNow()
    }
    if (event.key === 'Escape' && leaveDraft(to)) event.preventDefault()
    const own = event.key === 'ArrowUp' && field.value === '' ? lastOwn(to) : undefined
    if (own) startEdit(to, own)
  })
  takeFiles(parts.node, place)
  return { node: parts.node, draw: (to: Place) => draw(parts, to) }
}

function build(side: Side, place: () => Place | null) {
  const field = el('textarea', { id: `write-${side}`, rows: 1, 'data-testid': 'composer-input', enterkeyhint: 'send' })
  const commands = commandMenu(field, (text, now) => {
    const to = place()
    if (!to) return
    if (now) void submit(to, text)
    else changeDraft(to, { text })
  })
  const names = (label: string) => ({ type: 'button', class: 'round', title: label, 'aria-label': label })
  const slash = el('button', names(w.commands), '/')
  slash.addEventListener('click', () => {
    const to = place()
    if (to) changeDraft(to, { text: field.value === '/' ? '' : '/' })
    field.focus()
  })
  const keys = el('button', { ...names(w.keyboard.show), 'data-testid': 'keyboard-toggle' }, icon('keys'))
  keys.addEventListener('click', () => {
    const to = place()
    if (to) toggleKeyboard(to)
  })
  const send = el('button', { class: 'round primary', title: w.send, 'aria-label': w.send }, icon('send'))
  send.dataset.testid = 'composer-send'
  const form = el('form', { class: 'composer' }, slash, attachButton(place), field, keys, send)
  const bars = el('div', { class: 'composer-bars' })
  const below = el('div', { class: 'below' })
  const node = el('div', { class: 'composer-area' }, bars, commands.node, form, below)
  return { node, field, commands, slash, keys, form, bars, below, shown: '', lower: null as unknown }
}

type Parts = ReturnType<typeof build>

function draw(parts: Parts, place: Place): void {
  const { field, form, bars, below, keys, slash, commands } = parts
  const draft = draftOf(place)
  const shut = gate(place)
  form.hidden = shut !== null
  bars.replaceChildren(...(shut ? [] : composerBar(place)))
  const turn = `${place.key}:${place.me.id}:${draft.turn}`
  if (parts.shown !== turn) field.value = draft.text
  parts.shown = turn
  field.placeholder = (keyboardShown(place) && place.chat.keyboard?.placeholder) || w.write[place.side]
  field.setAttribute('aria-label', w.write[place.side])
  grow(field)
  commands.draw(place, shut ? '' : field.value)
  slash.hidden = commandsOf(place).length === 0
  drawKeyboardToggle(keys, place)
  // Drawn anew only when it is another one: the focus must not leave a button that is being used.
  const lower = shut ? `${turn}:${shut.textContent}` : keyboardShown(place) && place.chat.keyboard
  if (parts.lower !== lower) below.replaceChildren(...(shut ? [shut] : replyKeyboard(place)))
  parts.lower = lower
}

function drawKeyboardToggle(keys: HTMLElement, place: Place): void {
  const shown = keyboardShown(place)
  keys.hidden = place.chat.keyboard === null
  keys.title = shown ? w.keyboard.hide : w.keyboard.show
  keys.setAttribute('aria-label', keys.title)
  keys.setAttribute('aria-expanded', String(shown))
}

function grow(field: HTMLTextAreaElement): void {
  field.style.height = 'auto'
  field.style.height = `${Math.min(field.scrollHeight, 160)}px`
}

function takeFiles(node: HTMLElement, place: () => Place | null): void {
  const take = (event: Event, data: DataTransfer | null) => {
    const to = place()
    if (!to || !data || data.files.length === 0) return
    event.preventDefault()
    addFiles(to, [...data.files])
  }
  node.addEventListener('paste', (event) => take(event, event.clipboardData))
  node.addEventListener('drop', (event) => take(event, event.dataTransfer))
  node.addEventListener('dragover', (event) => event.preventDefault())
}
