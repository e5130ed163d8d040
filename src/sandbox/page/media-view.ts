import { fileAddress } from './api.ts'
import { el } from './dom.ts'
import { link } from './follow.ts'
import { icon } from './icons.ts'
import { sizeOf } from './time.ts'
import { openDialog } from './toast.ts'
import type { FileRef, Message } from './wire.ts'
import { w } from './words.ts'

/** Everything of a message that is not text, or null. */
export function mediaView(message: Message): HTMLElement | null {
  const { photo, voice, audio, sticker, location, contact, poll, dice } = message
  const film = message.video ?? message.video_note
  if (photo?.length) return picture(photo.at(-1) as FileRef)
  if (message.animation) return animation(message.animation)
  if (film) return moving(film, message.video_note ? 'video round-video' : 'video')
  if (voice) return sound(voice, w.kinds.voice ?? '')
  if (audio) return sound(audio, [audio.performer, audio.title ?? audio.file_name].filter(Boolean).join(' — '))
  if (sticker) return stickerView(sticker)
  if (location) return place(location, message.venue)
  if (contact) return card('person', contact.first_name, contact.phone_number)
  if (poll) return pollView(poll)
  if (dice) return el('div', { class: 'dice' }, dice.emoji, el('span', { class: 'muted' }, ` ${dice.value}`))
  return message.document ? file(message.document) : null
}

function picture(photo: FileRef): HTMLElement {
  const src = fileAddress(photo.file_id)
  const size = { width: photo.width, height: photo.height }
  const image = el('img', { src, alt: w.kinds.photo, loading: 'lazy', ...size })
  const open = () => openDialog(el('img', { class: 'large-photo', src, alt: w.kinds.photo }), w.openPhoto)
  return el('button', { type: 'button', class: 'photo', 'aria-label': w.openPhoto, onclick: open }, image)
}

function animation(ref: FileRef): HTMLElement {
  const gif = ref.mime_type === 'image/gif'
  return gif ? picture(ref) : moving(ref, 'video')
}

function moving(ref: FileRef, className: string): HTMLElement {
  return el('video', { class: className, src: fileAddress(ref.file_id), controls: true, preload: 'metadata' })
}

function sound(ref: FileRef, label: string): HTMLElement {
  const player = el('audio', {
    src: fileAddress(ref.file_id),
    controls: true,
    preload: 'metadata',
    'aria-label': label,
  })
  return el('div', { class: 'sound' }, el('div', { class: 'muted' }, icon('sound'), label), player)
}

function stickerView(ref: FileRef & { emoji?: string }): HTMLElement {
  const alt = ref.emoji ?? w.kinds.sticker
  const image = el('img', { class: 'sticker', src: fileAddress(ref.file_id), alt, width: 160, height: 160 })
  // Animated stickers are not pictures; their emoji stands for them.
  image.addEventListener('error', () => image.replaceWith(el('span', { class: 'big-emoji' }, ref.emoji ?? '🙂')))
  return image
}

function file(ref: FileRef): HTMLElement {
  const name = ref.file_name ?? w.kinds.document ?? ''
  const size = ref.file_size === undefined ? '' : sizeOf(ref.file_size)
  const attributes = {
    class: 'card',
    href: fileAddress(ref.file_id),
    download: name,
    'aria-label': `${w.download}: ${name}`,
  }
  const words = el('span', {}, el('b', {}, name), el('span', { class: 'muted' }, size))
  return el('a', attributes, el('span', { class: 'card-icon' }, icon('file')), words)
}

function place({ latitude, longitude }: NonNullable<Message['location']>, venue: Message['venue']): HTMLElement {
  const where = `${latitude.toFixed(5)}, ${longitude.toFixed(5)}`
  const map = `https://www.openstreetmap.org/?mlat=${latitude}&mlon=${longitude}#map=16/${latitude}/${longitude}`
  return card(
    'place',
    venue?.title ?? w.kinds.location ?? '',
    link(map, document.createTextNode(venue?.address ?? where)),
  )
}

function card(name: 'place' | 'person', title: string, line: string | Node): HTMLElement {
  const words = el('span', {}, el('b', {}, title), el('span', { class: 'muted' }, line))
  return el('div', { class: 'card' }, el('span', { class: 'card-icon' }, icon(name)), words)
}

function pollView(poll: NonNullable<Message['poll']>): HTMLElement {
  const options = poll.options.map((option) => el('li', {}, option.text))
  return el('div', { class: 'poll' }, el('b', {}, poll.question), el('ul', {}, ...options))
}
