import { editMessage, sendMessage } from './api.ts'
import { changeDraft, draftOf } from './drafts.ts'
import { addressOf, type Place } from './state.ts'
import { done } from './toast.ts'

const longest = 4096
const albumSize = 10

/** Sends what is written and attached in a place, or changes the message that is being edited. */
export async function submit(place: Place | null, typed: string): Promise<void> {
  if (!place) return
  const text = typed.trim()
  const { edit, reply, quote, files, as } = draftOf(place)
  if (!text && files.length === 0) return
  changeDraft(place, { text: '', edit: null, reply: null, quote: null, files: [], as: undefined })
  if (edit) {
    const change = { from: place.me.id, chat: place.chat.id, message_id: edit, text }
    if (!done(await editMessage(change))) giveBack(place, typed)
    return
  }
  const where = { ...addressOf(place), reply_to: reply ?? undefined, quote: quote ?? undefined }
  const head = text.slice(0, longest) || undefined
  const first = await sendMessage(
    { ...where, text: head, as: files.length ? as : undefined },
    files.slice(0, albumSize),
  )
  if (!done(first)) return giveBack(place, typed, files)
  for (let at = longest; at < text.length; at += longest) {
    done(await sendMessage({ ...where, text: text.slice(at, at + longest) }))
  }
  for (let at = albumSize; at < files.length; at += albumSize) {
    done(await sendMessage({ ...where, as }, files.slice(at, at + albumSize)))
  }
}

/** What was refused is not lost: it stands in the input again, unless something new does already. */
function giveBack(place: Place, text: string, files: File[] = []): void {
  if (draftOf(place).text === '') changeDraft(place, { text, files })
}
