import { textOf } from '../desk/content.ts'
import { DESK_LANG } from '../desk/desk.ts'
import type { Letter } from '../desk/letters.ts'
import type { Message } from '../desk/messages.ts'
import * as messages from '../desk/messages.ts'
import type { Post, Sender } from './deliver.ts'
import { rich } from './rich.ts'
import { above, CAPTIONED, fitCaption, fitText, type Words, wordsOf } from './wire.ts'

type Of<T extends Letter['type']> = Sender<Extract<Letter, { type: T }>>

/** The copy says what the message says now; at the desk also what it said before. */
export const sendEdit: Of<'edit'> = async ({ api, desk }, { letter, to, without }) => {
  const message = await messages.byId(desk, letter.message)
  const copy = message && (await messages.copyOf(desk, message.at))
  if (!message || !copy) return []
  const words = message.author === 'citizen' ? await withHistory({ api, desk }, message) : wordsOf(message.content)
  const { text, entities } = fitText(words, without)
  const plain = { entities, link_preview_options: { is_disabled: true } }
  if (without.edit) {
    await api.sendMessage(to.chat, text, { ...plain, message_thread_id: to.thread })
  } else if (message.content.kind === 'text') {
    await api.editMessageText(copy.chat, copy.message, text, plain)
  } else if (CAPTIONED.has(message.content.kind)) {
    const caption = fitCaption(words, without)
    await api.editMessageCaption(copy.chat, copy.message, {
      caption: caption?.text ?? '',
      caption_entities: caption?.entities ?? [],
    })
  }
  return []
}

const withHistory = async ({ desk }: Post, message: Message): Promise<Words> => {
  const before = await messages.versionBefore(desk, message)
  const was = rich(desk.texts().t(DESK_LANG, 'content.edited'))
  const now = wordsOf(message.content)
  return before ? above(above(now, was), { text: textOf(before.content), entities: [] }) : now
}
