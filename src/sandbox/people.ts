import { botMember, memberOf } from './methods/chat.ts'
import type { ChatRow, PersonRow } from './model.ts'
import type { NewPerson, PersonDeed } from './page/wire.ts'
import { postService, saveChat } from './post.ts'
import { badRequest } from './refusal.ts'
import { allCommands, chatState, personState } from './state.ts'
import { addGroup, addPerson, apiChat, apiUser, type World } from './world.ts'

/** `deactivated` is an account that has been deleted. */
export type StandingDeed = PersonDeed & { deactivated?: boolean }
/** What happens to the bot's place in a group: its standing and rights, the forum switched off, the group moved. */
export type GroupDeed = {
  chat: number
  from?: number
  bot?: ChatRow['bot']
  rights?: string[]
  forbidden?: string[]
  is_forum?: boolean
  title?: string
  migrated_to?: number
}

/** A new citizen has written to nobody yet; a new operator joins the groups. */
export const newPerson = (world: World, person: NewPerson): PersonRow => {
  const operator = person.role === 'operator'
  const id = world.store.next(`person:${person.role}`, operator ? 5004 : 1004)
  if (person.first_name.trim() === '') throw badRequest('first name must be non-empty')
  const row = addPerson(world, { ...person, id, blocked: false, standing: 'left' })
  const chat = world.chats.get(id)
  world.emit({ type: 'person', person: personState(row) })
  if (chat) world.emit({ type: 'chat', chat: chatState(world, chat) })
  if (operator) setStanding(world, row, 'member')
  showCommands(world, id)
  return world.people.get(id) ?? row
}

export const changePerson = (world: World, deed: StandingDeed): PersonRow => {
  const person = world.people.get(deed.id)
  if (!person) throw badRequest('no such person')
  if (deed.language_code !== undefined) savePerson(world, { ...person, language_code: deed.language_code })
  if (deed.deactivated !== undefined) savePerson(world, { ...current(world, person), deactivated: deed.deactivated })
  if (deed.blocked !== undefined && deed.blocked !== person.blocked)
    setBlocked(world, current(world, person), deed.blocked)
  if (deed.standing !== undefined && deed.standing !== person.standing) {
    setStanding(world, current(world, person), deed.standing)
  }
  showCommands(world, person.id)
  return current(world, person)
}

const current = (world: World, person: PersonRow) => world.people.get(person.id) ?? person

const savePerson = (world: World, person: PersonRow): void => {
  world.people.put(person.id, person)
  world.emit({ type: 'person', person: personState(person) })
}

const setBlocked = (world: World, person: PersonRow, blocked: boolean): void => {
  savePerson(world, { ...person, blocked })
  const chat = world.chats.get(person.id)
  if (!chat?.started) return
  const member = (gone: boolean) => ({ ...botMember(world, { ...chat, bot: gone ? 'kicked' : 'member' }) })
  tellOwnStanding(world, { chat, person, before: member(!blocked), after: member(blocked) })
}

type Change = { chat: ChatRow; person: PersonRow; before: object; after: object }

const tellOwnStanding = (world: World, { chat, person, before, after }: Change): void => {
  world.updates.add('my_chat_member', changeBody(world, { chat, person, before, after }), `my_chat_member:${chat.id}`)
}

const changeBody = (world: World, { chat, person, before, after }: Change) => ({
  chat: apiChat(world, chat),
  from: apiUser(person),
  date: world.seconds(),
  old_chat_member: before,
  new_chat_member: after,
})

/** Groups announce who comes and goes; an administrator bot that asked for it also gets chat_member. */
const setStanding = (world: World, person: PersonRow, standing: PersonRow['standing']): void => {
  const groups = world.chats.values().filter((chat) => chat.type === 'supergroup')
  const before = groups.map((chat) => memberOf(world, person.id, chat))
  savePerson(world, { ...person, standing })
  for (const [index, chat] of groups.entries()) {
    const user = apiUser(person)
    if (standing === 'left') postService(world, { chat, thread: null, content: { left_chat_member: user }, from: user })
    else if (person.standing === 'left') {
      postService(world, { chat, thread: null, content: { new_chat_members: [user] }, from: user })
    }
    if (chat.bot !== 'administrator') continue
    const after = memberOf(world, person.id, chat)
    const body = changeBody(world, { chat, person, before: before[index] ?? after, after })
    world.updates.add('chat_member', body, `chat_member:${person.id}`)
  }
}

export const changeGroup = (world: World, deed: GroupDeed): void => {
  const { chat: id, from, ...changes } = deed
  const chat = world.chats.get(id)
  if (chat?.type !== 'supergroup') throw badRequest('chat not found')
  const given = Object.fromEntries(Object.entries(changes).filter(([, value]) => value !== undefined))
  const after: ChatRow = { ...chat, ...given }
  saveChat(world, after)
  if (deed.migrated_to !== undefined && !world.chats.has(deed.migrated_to)) {
    addGroup(world, { id: deed.migrated_to, title: chat.title, is_forum: chat.is_forum })
  }
  const person = world.people.get(from ?? 5001)
  const [old, now] = [botMember(world, chat), botMember(world, after)]
  if (person && JSON.stringify(old) !== JSON.stringify(now)) {
    tellOwnStanding(world, { chat: after, person, before: old, after: now })
  }
}

const showCommands = (world: World, person: number): void => {
  for (const [key, commands] of Object.entries(allCommands(world))) {
    if (key.startsWith(`${person}:`)) world.emit({ type: 'commands', key, commands })
  }
}
