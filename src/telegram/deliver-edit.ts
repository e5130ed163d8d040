import type { InputMedia } from 'grammy/types'
import { textOf } from '../desk/content.ts'
import * as copies from '../desk/copies.ts'
import { DESK_LANG } from '../desk/desk.ts'
import type { Letter } from '../desk/letters.ts'
import type { Message } from '../desk/messages.ts'
import * as messages from '../desk/messages.ts'
import type { Dispatch, Post, Sender } from './deliver.ts'
import { wholeOf } from './deliver-burst.ts'
import { pieceRow, wordsInParts } from './deliver-relay.ts'
import { asShown, hiddenMarkup } from './hidden.ts'
import { rich } from './rich.ts'
import { above, CAPTIONED, fitCaption, fitText, MOST_CAPTION, MOST_TEXT, type Words } from './wire.ts'

type Edit = Dispatch<Extract<Letter, { type: 'edit' }>>

/** The copy says what the message says now; at the desk also what it said before. */
export const sendEdit: Sender<Extract<Letter, { type: 'edit' }>> = async (post, dispatch) => {
  const message = await messages.byId(post.desk, dispatch.letter.message)
  const there = message ? await copies.copiesOf(post.desk, message.at) : []
  // Not sent yet, or sent as it says now: the row that sends it sends its newest words.
  if (!message || there.length === 0) return []
  const [shared] = there
  if (message.author === 'operator' && (shared?.of ?? 0) >= message.id) return []
  const parts = await newWords(post, dispatch, message)
  const whole = shared && message.author === 'citizen' ? await wholeOf(post, dispatch, shared) : null
  if (whole && shared) {
    await changeText(post, dispatch, { words: await withBefore(post, message, whole), copy: shared })
    return []
  }
  for (const [n, words] of parts.entries()) {
    const copy = there[n]
    if (dispatch.without.edit && n === 0) await sayAnew(post, dispatch, words)
    else if (copy && n === 0) await change(post, dispatch, { message, words, copy })
    else if (copy) await changeText(post, dispatch, { words, copy })
    else dispatch.follow.push(pieceRow(post, { row: dispatch.row, message, n }))
  }
  for (const copy of there.slice(parts.length)) await post.api.deleteMessage(copy.chat, copy.message).catch(() => {})
  return []
}

type Changing = { words: Words; copy: copies.CopyAt; markup?: ReturnType<typeof hiddenMarkup> }

const change = async (post: Post, dispatch: Edit, { message, ...how }: Changing & { message: Message }) => {
  const { api } = post
  const { words, copy } = how
  const { content } = message
  if (!CAPTIONED.has(content.kind))
    return await changeText(post, dispatch, { ...how, markup: hiddenMarkup(post.desk, message) })
  const caption = fitCaption(words, dispatch.without)
  const said = { caption: caption?.text ?? '', caption_entities: caption?.entities ?? [] }
  const markup = hiddenMarkup(post.desk, message)
  if (!(await isNewFile(post, message)))
    return void (await api.editMessageCaption(copy.chat, copy.message, { ...said, ...markup }))
  const type = content.kind === 'voice' ? 'audio' : content.kind
  const media = { type, media: content.file?.id ?? '', ...said } as InputMedia
  await api.editMessageMedia(copy.chat, copy.message, media, markup)
}

const changeText = async ({ api }: Post, { without }: Edit, { words, copy, markup = {} }: Changing) => {
  const { text, entities } = fitText(words, without)
  const options = { entities, link_preview_options: { is_disabled: true }, ...markup }
  await api.editMessageText(copy.chat, copy.message, text, options)
}

/** Where the copy can no longer be changed. */
const sayAnew = async ({ api }: Post, { to, without }: Edit, words: Words) => {
  const { text, entities } = fitText(words, without)
  const plain = { entities, link_preview_options: { is_disabled: true } }
  await api.sendMessage(to.chat, text, { ...plain, message_thread_id: to.thread })
}

const isNewFile = async ({ desk }: Post, message: Message): Promise<boolean> => {
  const before = await messages.versionBefore(desk, message)
  return before !== null && before.content.file?.unique !== message.content.file?.unique
}

const newWords = async (post: Post, dispatch: Edit, message: Message): Promise<Words[]> => {
  const parts = wordsInParts(post, dispatch, message)
  const [first] = parts
  const before = message.author === 'citizen' ? await messages.versionBefore(post.desk, message) : null
  if (!before || !first) return parts
  const t = (key: string) => rich(post.desk.texts().t(DESK_LANG, key))
  const whole = above(
    above(first, t('content.edited')),
    asShown(message, { text: textOf(before.content), entities: [] }),
  )
  const most = CAPTIONED.has(message.content.kind) ? MOST_CAPTION : MOST_TEXT
  if (parts.length === 1 && whole.text.length <= most) return [whole]
  const short = above(first, t('talk.edited_long'))
  // No room for what it said before: /was shows it.
  return [short.text.length <= most ? short : first, ...parts.slice(1)]
}

/** What one part of several said before, below all of them. */
const withBefore = async ({ desk }: Post, message: Message, whole: Words): Promise<Words> => {
  const before = await messages.versionBefore(desk, message)
  if (!before) return whole
  const t = (key: string) => rich(desk.texts().t(DESK_LANG, key))
  const said = asShown(message, { text: textOf(before.content), entities: [] })
  const all = above(above(whole, t('content.edited')), said)
  return all.text.length <= MOST_TEXT ? all : above(whole, t('talk.edited_long'))
}
