import type {
  InputMediaAudio,
  InputMediaDocument,
  InputMediaPhoto,
  InputMediaVideo,
  ReplyParameters,
} from 'grammy/types'
import { type Content, type Place, TRAVELS, textOf } from '../desk/content.ts'
import { DESK_LANG } from '../desk/desk.ts'
import { type Letter, toTopic } from '../desk/letters.ts'
import type { Message } from '../desk/messages.ts'
import * as messages from '../desk/messages.ts'
import type { Copy } from '../mail/outbox.ts'
import type { Dispatch, Post, Sender } from './deliver.ts'
import { rich } from './rich.ts'
import { above, fitCaption, fitText, sendFile, type Words, wordsOf } from './wire.ts'

type Of<T extends Letter['type']> = Sender<Extract<Letter, { type: T }>>
const CAPTIONED = new Set(['photo', 'document', 'video', 'audio', 'voice', 'animation'])
const BY_FILE = new Set([...CAPTIONED, 'video_note', 'sticker'])

/** One message to the other side: text from the store, a medium as a copy. The place is the lane's, never the reply's. */
export const sendRelay: Of<'relay'> = async (post, dispatch) => {
  const message = await messages.byId(post.desk, dispatch.letter.message)
  if (!message) return []
  const copy = await sendContent(post, dispatch, message)
  await mark(post, message)
  return [{ message: message.id, chat: dispatch.to.chat, copy }]
}

/** All parts of an album as one, in their order. */
export const sendAlbum: Of<'album'> = async (post, dispatch) => {
  const parts = await messages.ofAlbum(post.desk, dispatch.letter.chat, dispatch.letter.album)
  const [first] = parts
  if (!first) return []
  const copies =
    parts.length === 1 ? [await sendContent(post, dispatch, first)] : await sendGroup(post, dispatch, parts)
  for (const part of parts) await mark(post, part)
  return parts.flatMap((part, n): Copy[] => {
    const copy = copies[n]
    return copy === undefined ? [] : [{ message: part.id, chat: dispatch.to.chat, copy }]
  })
}

/** The copy says what the message says now; at the desk also what it said before. */
export const sendEdit: Of<'edit'> = async ({ api, desk }, { letter, to, without }) => {
  const message = await messages.byId(desk, letter.message)
  const copy = message && (await messages.copyOf(desk, message.at))
  if (!message || !copy) return []
  const words = message.author === 'citizen' ? await withHistory({ api, desk }, message) : wordsOf(message.content)
  if (without.edit) {
    await api.sendMessage(to.chat, fitText(words, without).text, { message_thread_id: to.thread })
  } else if (message.content.kind === 'text') {
    const { text, entities } = fitText(words, without)
    await api.editMessageText(copy.chat, copy.message, text, { entities, link_preview_options: { is_disabled: true } })
  } else if (CAPTIONED.has(message.content.kind)) {
    const caption = fitCaption(words, without)
    await api.editMessageCaption(copy.chat, copy.message, {
      caption: caption?.text ?? '',
      caption_entities: caption?.entities ?? [],
    })
  }
  return []
}

const sendContent = async (post: Post, dispatch: Dispatch, message: Message): Promise<number> => {
  const { api } = post
  const { to, without } = dispatch
  const { content } = message
  const options = { message_thread_id: to.thread, reply_parameters: await replyTo(post, dispatch, content) }
  const words = repeated(post, dispatch, spoken(post, content))
  if (content.kind === 'text' || !TRAVELS.has(content.kind)) {
    const { text, entities } = fitText(words, without)
    const sent = await api.sendMessage(to.chat, text, {
      ...options,
      entities,
      link_preview_options: { is_disabled: true },
    })
    return sent.message_id
  }
  const caption = CAPTIONED.has(content.kind) ? fitCaption(words, without) : null
  const captioned = { ...options, ...(caption ? { caption: caption.text, caption_entities: caption.entities } : {}) }
  if (without.copy && BY_FILE.has(content.kind)) return await sendFile(api, to, { content, options: captioned })
  return (await api.copyMessage(to.chat, message.at.chat, message.at.message, captioned)).message_id
}

const sendGroup = async (post: Post, dispatch: Dispatch, parts: Message[]): Promise<number[]> => {
  const media = parts.map(({ content }, n) => {
    const words = n === 0 ? repeated(post, dispatch, wordsOf(content)) : wordsOf(content)
    const caption = fitCaption(words, dispatch.without)
    const type =
      content.kind === 'photo' || content.kind === 'video' || content.kind === 'audio' ? content.kind : 'document'
    return {
      type,
      media: content.file?.id ?? '',
      ...(caption ? { caption: caption.text, caption_entities: caption.entities } : {}),
    }
  })
  const sent = await post.api.sendMediaGroup(
    dispatch.to.chat,
    media as (InputMediaPhoto | InputMediaVideo | InputMediaAudio | InputMediaDocument)[] as InputMediaPhoto[],
    { message_thread_id: dispatch.to.thread },
  )
  return sent.map((one) => one.message_id)
}

/** What may have arrived before is said to be so. */
const repeated = ({ desk }: Post, { row, lang }: Dispatch, words: Words): Words =>
  row.repeated > 0 ? above(rich(desk.texts().t(lang, 'repeat.mark')), words) : words

/** What does not travel as it is, travels as words with its kind named. */
const spoken = ({ desk }: Post, content: Content): Words =>
  TRAVELS.has(content.kind)
    ? wordsOf(content)
    : above(rich(desk.texts().t(DESK_LANG, `content.${content.kind}`)), { text: textOf(content), entities: [] })

/** The mirrored message of the one that was replied to. */
const replyTo = async (
  { desk }: Post,
  { without }: Dispatch,
  content: Content,
): Promise<ReplyParameters | undefined> => {
  if (!content.replyTo || without.reply) return undefined
  const mirrored = await mirror(desk, content.replyTo)
  if (!mirrored) return undefined
  return {
    message_id: mirrored.message,
    allow_sending_without_reply: true,
    ...(content.quote ? { quote: content.quote } : {}),
  }
}

const mirror = async (desk: Post['desk'], at: Place): Promise<Place | null> =>
  (await messages.byCopy(desk, at))?.at ?? (await messages.copyOf(desk, at))

/** 👌 at the operator's message: delivered. */
const mark = async ({ desk }: Post, message: Message): Promise<void> => {
  if (message.author !== 'operator') return
  await toTopic(desk.db, desk, message.appealId, [
    {
      key: `mark:${message.at.chat}:${message.at.message}`,
      letter: { type: 'mark', chat: message.at.chat, message: message.at.message, emoji: '👌' },
    },
  ])
}

const withHistory = async ({ desk }: Post, message: Message): Promise<Words> => {
  const before = await messages.versionBefore(desk, message)
  const was = rich(desk.texts().t(DESK_LANG, 'content.edited'))
  const now = wordsOf(message.content)
  return before ? above(above(now, was), { text: textOf(before.content), entities: [] }) : now
}
