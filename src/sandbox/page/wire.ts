/**
 * What the sandbox's page and its server say to each other, outside the Bot API. Messages keep the Bot API's own shape.
 * GET /sandbox/state gives a {@link SandboxState}, GET /sandbox/events a stream of {@link SandboxEvent} (one JSON object
 * per unnamed event), GET /sandbox/files/<file_id> the bytes of a file with its type. The rest are POSTs with JSON, below.
 */

export type Person = {
  id: number
  role: 'citizen' | 'operator'
  first_name: string
  last_name?: string
  username?: string
  language_code: string
  /** A citizen who has blocked the bot; an operator's standing in the desk group. */
  blocked: boolean
  standing: 'member' | 'administrator' | 'left'
}

export type Topic = { thread_id: number; name: string; closed: boolean; deleted: boolean }

export type Chat = {
  id: number
  type: 'private' | 'supergroup'
  title: string
  is_forum: boolean
  topics: Topic[]
  /** The reply keyboard that the bot last sent into a private chat, if it is still shown. */
  keyboard: ReplyKeyboard | null
  pinned: number[]
}

export type ReplyKeyboard = { rows: string[][]; placeholder: string | null; one_time: boolean; persistent?: boolean }

export type Entity = { type: string; offset: number; length: number; url?: string; language?: string }

export type InlineButton = {
  text: string
  callback_data?: string
  url?: string
  copy_text?: { text: string }
  style?: string
}

export type FileRef = {
  file_id: string
  file_unique_id: string
  file_name?: string
  mime_type?: string
  file_size?: number
  width?: number
  height?: number
  duration?: number
  title?: string
  performer?: string
}

/** The fields of a Bot API message that the page draws; the server may send more. */
export type Message = {
  message_id: number
  date: number
  edit_date?: number
  chat: { id: number }
  from?: { id: number; is_bot: boolean; first_name: string }
  message_thread_id?: number
  is_topic_message?: boolean
  text?: string
  caption?: string
  entities?: Entity[]
  caption_entities?: Entity[]
  reply_to_message?: Message
  quote?: { text: string }
  reply_markup?: { inline_keyboard: InlineButton[][] }
  media_group_id?: string
  photo?: FileRef[]
  document?: FileRef
  voice?: FileRef
  video?: FileRef
  video_note?: FileRef
  audio?: FileRef
  animation?: FileRef
  sticker?: FileRef & { emoji?: string }
  location?: { latitude: number; longitude: number }
  venue?: { location: { latitude: number; longitude: number }; title: string; address: string }
  contact?: { phone_number: string; first_name: string }
  poll?: { question: string; options: { text: string }[] }
  dice?: { emoji: string; value: number }
  forum_topic_created?: { name: string }
  forum_topic_edited?: { name?: string }
  forum_topic_closed?: object
  forum_topic_reopened?: object
  pinned_message?: Message
  new_chat_members?: { id: number; first_name: string }[]
  left_chat_member?: { id: number; first_name: string }
}

/** Emoji per reacting side of one message. */
export type Reactions = Record<string, { bot?: string; people: Record<string, string> }>

export type Command = { command: string; description: string }

export type SandboxState = {
  bot: { id: number; first_name: string; username: string }
  people: Person[]
  chats: Chat[]
  /** By chat id; oldest first. */
  messages: Record<string, Message[]>
  /** By `<chat id>:<message id>`. */
  reactions: Reactions
  /** What the "/" menu shows, by person id and chat id: `<person>:<chat>`. */
  commands: Record<string, Command[]>
}

/** One server-sent event; `state` replaces everything. */
export type SandboxEvent =
  | { type: 'message'; chat: number; message: Message }
  | { type: 'edited'; chat: number; message: Message }
  | { type: 'deleted'; chat: number; message_id: number }
  | { type: 'reaction'; chat: number; message_id: number; reactions: Reactions[string] }
  | { type: 'chat'; chat: Chat }
  | { type: 'person'; person: Person }
  | { type: 'commands'; key: string; commands: Command[] }
  | { type: 'action'; chat: number; thread_id: number | null; action: string }
  | { type: 'state'; state: SandboxState }

/** POST /sandbox/people */
export type NewPerson = {
  role: Person['role']
  first_name: string
  last_name?: string
  username?: string
  language_code: string
}

/**
 * POST /sandbox/messages, JSON or multipart (`json` holds this, every `file` part one attachment; several of them make an album).
 * `thread` is a topic of the desk group; without it a group message goes to General.
 */
export type NewMessage = {
  from: number
  chat: number
  thread?: number
  text?: string
  entities?: Entity[]
  reply_to?: number
  /** The words of the answered message that are quoted. */
  quote?: string
  /** How the attached files travel; `photo` by default for images, `document` otherwise. */
  as?: 'photo' | 'document' | 'voice' | 'video' | 'video_note' | 'audio' | 'animation' | 'sticker'
  location?: { latitude: number; longitude: number }
  /** The name and address of the place at `location`. */
  venue?: { title: string; address: string }
  contact?: { phone_number: string; first_name: string; user_id?: number }
  poll?: { question: string; options: string[] }
  dice?: string
}

/** POST /sandbox/edit */
export type MessageEdit = { from: number; chat: number; message_id: number; text: string; entities?: Entity[] }

/** POST /sandbox/delete: a person deletes an own message, in a private chat any; the bot is told nothing, as out there. */
export type Deletion = { from: number; chat: number; message_id: number }

/** POST /sandbox/press; the answer is a {@link PressAnswer}, given when the bot has answered or after 10 s. */
export type Press = { from: number; chat: number; message_id: number; data: string }
export type PressAnswer = { answered: boolean; text?: string; show_alert?: boolean; url?: string }

/** POST /sandbox/react; `emoji` null takes the reaction back. */
export type React = { from: number; chat: number; message_id: number; emoji: string | null }

/** POST /sandbox/topic: what an admin of the group does by hand. */
export type TopicDeed = { from: number; chat: number; thread: number; deed: 'close' | 'reopen' | 'delete' }

/** POST /sandbox/person: block or unblock the bot (a citizen), join, leave or be made administrator (an operator), speak another language. */
export type PersonDeed = { id: number; blocked?: boolean; standing?: Person['standing']; language_code?: string }

/** Every POST answers `{ ok: true, … }` or, with status 400, `{ ok: false, description }`. */
export type Refusal = { ok: false; description: string }
