import type { ApiMessage, ApiUser, ChatRow } from './model.ts'
import { chatState } from './state.ts'
import { apiChat, botUser, type World } from './world.ts'

export type Content = Omit<Partial<ApiMessage>, 'message_id' | 'date' | 'chat' | 'from'>
/** `opens` is a topic's first message: the topic is named after it. */
export type Post = { chat: ChatRow; from: ApiUser; thread: number | null; content: Content; opens?: boolean }

/** Writes a message into a chat. One counter numbers each supergroup, another one all private chats together. */
export const post = (world: World, { chat, from, thread: given, content, opens }: Post): ApiMessage => {
  // A group's message 1 is its own birth, and the number of its General topic.
  const id = chat.type === 'private' ? world.store.next('messages', 1) : world.store.next(`messages:${chat.id}`, 2)
  const thread = opens ? id : given
  const message: ApiMessage = {
    message_id: id,
    from,
    chat: apiChat(world, chat),
    date: world.seconds(),
    ...(thread === null ? {} : { message_thread_id: thread, is_topic_message: true }),
    ...content,
  }
  world.messages(chat.id).put(message.message_id, message)
  world.emit({ type: 'message', chat: chat.id, message })
  return message
}

/** A line of the messenger itself. The bot is told even of those it has caused. */
export const postService = (world: World, said: Omit<Post, 'from'> & { from?: ApiUser }): ApiMessage => {
  const message = post(world, { ...said, from: said.from ?? botUser(world) })
  if (said.chat.bot === 'administrator' || said.chat.bot === 'member') tell(world, 'message', message)
  return message
}

/** Hands a message to the bot. Telegram keeps one queue for each chat's messages and their edits. */
export const tell = (world: World, kind: 'message' | 'edited_message', message: ApiMessage): void => {
  world.updates.add(kind, asSeenByBot(world, message), `chat:${message.chat.id}`)
}

/**
 * Two traps of real forums, for the bot only: a message in a topic that answers nothing "replies" to the topic's birth, and
 * an answer in General carries a thread number that is no topic.
 */
const asSeenByBot = (world: World, message: ApiMessage): ApiMessage => {
  if (message.is_topic_message && !message.reply_to_message && !message.forum_topic_created) {
    const birth = world.messages(message.chat.id).get(message.message_thread_id ?? 0)
    return birth ? { ...message, reply_to_message: birth } : message
  }
  const general = message.chat.is_forum && !message.is_topic_message
  if (general && message.reply_to_message) return { ...message, message_thread_id: message.reply_to_message.message_id }
  return message
}

/** Stores a changed message and shows it. */
export const change = (world: World, message: ApiMessage): ApiMessage => {
  world.messages(message.chat.id).put(message.message_id, message)
  world.emit({ type: 'edited', chat: message.chat.id, message })
  return message
}

export const erase = (world: World, chat: ChatRow, id: number): void => {
  world.messages(chat.id).drop(id)
  world.reactions.drop(`${chat.id}:${id}`)
  if (chat.pinned.includes(id)) saveChat(world, { ...chat, pinned: chat.pinned.filter((one) => one !== id) })
  world.emit({ type: 'deleted', chat: chat.id, message_id: id })
}

export const saveChat = (world: World, chat: ChatRow): void => {
  world.chats.put(chat.id, chat)
  if (world.watched()) world.emit({ type: 'chat', chat: chatState(world, chat) })
}

/** What an answer carries of the message it answers: that message without its own chain. */
export const quoted = ({ reply_to_message: _, ...message }: ApiMessage): ApiMessage => message
