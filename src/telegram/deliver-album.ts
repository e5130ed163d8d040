import type { InputMediaAudio, InputMediaDocument, InputMediaPhoto, InputMediaVideo } from 'grammy/types'
import { sentAlone } from '../desk/albums.ts'
import { forTopic, type Letter } from '../desk/letters.ts'
import type { Message } from '../desk/messages.ts'
import * as messages from '../desk/messages.ts'
import type { Copy } from '../mail/outbox.ts'
import type { Dispatch, Post, Sender } from './deliver.ts'
import { goOn, markedRepeated, pieceRow, replyTo, sendPart, wordsInParts } from './deliver-relay.ts'
import { fitCaption, inItsTopic, MOST_CAPTION } from './wire.ts'

/** All parts of an album as one, in their order, each as it says now. */
export const sendAlbum: Sender<Extract<Letter, { type: 'album' }>> = async (post, dispatch) => {
  const whole = await messages.ofAlbum(post.desk, dispatch.letter.chat, dispatch.letter.album)
  const alone = await sentAlone(post.desk, whole)
  const parts = whole.filter((part) => part.state === 'relayed' && !alone.has(part))
  const [first] = parts
  if (!first) return []
  const sent =
    parts.length === 1
      ? [await sendPart(post, dispatch, { message: first, n: 0 })]
      : await sendGroup(post, dispatch, parts)
  return parts.flatMap((part, n): Copy[] => {
    const copy = sent[n]
    return copy == null ? [] : [{ message: part.id, chat: dispatch.to.chat, copy }]
  })
}

type Media = (InputMediaPhoto | InputMediaVideo | InputMediaAudio | InputMediaDocument)[]
const IN_ALBUMS: ReadonlySet<string> = new Set(['photo', 'video', 'audio'])

const sendGroup = async (post: Post, dispatch: Dispatch, parts: Message[]): Promise<number[]> => {
  const { to, without } = dispatch
  const captions = parts.map((part) => wordsInParts(post, dispatch, part))
  const [first] = parts
  const [head] = captions[0] ?? []
  if (head)
    captions[0] = [
      await markedRepeated(post, dispatch, { words: head, most: MOST_CAPTION }),
      ...(captions[0] ?? []).slice(1),
    ]
  const media = parts.map(({ content }, n) => {
    const words = captions[n]?.[0]
    const caption = words ? fitCaption(words, without) : null
    return {
      type: IN_ALBUMS.has(content.kind) ? content.kind : 'document',
      media: content.file?.id ?? '',
      ...(caption ? { caption: caption.text, caption_entities: caption.entities } : {}),
    }
  })
  // One call takes one kind by its type; albums of photos and videos are mixed all the same.
  const sent = await post.api.sendMediaGroup(to.chat, media as Media as InputMediaPhoto[], {
    message_thread_id: to.thread,
    reply_parameters: first && (await replyTo(post, dispatch, first.content)),
  })
  for (const one of sent) await inItsTopic(post.api, to, one)
  for (const [n, message] of parts.entries())
    whatFollows(post, dispatch, { message, index: n, pieces: captions[n]?.length ?? 1 })
  if (first) offerToHide(post, dispatch, first)
  return sent.map(({ message_id }) => message_id)
}

/** An album has no buttons of its own. */
const offerToHide = ({ desk }: Post, { follow }: Dispatch, first: Message): void => {
  if (first.author === 'operator') return
  const letter = { type: 'phrase', phrase: 'secrets.album', buttons: { set: 'hidden', message: first.id } } as const
  follow.push(forTopic(desk, first.appealId, { key: `hidden:${first.id}`, letter }))
}

/** A caption that was too long goes on below the album, of each part in turn. */
const whatFollows = (
  post: Post,
  dispatch: Dispatch,
  { message, index, pieces }: { message: Message; index: number; pieces: number },
): void => {
  if (pieces === 1) {
    goOn(post, dispatch, { message, n: 0, parts: 1 })
    return
  }
  const row = { ...dispatch.row, key: `${dispatch.row.key}:${index}`, place: dispatch.row.place + index * 10 }
  dispatch.follow.push(pieceRow(post, { row, message, n: 1 }))
}
