import { expect, test } from 'vitest'
import { reduce } from '../../../src/sandbox/page/reduce.ts'
import type { Chat, Message, SandboxState } from '../../../src/sandbox/page/wire.ts'

const said = (message_id: number, text: string): Message => ({ message_id, date: 1, chat: { id: 1001 }, text })
const chat: Chat = {
  id: 1001,
  type: 'private',
  title: '',
  is_forum: false,
  topics: [],
  keyboard: { rows: [['Да']], placeholder: null, one_time: false },
  pinned: [],
}
const empty: SandboxState = {
  bot: { id: 7, first_name: 'Окошко', username: 'okoshko_bot' },
  people: [],
  chats: [chat],
  messages: { 1001: [said(1, 'раз'), said(3, 'три')], 1002: [said(2, 'чужое')] },
  reactions: {},
  commands: {},
}
const texts = (state: SandboxState) => state.messages[1001]?.map((message) => message.text)

test('a message takes its place by number, and a repeated one is no second one', () => {
  const once = reduce(empty, { type: 'message', chat: 1001, message: said(2, 'два') })
  const twice = reduce(once, { type: 'message', chat: 1001, message: said(2, 'два') })
  expect(texts(once)).toEqual(['раз', 'два', 'три'])
  expect(texts(twice)).toEqual(['раз', 'два', 'три'])
})

test('the first message of a chat opens it', () => {
  const state = reduce(empty, { type: 'message', chat: 1003, message: said(9, 'первое') })
  expect(state.messages[1003]).toHaveLength(1)
})

test('an edit changes one message, a deletion takes one away, the others stay the same objects', () => {
  const edited = reduce(empty, { type: 'edited', chat: 1001, message: said(3, 'три!') })
  const deleted = reduce(edited, { type: 'deleted', chat: 1001, message_id: 1 })
  expect(texts(deleted)).toEqual(['три!'])
  expect(edited.messages[1001]?.[0]).toBe(empty.messages[1001]?.[0])
  expect(deleted.messages[1002]).toBe(empty.messages[1002])
})

test('a keyboard that is sent again is the same one, another is another', () => {
  const again = reduce(empty, { type: 'chat', chat: structuredClone(chat) })
  const other = reduce(empty, { type: 'chat', chat: { ...chat, keyboard: null } })
  expect(again.chats[0]?.keyboard).toBe(chat.keyboard)
  expect(other.chats[0]?.keyboard).toBeNull()
})

test('reactions, people and commands are replaced as a whole', () => {
  const person = {
    id: 1001,
    role: 'citizen' as const,
    first_name: 'Анна',
    language_code: 'ru',
    blocked: false,
    standing: 'left' as const,
  }
  let state = reduce(empty, { type: 'reaction', chat: 1001, message_id: 1, reactions: { bot: '👌', people: {} } })
  state = reduce(state, { type: 'person', person })
  state = reduce(state, { type: 'person', person: { ...person, blocked: true } })
  state = reduce(state, { type: 'commands', key: '1001:1001', commands: [{ command: 'menu', description: 'Меню' }] })
  expect(state.reactions['1001:1']?.bot).toBe('👌')
  expect(state.people).toEqual([{ ...person, blocked: true }])
  expect(state.commands['1001:1001']).toHaveLength(1)
})
