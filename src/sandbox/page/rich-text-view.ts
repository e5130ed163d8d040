import { sendMessage } from './api.ts'
import { el } from './dom.ts'
import { link } from './follow.ts'
import { icon } from './icons.ts'
import { type Piece, richText, type Span } from './rich-text.ts'
import { addressOf, type Place } from './state.ts'
import { copy, done } from './toast.ts'
import type { Entity } from './wire.ts'
import { w } from './words.ts'

/** A formatted text as elements, the way a messenger shows it. */
export function richTextView(place: Place, text: string, entities: Entity[] = []): HTMLElement {
  const view = el('div', { class: 'text', dir: 'auto' })
  view.append(...draw(place, richText(text, entities)))
  return view
}

function draw(place: Place, pieces: Piece[]): Node[] {
  return pieces.map((piece) => (typeof piece === 'string' ? document.createTextNode(piece) : span(place, piece)))
}

function span(place: Place, piece: Span): HTMLElement {
  const inside = draw(place, piece.children)
  switch (piece.entity.type) {
    case 'bold':
      return el('b', {}, ...inside)
    case 'italic':
      return el('i', {}, ...inside)
    case 'underline':
      return el('u', {}, ...inside)
    case 'strikethrough':
      return el('s', {}, ...inside)
    case 'spoiler':
      return spoiler(inside)
    case 'code':
      return el('code', { title: w.copy, onclick: () => copy(piece.text) }, ...inside)
    case 'pre':
      return codeBlock(piece, inside)
    case 'blockquote':
      return el('blockquote', {}, ...inside)
    case 'expandable_blockquote':
      return expandable(piece, inside)
    case 'bot_command':
      return command(place, piece, inside)
    default:
      return address(piece, inside)
  }
}

function address(piece: Span, inside: Node[]): HTMLElement {
  const { type, url } = piece.entity
  if (type === 'text_link') return link(url ?? '', ...inside)
  if (type === 'url') return link(piece.text, ...inside)
  if (type === 'email') return link(`mailto:${piece.text}`, ...inside)
  if (type === 'phone_number') return link(`tel:${piece.text.replace(/[^\d+]/g, '')}`, ...inside)
  return el('span', { class: 'link' }, ...inside)
}

function command(place: Place, piece: Span, inside: Node[]): HTMLElement {
  const say = async () => void done(await sendMessage({ ...addressOf(place), text: piece.text }))
  return el('button', { type: 'button', class: 'link', onclick: say }, ...inside)
}

/** Hidden until pressed; one press shows every hidden stretch of the message. */
function spoiler(inside: Node[]): HTMLElement {
  const content = el('span', { inert: true }, ...inside)
  const cover = el('span', { class: 'spoiler hidden', role: 'button', tabindex: 0, 'aria-label': w.hidden }, content)
  const show = () => {
    for (const one of cover.closest('.text')?.querySelectorAll('.spoiler.hidden') ?? [cover]) {
      one.classList.remove('hidden')
      for (const name of ['role', 'tabindex', 'aria-label']) one.removeAttribute(name)
      one.firstElementChild?.removeAttribute('inert')
    }
  }
  cover.addEventListener('click', show)
  cover.addEventListener('keydown', (event) => {
    if (event.key !== 'Enter' && event.key !== ' ') return
    event.preventDefault()
    show()
  })
  return cover
}

function codeBlock(piece: Span, inside: Node[]): HTMLElement {
  const onclick = () => copy(piece.text)
  const copying = el('button', { type: 'button', class: 'round small', title: w.copy, 'aria-label': w.copy, onclick })
  copying.append(icon('copy'))
  const head = el('div', { class: 'code-head' }, el('span', {}, piece.entity.language ?? ''), copying)
  return el('div', { class: 'code-block' }, head, el('pre', { tabindex: 0 }, el('code', {}, ...inside)))
}

function expandable(piece: Span, inside: Node[]): HTMLElement {
  const quote = el('blockquote', {}, el('div', { class: 'quoted' }, ...inside))
  if (piece.text.split('\n').length <= 3 && piece.text.length <= 120) return quote
  quote.classList.add('collapsed')
  const toggle = el('button', { type: 'button', class: 'link', 'aria-expanded': 'false' }, w.expand)
  toggle.addEventListener('click', () => {
    const collapsed = quote.classList.toggle('collapsed')
    toggle.textContent = collapsed ? w.expand : w.collapse
    toggle.setAttribute('aria-expanded', String(!collapsed))
  })
  quote.append(toggle)
  return quote
}
