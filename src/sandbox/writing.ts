import type { Upload } from './files.ts'
import { mediaContent } from './methods/media.ts'
import { pollOf } from './methods/small.ts'
import type { ApiMessage, ChatRow, MediaKind, PersonRow } from './model.ts'
import type { Deletion, MessageEdit, NewMessage } from './page/wire.ts'
import { type Content, change, erase, post, quoted, saveChat, tell } from './post.ts'
import { badRequest } from './refusal.ts'
import { typedText } from './text/formatted.ts'
import { apiUser, type World } from './world.ts'

/** `extra` overrides any field of the message: a forward's origin, a channel that speaks, an anonymous admin … */
export type Writing = NewMessage & { files?: Upload[]; extra?: Record<string, unknown> }

/** A person writes; several files make an album of several messages. */
export const write = (world: World, writing: Writing): ApiMessage[] => {
  const { person, chat } = presentIn(world, writing.from, writing.chat)
  const thread = threadOf(world, { chat, person, thread: writing.thread })
  const contents = contentsOf(world, writing)
  const answered = writing.reply_to === undefined ? undefined : world.messages(chat.id).get(writing.reply_to)
  if (writing.reply_to !== undefined && !answered) throw badRequest('message to be replied not found')
  if (chat.type === 'private' && (!chat.started || chat.keyboard?.one_time)) {
    saveChat(world, { ...chat, started: true, keyboard: chat.keyboard?.one_time ? null : chat.keyboard })
  }
  const reply = answered ? { reply_to_message: quoted(answered), ...quoteOf(answered, writing.quote) } : {}
  return contents.map((content) => {
    const whole = { ...reply, ...content, ...writing.extra }
    const message = post(world, { chat, from: apiUser(person), thread, content: whole })
    if (reachesBot(world, chat, message)) tell(world, 'message', message)
    return message
  })
}

/** A part of what is answered, chosen by the person. */
const quoteOf = (answered: ApiMessage, text: string | undefined): Content => {
  if (!text) return {}
  const position = (answered.text ?? answered.caption ?? '').indexOf(text)
  if (position < 0) throw badRequest('QUOTE_TEXT_INVALID')
  return { quote: { text, position, is_manual: true } as Content['quote'] & object }
}

/** A person deletes a message: an own one, in a private chat also the bot's. Nobody tells the bot. */
export const remove = (world: World, { from, chat: id, message_id }: Deletion): void => {
  const { chat } = presentIn(world, from, id)
  const message = world.messages(chat.id).get(message_id)
  if (!message) throw badRequest('message to delete not found')
  if (chat.type !== 'private' && message.from.id !== from) throw badRequest("message can't be deleted")
  erase(world, chat, message_id)
}

/** People change the words of their own messages. */
export const edit = (world: World, { from, chat: id, message_id, text, entities }: MessageEdit): ApiMessage => {
  const { chat } = presentIn(world, from, id)
  const message = world.messages(chat.id).get(message_id)
  if (!message) throw badRequest('message to edit not found')
  if (message.from.id !== from) throw badRequest("message can't be edited")
  const typed = typedText(text, entities)
  const words =
    message.text === undefined
      ? { caption: typed.text, caption_entities: typed.entities }
      : { text: typed.text, entities: typed.entities }
  const edited = change(world, { ...message, ...words, edit_date: world.seconds() })
  if (reachesBot(world, chat, edited)) tell(world, 'edited_message', edited)
  return edited
}

/** A person and a chat that person is in. */
export const presentIn = (world: World, from: number, id: number): { person: PersonRow; chat: ChatRow } => {
  const person = world.people.get(from)
  const chat = world.chats.get(id)
  if (!person) throw badRequest('no such person')
  if (!chat) throw badRequest('chat not found')
  if (chat.type === 'private' && chat.id !== from) throw badRequest("this is another person's chat")
  if (chat.type === 'private' && person.blocked) throw badRequest('the bot is blocked, unblock it first')
  if (chat.type === 'supergroup' && person.standing === 'left') throw badRequest('not a member of the group')
  return { person, chat }
}

/** A bot that is no administrator hears commands and answers to itself only, unless privacy mode is off. */
const reachesBot = (world: World, chat: ChatRow, message: ApiMessage): boolean => {
  if (chat.type === 'private' || chat.bot === 'administrator') return true
  if (chat.bot !== 'member') return false
  const command = message.entities?.some((entity) => entity.type === 'bot_command') ?? false
  const all = world.bot.can_read_all_group_messages ?? false
  return all || command || message.reply_to_message?.from.id === world.bot.id
}

type Threading = { chat: ChatRow; person: PersonRow; thread: number | undefined }

const threadOf = (world: World, { chat, person, thread }: Threading): number | null => {
  if (thread === undefined) return null
  const topic = world.topics(chat.id).get(thread)
  if (!topic || topic.deleted) throw badRequest('message thread not found')
  if (topic.closed && person.standing !== 'administrator') throw badRequest('TOPIC_CLOSED')
  return thread
}

const contentsOf = (world: World, writing: Writing): Content[] => {
  const { text = '', files = [], location, contact, poll, dice } = writing
  if (files.length > 10) throw badRequest('too many messages to send as an album')
  const typed = typedText(text, writing.entities)
  if (files.length > 0) return albumOf(world, writing, typed)
  if (location) return [{ location, ...(writing.venue ? { venue: { ...writing.venue, location } } : {}) }]
  if (contact) return [{ contact }]
  if (poll) {
    const options = poll.options.map((option) => ({ text: option }))
    return [{ poll: pollOf(world, poll.question, options) }]
  }
  if (dice) return [{ dice: { emoji: dice, value: (world.seconds() % 6) + 1 } }]
  if (typed.text === '' && !writing.extra) throw badRequest('message text is empty')
  if ([...typed.text].length > 4096) throw badRequest('message is too long')
  if (typed.text === '') return [{}]
  return [{ text: typed.text, ...(typed.entities.length > 0 ? { entities: typed.entities } : {}) }]
}

const albumOf = (world: World, writing: Writing, typed: { text: string; entities: Content['entities'] & object }) => {
  const files = writing.files ?? []
  const group = files.length > 1 ? { media_group_id: String(world.store.next('album', 13_000_000_000_001)) } : {}
  return files.map((file, index): Content => {
    const words = index === 0 && typed.text !== '' ? typed : null
    const entities = words && words.entities.length > 0 ? { caption_entities: words.entities } : {}
    return { ...group, ...fileContent(world, file, writing.as), ...(words ? { caption: words.text, ...entities } : {}) }
  })
}

const fileContent = (world: World, file: Upload, as: MediaKind | undefined): Content => {
  const kind = as ?? (file.type.startsWith('image/') ? 'photo' : 'document')
  const kept = world.files.keep(kind, file)
  if (kept) return mediaContent(kind, kept)
  if (as !== undefined) throw badRequest('IMAGE_PROCESS_FAILED')
  const whole = world.files.keep('document', file)
  return whole ? mediaContent('document', whole) : {}
}
