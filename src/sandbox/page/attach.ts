import { sendMessage } from './api.ts'
import { el } from './dom.ts'
import { changeDraft, draftOf, focusComposer } from './drafts.ts'
import { type IconName, icon } from './icons.ts'
import { type MenuItem, openMenu } from './menu.ts'
import { addressOf, type Place } from './state.ts'
import { done } from './toast.ts'
import type { NewMessage } from './wire.ts'
import { w } from './words.ts'

/** The paper clip: files from the disk wait beside the text, everything else is sent at once. */
export function attachButton(place: () => Place | null): HTMLElement {
  const input = el('input', { type: 'file', multiple: true, class: 'offscreen', tabindex: -1, 'aria-hidden': 'true' })
  input.dataset.testid = 'attach-input'
  let as: NewMessage['as']
  const pick = (accept: string, kind: NewMessage['as']) => {
    input.accept = accept
    as = kind
    input.click()
  }
  input.addEventListener('change', () => {
    const to = place()
    if (to) addFiles(to, [...(input.files ?? [])], as)
    input.value = ''
    as = undefined
  })
  const names = { title: w.attach, 'aria-label': w.attach, 'aria-haspopup': 'menu', 'data-testid': 'attach' }
  const button = el('button', { type: 'button', class: 'round', ...names }, icon('attach'))
  button.addEventListener('click', () => {
    const to = place()
    if (to) openMenu(button, w.attach, [...fileItems(pick), ...otherItems(to)])
  })
  return el('span', { class: 'attach' }, button, input)
}

export function addFiles(place: Place, files: File[], as?: NewMessage['as']): void {
  if (files.length === 0) return
  const films = files.every((file) => file.type.startsWith('video/'))
  const gifs = files.every((file) => file.type === 'image/gif')
  const kind = as ?? (films ? 'video' : gifs ? 'animation' : undefined)
  changeDraft(place, { files: [...draftOf(place).files, ...files], as: kind, edit: null })
  focusComposer(place.side)
}

function fileItems(pick: (accept: string, kind: NewMessage['as']) => void): MenuItem[] {
  return [
    { label: w.attachKinds.photo, icon: 'photo', act: () => pick('image/*,video/*', undefined) },
    { label: w.attachKinds.document, icon: 'file', act: () => pick('', 'document') },
    { label: w.attachKinds.voice, icon: 'sound', act: () => pick('audio/*', 'voice') },
  ]
}

function otherItems(place: Place): MenuItem[] {
  const { me } = place
  const contact = { phone_number: `+7900${String(me.id).padStart(7, '0').slice(-7)}`, user_id: me.id }
  const item = (kind: keyof typeof w.attachKinds, sign: IconName, content: Partial<NewMessage>): MenuItem => ({
    label: w.attachKinds[kind],
    icon: sign,
    act: () => void send(place, content),
  })
  return [
    { label: w.attachKinds.sticker, icon: 'smile', act: () => void sendSticker(place) },
    item('location', 'place', { location: { latitude: 55.75393, longitude: 37.62061 } }),
    item('contact', 'person', { contact: { ...contact, first_name: me.first_name } }),
    item('poll', 'poll', { poll: w.poll }),
    item('dice', 'dice', { dice: '🎲' }),
  ]
}

async function send(place: Place, content: Partial<NewMessage>, files: File[] = []): Promise<void> {
  done(await sendMessage({ ...addressOf(place), ...content }, files))
}

/** Nobody keeps sticker files at hand, so one is drawn here. */
async function sendSticker(place: Place): Promise<void> {
  const canvas = new OffscreenCanvas(512, 512)
  const paper = canvas.getContext('2d')
  if (!paper) return
  paper.font = '400px system-ui'
  paper.textAlign = 'center'
  paper.textBaseline = 'middle'
  paper.fillText('🙂', 256, 276)
  const blob = await canvas.convertToBlob({ type: 'image/webp' })
  await send(place, { as: 'sticker' }, [new File([blob], 'sticker.webp', { type: 'image/webp' })])
}
