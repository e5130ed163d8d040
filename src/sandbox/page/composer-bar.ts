import { el } from './dom.ts'
import { changeDraft, draftOf, leaveDraft } from './drafts.ts'
import { icon } from './icons.ts'
import { preview, senderOf } from './preview.ts'
import { messagesAt, type Place } from './state.ts'
import { sizeOf } from './time.ts'
import { w } from './words.ts'

/** What stands over the input: the message that is answered or changed, and the files that wait. */
export function composerBar(place: Place): HTMLElement[] {
  return [about(place), attached(place)].filter((one) => one !== null)
}

function about(place: Place): HTMLElement | null {
  const { reply, edit, quote } = draftOf(place)
  const message = messagesAt(place.chat, place.thread).find((one) => one.message_id === (edit ?? reply))
  if (!message) return null
  const title = edit ? w.editing : w.replyTo(senderOf(message))
  const words = el(
    'span',
    { class: 'bar-text' },
    el('b', {}, title),
    el('span', { class: 'muted' }, (!edit && quote) || preview(message)),
  )
  return el('div', { class: 'composer-bar' }, icon(edit ? 'edit' : 'reply'), words, leave(place))
}

function leave(place: Place): HTMLElement {
  const names = { title: w.cancel, 'aria-label': w.cancel, onclick: () => leaveDraft(place) }
  return el('button', { type: 'button', class: 'round', ...names }, icon('close'))
}

function attached(place: Place): HTMLElement | null {
  const { files } = draftOf(place)
  if (files.length === 0) return null
  const chips = files.map((file) => {
    const drop = () => changeDraft(place, { files: files.filter((one) => one !== file) })
    const names = { title: w.remove(file.name), 'aria-label': w.remove(file.name), onclick: drop }
    const remove = el('button', { type: 'button', class: 'round small', ...names }, icon('close'))
    const words = el('span', {}, file.name, el('span', { class: 'muted' }, ` ${sizeOf(file.size)}`))
    return el('li', { class: 'file-chip' }, thumb(file), words, remove)
  })
  return el('ul', { class: 'files', 'aria-label': w.attached }, ...chips)
}

/** A small picture on a canvas: the page may show no images but the server's own. */
function thumb(file: File): Element {
  if (!file.type.startsWith('image/')) return icon('file')
  const canvas = el('canvas', { width: 36, height: 36, 'aria-hidden': 'true' })
  createImageBitmap(file)
    .then((image) => {
      const side = Math.min(image.width, image.height)
      const from = [(image.width - side) / 2, (image.height - side) / 2, side, side] as const
      canvas.getContext('2d')?.drawImage(image, ...from, 0, 0, 36, 36)
    })
    .catch(() => canvas.replaceWith(icon('file')))
  return canvas
}
