import type { ApiMessage, ChatRow, TopicRow } from './model.ts'
import { badRequest, forbidden } from './refusal.ts'
import type { World } from './world.ts'

/** The chat a call names. @throws {Refusal} when there is none */
export const chatOf = (world: World, id: unknown): ChatRow => {
  const number = typeof id === 'string' && /^-?\d+$/.test(id) ? Number(id) : id
  if (number === world.bot.id) throw forbidden("the bot can't send messages to the bot")
  const chat = typeof number === 'number' ? world.chats.get(number) : undefined
  if (!chat) throw badRequest('chat not found')
  if (chat.migrated_to !== undefined) {
    const parameters = { migrate_to_chat_id: chat.migrated_to }
    throw badRequest('group chat was upgraded to a supergroup chat', parameters)
  }
  return chat
}

/** A chat the bot can act in. @throws {Refusal} when it is blocked, kicked out or was never written to */
export const openChat = (world: World, id: unknown): ChatRow => {
  const chat = chatOf(world, id)
  if (chat.type === 'private') {
    const person = world.people.get(chat.id)
    if (person?.deactivated) throw forbidden('user is deactivated')
    if (person?.blocked) throw forbidden('bot was blocked by the user')
    if (!chat.started) throw forbidden("bot can't initiate conversation with a user")
  }
  if (chat.bot === 'kicked') throw forbidden('bot was kicked from the supergroup chat')
  if (chat.bot === 'left') throw forbidden('bot is not a member of the supergroup chat')
  return chat
}

export const openGroup = (world: World, id: unknown): ChatRow => {
  const chat = openChat(world, id)
  if (chat.type !== 'supergroup') throw badRequest('the method is available for supergroup chats only')
  return chat
}

/** In a private chat a bot may do what its method allows; in a group it needs the right. */
export const mayIn = (chat: ChatRow, right: string): boolean =>
  chat.type === 'private' || (chat.bot === 'administrator' && chat.rights.includes(right))

/** A topic that exists. General has no topic of its own: its number 1 is refused as Telegram does. */
export const topicOf = (world: World, chat: ChatRow, thread: number): TopicRow => {
  const topic = chat.is_forum ? world.topics(chat.id).get(thread) : undefined
  if (!topic || topic.deleted) throw badRequest('message thread not found')
  return topic
}

export const messageOf = (world: World, at: { chat: ChatRow; id: unknown }, absent: string): ApiMessage => {
  const message = world.messages(at.chat.id).get(at.id as number)
  if (!message) throw badRequest(absent)
  return message
}
