import { messageOf, openChat } from '../chats.ts'
import { type Inline, inlineOf } from '../markup.ts'
import { type ApiMessage, isService, type MediaKind, mediaKinds } from '../model.ts'
import { change } from '../post.ts'
import { badRequest } from '../refusal.ts'
import type { Params } from '../schema.ts'
import type { World } from '../world.ts'
import { type CaptionParams, captionContent } from './caption.ts'
import { type Call, fileOf, mediaContent } from './media.ts'
import { textContent } from './text.ts'

type Edit = { chat_id?: number | string; message_id?: number; reply_markup?: Inline; inline_message_id?: string }

export const editMessageText = (world: World, params: Params) => {
  if (params.text === undefined) throw badRequest('message text is empty')
  const content = textContent(params as { text: string })
  const message = editable(world, params as Edit)
  if (message.text === undefined) throw badRequest('there is no text in the message to edit')
  const { text: _, entities: __, reply_markup: ___, ...rest } = message
  return save(world, message, { ...rest, ...content, ...markupOf(params as Edit) })
}

export const editMessageCaption = (world: World, params: Params) => {
  const content = captionContent(params as CaptionParams)
  const message = editable(world, params as Edit)
  if (!mediaKinds.some((kind) => message[kind])) throw badRequest('there is no caption in the message to edit')
  const { caption: _, caption_entities: __, reply_markup: ___, ...rest } = message
  return save(world, message, { ...rest, ...content, ...markupOf(params as Edit) })
}

/** Another file, and other words with it; in an album only one of the same kind. */
export const editMessageMedia = (world: World, params: Params, { uploads }: Call) => {
  const { type, media, ...said } = params.media as Params & { type: MediaKind; media: string }
  const message = editable(world, params as Edit)
  const before = mediaKinds.find((kind) => message[kind] !== undefined)
  if (!before && message.text === undefined) throw badRequest('there is no media in the message to edit')
  if (message.media_group_id && albumOf(before) !== albumOf(type)) throw badRequest("message can't be edited")
  const file = fileOf(world, { kind: type, reference: media, uploads })
  const kept = Object.entries(message).filter(([field]) => !REPLACED.has(field))
  const content = { ...mediaContent(type, file, said), ...captionContent(said) }
  const after = { ...Object.fromEntries(kept), ...content, ...markupOf(params as Edit) } as ApiMessage
  return save(world, message, after)
}

const REPLACED = new Set<string>([...mediaKinds, 'text', 'entities', 'caption', 'caption_entities', 'reply_markup'])
const albumOf = (kind: MediaKind | undefined) => (kind === 'photo' || kind === 'video' ? 'picture' : kind)

export const editMessageReplyMarkup = (world: World, params: Params) => {
  const message = editable(world, params as Edit)
  const { reply_markup: _, ...rest } = message
  return save(world, message, { ...rest, ...markupOf(params as Edit) })
}

const editable = (world: World, { chat_id, message_id, inline_message_id }: Edit): ApiMessage => {
  if (inline_message_id !== undefined) throw badRequest('MESSAGE_ID_INVALID')
  if (chat_id === undefined) throw badRequest('chat_id is empty')
  if (message_id === undefined) throw badRequest('message identifier is not specified')
  const message = messageOf(world, { chat: openChat(world, chat_id), id: message_id }, 'message to edit not found')
  if (message.from.id !== world.bot.id || isService(message)) throw badRequest("message can't be edited")
  return message
}

const markupOf = ({ reply_markup: markup }: Edit) => {
  const inline = markup ? inlineOf(markup) : undefined
  return inline ? { reply_markup: inline } : {}
}

const save = (world: World, before: ApiMessage, after: ApiMessage): ApiMessage => {
  if (same(before, after)) {
    throw badRequest(
      'message is not modified: specified new message content and reply markup are exactly the same as a current content and reply markup of the message',
    )
  }
  return change(world, { ...after, edit_date: world.seconds() })
}

const same = (one: ApiMessage, other: ApiMessage) => {
  const seen = (message: ApiMessage) => {
    const { text, entities, caption: under, caption_entities, reply_markup } = message
    return JSON.stringify([text, entities, under, caption_entities, reply_markup, fileIn(message)])
  }
  return seen(one) === seen(other)
}

const fileIn = (message: ApiMessage) => mediaKinds.map((kind) => [message[kind]].flat().at(-1)?.file_unique_id)
