import { changed, messagesAt, type Place, type Side } from './state.ts'
import type { Message, NewMessage } from './wire.ts'

/** What is being written in one place by one person; `turn` grows when the text was put there by something else than typing. */
type Draft = {
  text: string
  reply: number | null
  /** The part of it that is quoted. */
  quote: string | null
  edit: number | null
  files: File[]
  as: NewMessage['as']
  turn: number
}

const drafts = new Map<string, Draft>()

export function draftOf(place: Place): Draft {
  const key = `${place.key}:${place.me.id}`
  const draft = drafts.get(key) ?? { text: '', reply: null, quote: null, edit: null, files: [], as: undefined, turn: 0 }
  drafts.set(key, draft)
  return draft
}

export function changeDraft(place: Place, change: Partial<Draft>): void {
  const draft = draftOf(place)
  Object.assign(draft, change)
  if (change.text !== undefined) draft.turn += 1
  changed()
}

export function startReply(place: Place, message: Message, quote: string | null = null): void {
  const draft = draftOf(place)
  const reply = { reply: message.message_id, quote }
  changeDraft(place, draft.edit ? { edit: null, text: '', ...reply } : reply)
  focusComposer(place.side)
}

export function startEdit(place: Place, message: Message): void {
  const text = message.text ?? message.caption ?? ''
  changeDraft(place, { edit: message.message_id, reply: null, files: [], text })
  focusComposer(place.side)
}

/** Takes back a reply or an edit; false if there was neither. */
export function leaveDraft(place: Place): boolean {
  const { edit, reply, files } = draftOf(place)
  if (edit) changeDraft(place, { edit: null, text: '' })
  else if (reply) changeDraft(place, { reply: null, quote: null })
  else if (files.length > 0) changeDraft(place, { files: [], as: undefined })
  else return false
  return true
}

export function canEdit(place: Place, message: Message): boolean {
  return message.from?.id === place.me.id && (message.text !== undefined || message.caption !== undefined)
}

export function lastOwn(place: Place): Message | undefined {
  return messagesAt(place.chat, place.thread).findLast((message) => canEdit(place, message))
}

export function focusComposer(side: Side): void {
  document.querySelector<HTMLElement>(`#write-${side}`)?.focus()
}
