import { commandsFor } from './commands.ts'
import type { ChatRow } from './model.ts'
import type { Chat, Command, Message, Person, SandboxState } from './page/wire.ts'
import type { World } from './world.ts'

/** Everything the page shows. Of each chat the newest messages, so that a long history does not slow it down. */
export const stateOf = (world: World, newest = 1000): SandboxState => {
  const chats = world.chats.values()
  const messages: Record<string, Message[]> = {}
  for (const chat of chats) messages[chat.id] = world.messages(chat.id).values().slice(-newest)
  return {
    bot: world.bot,
    people: world.people.values().map(personState),
    chats: chats.map((chat) => chatState(world, chat)),
    messages,
    reactions: Object.fromEntries(world.reactions.entries()),
    commands: allCommands(world),
  }
}

export const personState = ({ deactivated: _, ...person }: Person & { deactivated?: boolean }): Person => person

export const chatState = (world: World, chat: ChatRow): Chat => ({
  id: chat.id,
  type: chat.type,
  title: chat.title,
  is_forum: chat.is_forum,
  topics: world
    .topics(chat.id)
    .values()
    .map(({ thread_id, name, closed, deleted }) => ({ thread_id, name, closed, deleted })),
  keyboard: chat.keyboard,
  pinned: chat.pinned,
})

/** The "/" menus: each person's own chat, and the groups of those who are in them. */
export const allCommands = (world: World): Record<string, Command[]> => {
  const menus: Record<string, Command[]> = {}
  const groups = world.chats.values().filter((chat) => chat.type === 'supergroup')
  for (const person of world.people.values()) {
    const own = world.chats.get(person.id)
    for (const chat of [own, ...(person.standing === 'left' ? [] : groups)]) {
      if (chat) menus[`${person.id}:${chat.id}`] = commandsFor(world, person, chat)
    }
  }
  return menus
}
