import { InputFile } from 'grammy'
import type { ReplyParameters } from 'grammy/types'
import { type Content, TRAVELS, textOf } from '../desk/content.ts'
import * as copies from '../desk/copies.ts'
import { DESK_LANG } from '../desk/desk.ts'
import { forTopic, type Letter } from '../desk/letters.ts'
import type { Message } from '../desk/messages.ts'
import * as messages from '../desk/messages.ts'
import { hiddenIn } from '../desk/secrets/hidden.ts'
import { mask } from '../desk/secrets/mask.ts'
import type { Known } from '../desk/talk.ts'
import type { Outgoing } from '../mail/outbox.ts'
import type { Dispatch, Post, Sender } from './deliver.ts'
import { asShown, hiddenMarkup } from './hidden.ts'
import { partsOf } from './parts.ts'
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

/**
 * One message to the other side, as it says now: text from the store, a medium as a copy. The place is the lane's, never the
 * reply's. What is too long for one message goes on in the next row of the lane.
 */
export const sendRelay: Of<'relay'> = async (post, dispatch) => {
  const message = await asItIsNow(post, dispatch)
  // Withdrawn while it waited.
  if (message?.state !== 'relayed') return []
  const copy = await sendPart(post, dispatch, { message, n: dispatch.letter.part ?? 0 })
  return copy === null ? [] : [{ message: message.id, chat: dispatch.to.chat, copy }]
}

const asItIsNow = async ({ desk }: Post, { row, letter }: Dispatch<Extract<Letter, { type: 'relay' }>>) => {
  const known = (row.known as Known | undefined)?.message
  if (known) return known
  return await messages.newestOf(desk, letter.message)
}

/** A message alone, or one of the pieces a long one is sent in. */
export const sendPart = async (
  post: Post,
  dispatch: Dispatch,
  { message, n }: { message: Message; n: number },
): Promise<number | null> => {
  const parts = wordsInParts(post, dispatch, message)
  const words = parts[n]
  if (!words) return null
  const copy = n === 0 ? await sendContent(post, dispatch, { message, words }) : await sendWords(post, dispatch, words)
  goOn(post, dispatch, { message, n, parts: parts.length })
  return copy
}

/** What comes after piece `n`: the next one, just behind it in its lane, or the mark that all is delivered. */
export const goOn = (
  post: Post,
  { row, follow }: Dispatch,
  { message, n, parts }: { message: Message; n: number; parts: number },
): void => {
  if (n + 1 < parts) follow.push(pieceRow(post, { row, message, n: n + 1 }))
  else mark(post, { row, follow }, message)
}

export const pieceRow = (
  { desk }: Post,
  { row, message, n }: { row: Dispatch['row']; message: Message; n: number },
): Outgoing => ({
  key: `${row.key.replace(/:piece\d+$/, '')}:piece${n}`,
  lane: row.lane,
  kind: 'send',
  payload: desk.keys.own({ type: 'relay', message: message.id, part: n } satisfies Letter),
  priority: row.priority as Outgoing['priority'],
  place: row.place + 1,
})

/** What a message says, in as many pieces as it takes; the first stands beside its file, if it has one. */
export const wordsInParts = (post: Post, dispatch: Dispatch, { content, author }: Message): Words[] => {
  if (inWordsOnly(content, dispatch))
    return partsOf(asShown({ author }, inWords(post, dispatch, { content, author })), MOST_TEXT)
  const words = asShown({ author }, wordsOf(content))
  return CAPTIONED.has(content.kind) ? partsOf(words, MOST_CAPTION, MOST_TEXT) : [words]
}

const inWordsOnly = ({ kind }: Content, { without }: Dispatch): boolean =>
  kind === 'text' || !TRAVELS.has(kind) || (without.copy === true && !BY_FILE.has(kind))

type Piece = { message: Message; words: Words }

const sendContent = async (post: Post, dispatch: Dispatch, { message, words: own }: Piece): Promise<number> => {
  const { api } = post
  const { to, without } = dispatch
  const { content } = message
  const options = {
    message_thread_id: to.thread,
    reply_parameters: await replyTo(post, dispatch, content),
    ...(without.buttons ? {} : hiddenMarkup(post.desk, message)),
  }
  const asWords = inWordsOnly(content, dispatch)
  const most = asWords ? MOST_TEXT : CAPTIONED.has(content.kind) ? MOST_CAPTION : 0
  const words = await markedRepeated(post, dispatch, { words: own, most })
  if (asWords) {
    const { text, entities } = fitText(words, without)
    const plain = { ...options, entities, link_preview_options: { is_disabled: true } }
    return await inItsTopic(api, to, await api.sendMessage(to.chat, text, plain))
  }
  const caption = CAPTIONED.has(content.kind) ? fitCaption(words, without) : null
  const captioned = { ...options, ...(caption ? { caption: caption.text, caption_entities: caption.entities } : {}) }
  // A file of ours was never a message: it is handed over itself.
  if (content.file?.own) return await sendOwn(post, to, { own: content.file.own, options: captioned })
  if (without.copy) return await sendFile(api, to, { content, options: captioned })
  return (await api.copyMessage(to.chat, message.at.chat, message.at.message, captioned)).message_id
}

const sendOwn = async (
  { api, desk }: Post,
  to: Dispatch['to'],
  { own, options }: { own: string; options: object },
): Promise<number> => {
  const file = new InputFile(desk.texts().filePath(own))
  return await inItsTopic(api, to, await api.sendDocument(to.chat, file, options))
}

/** A further piece of a long message. */
const sendWords = async (post: Post, dispatch: Dispatch, words: Words): Promise<number> => {
  const { to, without } = dispatch
  const whole = await markedRepeated(post, dispatch, { words, most: MOST_TEXT })
  const { text, entities } = fitText(whole, without)
  const options = { entities, message_thread_id: to.thread, link_preview_options: { is_disabled: true } }
  return await inItsTopic(post.api, to, await post.api.sendMessage(to.chat, text, options))
}

/** What may have arrived before is said to be so: above the words, or before what has no room for them. */
export const markedRepeated = async (
  { api, desk }: Post,
  { row, lang, to }: Dispatch,
  { words, most }: { words: Words; most: number },
): Promise<Words> => {
  if (row.repeated === 0) return words
  const repeat = rich(desk.texts().t(lang, 'repeat.mark'))
  const whole = above(repeat, words)
  if (whole.text.length <= most) return whole
  await api.sendMessage(to.chat, repeat.text, { entities: repeat.entities, message_thread_id: to.thread })
  return words
}

/** What does not travel as it is, travels as words with its kind named. */
const inWords = (
  { desk }: Post,
  { lang }: Dispatch,
  { content, author }: Pick<Message, 'content' | 'author'>,
): Words => {
  if (content.kind === 'text') return wordsOf(content)
  const texts = desk.texts()
  const head = rich(texts.t(lang, `content.${content.kind}`))
  if (content.kind === 'other')
    return above(head, { text: texts.t(lang, `what.${content.detail ?? 'unknown'}`), entities: [] })
  // The whole number stays in the store; it is nobody's business who only looks on.
  const shown = content.kind === 'contact' && author === 'citizen' && lang === DESK_LANG ? hidden : textOf
  return above(head, { text: shown(content), entities: [] })
}

const hidden = (content: Content): string =>
  textOf(content).replace(/\+?\d[\d\s()-]*$/, (phone) => mask(phone, 'phone'))

/** The mirrored message of the one that was replied to – if it is in the same chat; a reply never leads anywhere else. */
export const replyTo = async (
  { desk }: Post,
  { to, without }: Dispatch,
  content: Content,
): Promise<ReplyParameters | undefined> => {
  if (!content.replyTo || without.reply) return undefined
  const mirrored = await copies.mirror(desk, content.replyTo)
  if (mirrored?.chat !== to.chat) return undefined
  // A quote must be the very words that stand there: what is masked there is not quoted.
  const { quote, quoteAt, quoteMarks = [] } = without.quote || hiddenIn(content.quote ?? '').length > 0 ? {} : content
  return {
    message_id: mirrored.message,
    allow_sending_without_reply: true,
    ...(quote === undefined
      ? {}
      : {
          quote,
          quote_entities: quoteMarks.flatMap(entity),
          ...(quoteAt === undefined ? {} : { quote_position: quoteAt }),
        }),
  }
}

/** 👌 at the operator's message: delivered. */
const mark = ({ desk }: Post, { row, follow }: Pick<Dispatch, 'row' | 'follow'>, message: Message): void => {
  if (message.author !== 'operator') return
  const { chat, message: id } = message.at
  const letter = { type: 'mark', chat, message: id, emoji: '👌' } as const
  const talk = (row.known as Known | undefined)?.talk
  follow.push({
    ...forTopic(desk, message.appealId, { key: `mark:${chat}:${id}`, letter }),
    // Right behind the answer it is where the answer came from.
    ...(talk?.topic?.chatId === chat ? { known: { talk }, chat } : {}),
  })
}
