import { chatOf, openGroup } from '../chats.ts'
import { type ApiUser, adminRights, type ChatRow } from '../model.ts'
import { saveChat } from '../post.ts'
import { badRequest } from '../refusal.ts'
import type { Params } from '../schema.ts'
import { apiChat, apiUser, botUser, type World } from '../world.ts'

export const getChat = (world: World, params: Params) => {
  const chat = reached(world, params.chat_id)
  return {
    ...apiChat(world, chat),
    accent_color_id: 0,
    max_reaction_count: 11,
    accepted_gift_types: {
      unlimited_gifts: true,
      limited_gifts: true,
      unique_gifts: true,
      premium_subscription: true,
      gifts_from_channels: true,
    },
    ...(chat.type === 'supergroup' ? { permissions: { can_send_messages: true, can_manage_topics: false } } : {}),
    ...(chat.pinned.length > 0 ? { pinned_message: world.messages(chat.id).get(chat.pinned.at(-1) ?? 0) } : {}),
  }
}

export const getChatMember = (world: World, params: Params) => {
  const chat = reached(world, params.chat_id)
  if (params.user_id === world.bot.id) return botMember(world, chat)
  const person = world.people.get(params.user_id as number)
  if (!person) throw badRequest('user not found')
  return memberOf(world, person.id, chat)
}

/** A person's standing in a chat in the Bot API's shape. */
export const memberOf = (world: World, id: number, chat: ChatRow) => {
  const person = world.people.get(id)
  const user = person ? apiUser(person) : { id, is_bot: false, first_name: '' }
  const standing = chat.type === 'private' ? 'member' : (person?.standing ?? 'left')
  return standing === 'administrator' ? admin(user, adminRights) : { status: standing, user }
}

export const botMember = (world: World, chat: ChatRow) => {
  const user = botUser(world)
  if (chat.bot === 'administrator') return admin(user, chat.rights)
  return chat.bot === 'kicked' ? { status: 'kicked', user, until_date: 0 } : { status: chat.bot, user }
}

const admin = (user: ApiUser, rights: string[]) => ({
  status: 'administrator',
  user,
  can_be_edited: false,
  is_anonymous: false,
  can_post_stories: false,
  can_edit_stories: false,
  can_delete_stories: false,
  ...Object.fromEntries(adminRights.map((right) => [right, rights.includes(right)])),
})

export const getChatAdministrators = (world: World, params: Params) => {
  const chat = group(world, params.chat_id)
  const people = world.people.values().filter((person) => person.standing === 'administrator')
  const admins = people.map((person) => memberOf(world, person.id, chat))
  return chat.bot === 'administrator' ? [...admins, botMember(world, chat)] : admins
}

export const getChatMemberCount = (world: World, params: Params): number => {
  const chat = reached(world, params.chat_id)
  if (chat.type === 'private') return 2
  return 1 + world.people.values().filter((person) => person.standing !== 'left').length
}

export const leaveChat = (world: World, params: Params): true => {
  saveChat(world, { ...group(world, params.chat_id), bot: 'left' })
  return true
}

/** Asking about a chat needs no right to write there, only that the bot has met it. */
const reached = (world: World, id: unknown): ChatRow => {
  const chat = chatOf(world, id)
  if (chat.type === 'private' && !chat.started) throw badRequest('chat not found')
  return chat.type === 'supergroup' ? openGroup(world, id) : chat
}

const group = (world: World, id: unknown): ChatRow => {
  const chat = reached(world, id)
  if (chat.type === 'private') throw badRequest('there are no administrators in the private chat')
  return chat
}
