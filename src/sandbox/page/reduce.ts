import type { Chat, Message, SandboxEvent, SandboxState } from './wire.ts'

/** The state after one event. Untouched parts stay the same objects, so a view sees by identity what to draw anew. */
export function reduce(state: SandboxState, event: SandboxEvent): SandboxState {
  switch (event.type) {
    case 'state':
      return event.state
    case 'message':
    case 'edited':
      return withMessages(state, event.chat, (list) => put(list, event.message))
    case 'deleted':
      return withMessages(state, event.chat, (list) => list.filter((one) => one.message_id !== event.message_id))
    case 'reaction':
      return { ...state, reactions: { ...state.reactions, [`${event.chat}:${event.message_id}`]: event.reactions } }
    case 'chat':
      return { ...state, chats: replace(state.chats, withKnownKeyboard(state, event.chat)) }
    case 'person':
      return { ...state, people: replace(state.people, event.person) }
    case 'commands':
      return { ...state, commands: { ...state.commands, [event.key]: event.commands } }
    case 'action':
      return state
  }
}

function withMessages(state: SandboxState, chat: number, change: (list: Message[]) => Message[]): SandboxState {
  return { ...state, messages: { ...state.messages, [chat]: change(state.messages[chat] ?? []) } }
}

function put(list: Message[], message: Message): Message[] {
  const known = list.some((one) => one.message_id === message.message_id)
  if (known) return list.map((one) => (one.message_id === message.message_id ? message : one))
  return [...list, message].sort((a, b) => a.message_id - b.message_id)
}

/** The same buttons stay the same object: a keyboard that was put away stays away until the bot sends another. */
function withKnownKeyboard(state: SandboxState, chat: Chat): Chat {
  const before = state.chats.find((one) => one.id === chat.id)?.keyboard ?? null
  return JSON.stringify(before) === JSON.stringify(chat.keyboard) ? { ...chat, keyboard: before } : chat
}

function replace<T extends { id: number }>(list: T[], one: T): T[] {
  return list.some((other) => other.id === one.id)
    ? list.map((other) => (other.id === one.id ? one : other))
    : [...list, one]
}
