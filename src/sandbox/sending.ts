import { messageOf, openChat, topicOf } from './chats.ts'
import { type Markup, readMarkup } from './markup.ts'
import type { ApiMessage, ChatRow } from './model.ts'
import { type Content, post, quoted, saveChat } from './post.ts'
import { badRequest } from './refusal.ts'
import { botUser, type World } from './world.ts'

export type SendParams = {
  chat_id: number | string
  message_thread_id?: number
  reply_parameters?: ReplyParameters
  reply_markup?: Markup
  protect_content?: boolean
}
type ReplyParameters = {
  message_id: number
  chat_id?: number | string
  allow_sending_without_reply?: boolean
  quote?: string
}
export type Place = { chat: ChatRow; thread: number | null; content: Content }

/** `what` is the plural that the refusal for missing rights uses. */
export type Sending = { what: string; content: Content }

/** Sends one message of the bot. */
export const send = (world: World, params: SendParams, { what, content }: Sending): ApiMessage => {
  const place = placeOf(world, params, what)
  const shown = readMarkup(params.reply_markup)
  const message = post(world, {
    ...place,
    from: botUser(world),
    content: {
      ...place.content,
      ...content,
      ...(params.protect_content ? { has_protected_content: true as const } : {}),
      ...(shown.inline ? { reply_markup: shown.inline } : {}),
    },
  })
  if (shown.keyboard !== undefined) saveChat(world, { ...place.chat, keyboard: shown.keyboard })
  return message
}

/** Where a message goes and what it answers. @throws {Refusal} */
export const placeOf = (world: World, params: SendParams, what: string): Place => {
  const chat = openChat(world, params.chat_id)
  if (chat.forbidden.includes(what) || chat.forbidden.includes('*')) {
    throw badRequest(`not enough rights to send ${what} to the chat`)
  }
  const answered = answeredBy(world, chat, params.reply_parameters)
  // Without a thread an answer goes where the answered message lies.
  const thread = params.message_thread_id ?? (answered?.is_topic_message ? answered.message_thread_id : undefined)
  if (thread === undefined) return { chat, thread: null, content: replyContent(answered, params.reply_parameters) }
  if (topicOf(world, chat, thread).closed) throw badRequest('TOPIC_CLOSED')
  return { chat, thread, content: replyContent(answered, params.reply_parameters) }
}

const answeredBy = (world: World, chat: ChatRow, reply: ReplyParameters | undefined): ApiMessage | null => {
  if (!reply) return null
  const source = reply.chat_id === undefined ? chat : openChat(world, reply.chat_id)
  if (reply.allow_sending_without_reply && !world.messages(source.id).has(reply.message_id)) return null
  return messageOf(world, { chat: source, id: reply.message_id }, 'message to be replied not found')
}

const replyContent = (answered: ApiMessage | null, reply: ReplyParameters | undefined): Content => {
  if (!answered) return {}
  const content: Content = { reply_to_message: quoted(answered) }
  if (reply?.quote === undefined) return content
  const position = (answered.text ?? answered.caption ?? '').indexOf(reply.quote)
  if (position < 0) throw badRequest('QUOTE_TEXT_INVALID')
  return { ...content, quote: { text: reply.quote, position, is_manual: true } as Content['quote'] & object }
}
