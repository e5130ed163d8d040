import { reactionEmoji } from '../bot-api.ts'
import { mayIn, messageOf, openChat } from '../chats.ts'
import { type ApiMessage, type ChatRow, isService } from '../model.ts'
import { erase, postService, quoted, saveChat } from '../post.ts'
import { badRequest } from '../refusal.ts'
import type { Params } from '../schema.ts'
import type { World } from '../world.ts'

type One = { chat_id: number; message_id: number }

export const deleteMessage = (world: World, params: Params): true => {
  const { chat_id, message_id } = params as One
  const chat = openChat(world, chat_id)
  const message = messageOf(world, { chat, id: message_id }, 'message to delete not found')
  checkDeletable(world, chat, message)
  erase(world, chat, message_id)
  return true
}

/** What is not there is passed over, as Telegram does. */
export const deleteMessages = (world: World, params: Params): true => {
  const { chat_id, message_ids } = params as { chat_id: number; message_ids: number[] }
  if (message_ids.length < 1) throw badRequest('message identifiers are not specified')
  if (message_ids.length > 100) throw badRequest('too many message identifiers specified')
  const chat = openChat(world, chat_id)
  const found = message_ids.flatMap((id) => world.messages(chat.id).get(id) ?? [])
  for (const message of found) checkDeletable(world, chat, message)
  for (const message of found) erase(world, world.chats.get(chat.id) ?? chat, message.message_id)
  return true
}

const checkDeletable = (world: World, chat: ChatRow, message: ApiMessage): void => {
  if (message.forum_topic_created) throw badRequest("message can't be deleted")
  const mine = message.from.id === world.bot.id
  if (chat.type === 'supergroup' && !mine && !mayIn(chat, 'can_delete_messages')) {
    throw badRequest("message can't be deleted")
  }
  if (world.seconds() - message.date >= 48 * 3600) throw badRequest("message can't be deleted for everyone")
}

export const pinChatMessage = (world: World, params: Params): true => {
  const { chat_id, message_id } = params as One
  const chat = pinnable(world, chat_id)
  const message = messageOf(world, { chat, id: message_id }, 'message to pin not found')
  if (isService(message)) throw badRequest("message can't be pinned")
  if (chat.pinned.includes(message_id)) return true
  saveChat(world, { ...chat, pinned: [...chat.pinned, message_id] })
  const thread = message.is_topic_message ? (message.message_thread_id ?? null) : null
  postService(world, { chat, thread, content: { pinned_message: quoted(message) } })
  return true
}

export const unpinChatMessage = (world: World, params: Params): true => {
  const { chat_id, message_id } = params as { chat_id: number; message_id?: number }
  const chat = pinnable(world, chat_id)
  const gone = message_id ?? chat.pinned.at(-1)
  if (gone === undefined || !chat.pinned.includes(gone)) throw badRequest('message to unpin not found')
  saveChat(world, { ...chat, pinned: chat.pinned.filter((one) => one !== gone) })
  return true
}

const pinnable = (world: World, id: unknown): ChatRow => {
  const chat = openChat(world, id)
  if (!mayIn(chat, 'can_pin_messages')) throw badRequest('not enough rights to manage pinned messages in the chat')
  return chat
}

/** A bot has one reaction on a message; a new one takes the place of the old. Bots' reactions make no updates. */
export const setMessageReaction = (world: World, params: Params): true => {
  const { chat_id, message_id, reaction = [] } = params as One & { reaction?: { type: string; emoji?: string }[] }
  const chat = openChat(world, chat_id)
  const message = messageOf(world, { chat, id: message_id }, 'message to react not found')
  if (isService(message)) throw badRequest("message can't be reacted")
  if (reaction.length > 1) throw badRequest('REACTIONS_TOO_MANY')
  const emoji = reaction[0]?.emoji
  if (reaction.length > 0 && (reaction[0]?.type !== 'emoji' || !reactionEmoji.has(emoji ?? ''))) {
    throw badRequest('REACTION_INVALID')
  }
  const key = `${chat.id}:${message_id}`
  const people = world.reactions.get(key)?.people ?? {}
  const reactions = emoji === undefined ? { people } : { bot: emoji, people }
  world.reactions.put(key, reactions)
  world.emit({ type: 'reaction', chat: chat.id, message_id, reactions })
  return true
}

export const answerCallbackQuery = (world: World, params: Params): true => {
  const { callback_query_id, text, show_alert, url } = params as {
    callback_query_id: string
    text?: string
    show_alert?: boolean
    url?: string
  }
  const query = world.queries.get(callback_query_id)
  if (!query || world.now() - query.at > 150_000) {
    world.queries.delete(callback_query_id)
    throw badRequest('query is too old and response timeout expired or query ID is invalid')
  }
  if ((text?.length ?? 0) > 200) throw badRequest('MESSAGE_TOO_LONG')
  if (url !== undefined && !/^(https?:\/\/)?t\.me\//.test(url) && !url.startsWith('tg:'))
    throw badRequest('URL_INVALID')
  world.queries.delete(callback_query_id)
  query.answered({ ...(text ? { text } : {}), ...(show_alert ? { show_alert } : {}), ...(url ? { url } : {}) })
  return true
}
