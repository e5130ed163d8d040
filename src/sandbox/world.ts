import { setMaxListeners } from 'node:events'
import { createFiles, type Files } from './files.ts'
import {
  type ApiChat,
  type ApiMessage,
  type ApiUser,
  adminRights,
  type ChatRow,
  type PersonRow,
  type TopicRow,
} from './model.ts'
import type { Reactions, SandboxEvent } from './page/wire.ts'
import { openStore, type Store, type Table } from './store.ts'
import { createUpdates, type Updates } from './updates.ts'
import { createWebhook, type Webhook } from './webhook.ts'

export type Bot = { id: number; first_name: string; username: string; can_read_all_group_messages?: boolean }
export type Query = {
  from: number
  at: number
  answered(answer: { text?: string; show_alert?: boolean; url?: string }): void
}

/** Everything that exists behind the wire. */
export type World = {
  bot: Bot
  store: Store
  now(): number
  seconds(): number
  people: Table<PersonRow>
  chats: Table<ChatRow>
  reactions: Table<Reactions[string]>
  settings: Table<unknown>
  topics(chat: number): Table<TopicRow>
  messages(chat: number): Table<ApiMessage>
  files: Files
  updates: Updates
  webhook: Webhook
  /** Presses that wait for the bot's answer. */
  queries: Map<string, Query>
  emit(event: SandboxEvent): void
  /** Ends what would otherwise keep a connection open. */
  closing: AbortController
  /** Whether anybody looks; what is costly to show need not be made otherwise. */
  watched(): boolean
  subscribe(listener: (event: SandboxEvent) => void): () => void
}

export const deskGroup = -1_002_000_000_001

export type WorldOptions = {
  dir?: string
  bot?: Bot
  clock?: () => number
  /** How long a second of the webhook's waiting is, in seconds. */
  webhookSecond?: number
}

export const createWorld = (options: WorldOptions): World => {
  const store = openStore(options.dir)
  const now = options.clock ?? Date.now
  const updates = createUpdates(store, now)
  const listeners = new Set<(event: SandboxEvent) => void>()
  const world: World = {
    bot: options.bot ?? { id: 7_000_000_001, first_name: 'Окошко', username: 'okoshko_sandbox_bot' },
    store,
    now,
    seconds: () => Math.floor(now() / 1000),
    people: store.table('people'),
    chats: store.table('chats'),
    reactions: store.table('reactions'),
    settings: store.table('settings'),
    topics: (chat) => store.table(`topics:${chat}`),
    messages: (chat) => store.table(`messages:${chat}`),
    files: createFiles(store, options.dir),
    updates,
    webhook: createWebhook({ store, updates, now, second: (options.webhookSecond ?? 1) * 1000 }),
    queries: new Map(),
    closing: new AbortController(),
    emit: (event) => {
      for (const listener of listeners) listener(event)
    },
    watched: () => listeners.size > 0,
    subscribe: (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  }
  // Every open stream and hung call listens to it; that is no leak.
  setMaxListeners(0, world.closing.signal)
  if (world.chats.size() === 0) settle(world)
  return world
}

/** The world on the first day: a desk group with three operators, and three citizens who have not written yet. */
const settle = (world: World): void => {
  world.chats.put(deskGroup, {
    ...emptyChat,
    id: deskGroup,
    type: 'supergroup',
    title: 'Окошко: операторы',
    is_forum: true,
    bot: 'administrator',
    rights: adminRights,
  })
  const person = { blocked: false, standing: 'left', language_code: 'ru' } as const
  const operator = { ...person, role: 'operator', standing: 'member' } as const
  addPerson(world, { ...operator, id: 5001, first_name: 'Ольга', username: 'olga_desk', standing: 'administrator' })
  addPerson(world, { ...operator, id: 5002, first_name: 'Пётр' })
  addPerson(world, { ...operator, id: 5003, first_name: 'Марина', username: 'marina_desk' })
  addPerson(world, { ...person, role: 'citizen', id: 1001, first_name: 'Анна', username: 'anna' })
  addPerson(world, { ...person, role: 'citizen', id: 1002, first_name: 'John', language_code: 'en' })
  addPerson(world, { ...person, role: 'citizen', id: 1003, first_name: 'Николай', last_name: 'Петрович' })
}

const emptyChat = {
  is_forum: false,
  started: false,
  bot: 'member' as const,
  rights: [],
  forbidden: [],
  keyboard: null,
  pinned: [],
}

/** A person comes with a private chat in which nobody has written. */
export const addPerson = (world: World, person: PersonRow): PersonRow => {
  world.people.put(person.id, person)
  world.chats.put(person.id, { ...emptyChat, id: person.id, type: 'private', title: fullName(person) })
  return person
}

export type NewGroup = { id: number; title: string; is_forum: boolean }

export const addGroup = (world: World, group: NewGroup): ChatRow => {
  const row: ChatRow = { ...emptyChat, ...group, type: 'supergroup', bot: 'administrator', rights: adminRights }
  world.chats.put(group.id, row)
  return row
}

export const fullName = (person: { first_name: string; last_name?: string }) =>
  [person.first_name, person.last_name].filter(Boolean).join(' ')

export const botUser = ({ bot }: World): ApiUser => ({
  id: bot.id,
  is_bot: true,
  first_name: bot.first_name,
  username: bot.username,
})

export const apiUser = (person: PersonRow): ApiUser => ({
  id: person.id,
  is_bot: person.is_bot ?? false,
  first_name: person.first_name,
  ...(person.last_name ? { last_name: person.last_name } : {}),
  ...(person.username ? { username: person.username } : {}),
  language_code: person.language_code,
})

export const apiChat = (world: World, chat: ChatRow): ApiChat => {
  if (chat.type === 'supergroup') {
    return { id: chat.id, type: chat.type, title: chat.title, ...(chat.is_forum ? { is_forum: true as const } : {}) }
  }
  const person = world.people.get(chat.id)
  return {
    id: chat.id,
    type: chat.type,
    first_name: person?.first_name ?? chat.title,
    ...(person?.last_name ? { last_name: person.last_name } : {}),
    ...(person?.username ? { username: person.username } : {}),
  }
}
