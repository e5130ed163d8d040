import type {
  InputMediaAudio,
  InputMediaDocument,
  InputMediaPhoto,
  InputMediaVideo,
  ReplyParameters,
} from 'grammy/types'
import { type Content, type Place, TRAVELS, textOf } from '../desk/content.ts'
import { forTopic, type Letter } from '../desk/letters.ts'
import type { Message } from '../desk/messages.ts'
import * as messages from '../desk/messages.ts'
import type { Copy } from '../mail/outbox.ts'
import type { Dispatch, Post, Sender } from './deliver.ts'
import { rich } from './rich.ts'
import {
  above,
  CAPTIONED,
  entity,
  fitCaption,
  fitText,
  inItsTopic,
  MOST_CAPTION,
  MOST_TEXT,
  sendFile,
  type Words,
  wordsOf,
} from './wire.ts'

type Of<T extends Letter['type']> = Sender<Extract<Letter, { type: T }>>
const BY_FILE = new Set([...CAPTIONED, 'video_note', 'sticker'])

/** One message to the other side: text from the store, a medium as a copy. The place is the lane's, never the reply's. */
export const sendRelay: Of<'relay'> = async (post, dispatch) => {
  const message = await messages.byId(post.desk, dispatch.letter.message)
  if (!message) return []
  const copy = await sendContent(post, dispatch, message)
  mark(post, dispatch, message)
  return [{ message: message.id, chat: dispatch.to.chat, copy }]
}

/** All parts of an album as one, in their order. */
export const sendAlbum: Of<'album'> = async (post, dispatch) => {
  const parts = await messages.ofAlbum(post.desk, dispatch.letter.chat, dispatch.letter.album)
  const [first] = parts
  if (!first) return []
  const copies =
    parts.length === 1 ? [await sendContent(post, dispatch, first)] : await sendGroup(post, dispatch, parts)
  for (const part of parts) mark(post, dispatch, part)
  return parts.flatMap((part, n): Copy[] => {
    const copy = copies[n]
    return copy === undefined ? [] : [{ message: part.id, chat: dispatch.to.chat, copy }]
  })
}

const sendContent = async (post: Post, dispatch: Dispatch, message: Message): Promise<number> => {
  const { api } = post
  const { to, without } = dispatch
  const { content } = message
  const options = { message_thread_id: to.thread, reply_parameters: await replyTo(post, dispatch, content) }
  const asWords =
    content.kind === 'text' || !TRAVELS.has(content.kind) || (without.copy === true && !BY_FILE.has(content.kind))
  const most = asWords ? MOST_TEXT : CAPTIONED.has(content.kind) ? MOST_CAPTION : 0
  const words = await markedRepeated(post, dispatch, {
    words: asWords ? inWords(post, dispatch, content) : wordsOf(content),
    most,
  })
  if (asWords) {
    const { text, entities } = fitText(words, without)
    const plain = { ...options, entities, link_preview_options: { is_disabled: true } }
    const sent = await api.sendMessage(to.chat, text, plain)
    return await inItsTopic(api, to, sent)
  }
  const caption = CAPTIONED.has(content.kind) ? fitCaption(words, without) : null
  const captioned = { ...options, ...(caption ? { caption: caption.text, caption_entities: caption.entities } : {}) }
  if (without.copy) return await sendFile(api, to, { content, options: captioned })
  return (await api.copyMessage(to.chat, message.at.chat, message.at.message, captioned)).message_id
}

const sendGroup = async (post: Post, dispatch: Dispatch, parts: Message[]): Promise<number[]> => {
  const { to, without } = dispatch
  const [first] = parts
  const head = first && (await markedRepeated(post, dispatch, { words: wordsOf(first.content), most: MOST_CAPTION }))
  const media = parts.map(({ content }, n) => {
    const caption = fitCaption(n === 0 && head ? head : wordsOf(content), without)
    const type =
      content.kind === 'photo' || content.kind === 'video' || content.kind === 'audio' ? content.kind : 'document'
    return {
      type,
      media: content.file?.id ?? '',
      ...(caption ? { caption: caption.text, caption_entities: caption.entities } : {}),
    }
  })
  const sent = await post.api.sendMediaGroup(
    to.chat,
    media as (InputMediaPhoto | InputMediaVideo | InputMediaAudio | InputMediaDocument)[] as InputMediaPhoto[],
    {
      message_thread_id: to.thread,
      reply_parameters: first && (await replyTo(post, dispatch, first.content)),
    },
  )
  for (const one of sent) await inItsTopic(post.api, to, one)
  return sent.map((one) => one.message_id)
}

/** What may have arrived before is said to be so: above the words, or before what has no room for them. */
const markedRepeated = async (
  { api, desk }: Post,
  { row, lang, to }: Dispatch,
  { words, most }: { words: Words; most: number },
): Promise<Words> => {
  if (row.repeated === 0) return words
  const mark = rich(desk.texts().t(lang, 'repeat.mark'))
  const whole = above(mark, words)
  if (whole.text.length <= most) return whole
  await api.sendMessage(to.chat, mark.text, { entities: mark.entities, message_thread_id: to.thread })
  return words
}

/** What does not travel as it is, travels as words with its kind named. */
const inWords = ({ desk }: Post, { lang }: Dispatch, content: Content): Words =>
  content.kind === 'text'
    ? wordsOf(content)
    : above(rich(desk.texts().t(lang, `content.${content.kind}`)), { text: textOf(content), entities: [] })

/** The mirrored message of the one that was replied to – if it is in the same chat; a reply never leads anywhere else. */
const replyTo = async (
  { desk }: Post,
  { to, without }: Dispatch,
  content: Content,
): Promise<ReplyParameters | undefined> => {
  if (!content.replyTo || without.reply) return undefined
  const mirrored = await mirror(desk, content.replyTo)
  if (mirrored?.chat !== to.chat) return undefined
  const quote = without.quote ? undefined : content.quote
  return {
    message_id: mirrored.message,
    allow_sending_without_reply: true,
    ...(quote === undefined ? {} : { quote, quote_entities: (content.quoteMarks ?? []).flatMap(entity) }),
  }
}

const mirror = async (desk: Post['desk'], at: Place): Promise<Place | null> =>
  (await messages.byCopy(desk, at))?.at ?? (await messages.copyOf(desk, at))

/** 👌 at the operator's message: delivered. */
const mark = ({ desk }: Post, { follow }: Dispatch, message: Message): void => {
  if (message.author !== 'operator') return
  const { chat, message: id } = message.at
  follow.push(
    forTopic(desk, message.appealId, {
      key: `mark:${chat}:${id}`,
      letter: { type: 'mark', chat, message: id, emoji: '👌' },
    }),
  )
}
