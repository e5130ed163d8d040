import { expect, test } from 'vitest'
import { anna, type Desk, desk, group, petr } from './desk.ts'
import { refuses } from './refuses.ts'

const text = (more: object = {}) => ({ chat_id: anna, text: 'текст', ...more })
const closed = async ({ ok, sandbox }: Desk) => {
  const { message_thread_id } = await ok('createForumTopic', { chat_id: group, name: 'тема' })
  await ok('closeForumTopic', { chat_id: group, message_thread_id })
  return sandbox
}
const topic = ({ ok }: Desk) => ok('createForumTopic', { chat_id: group, name: 'тема' })
const gone = async ({ ok }: Desk) => {
  await ok('createForumTopic', { chat_id: group, name: 'тема' })
  await ok('deleteForumTopic', { chat_id: group, message_thread_id: 2 })
}
const inGroup = (change: object) => (desk: Desk) => desk.sandbox.group({ chat: group, ...change })
const changed = (deed: object) => (desk: Desk) => desk.sandbox.person({ id: anna, ...deed })

refuses([
  ['a chat nobody knows', 'sendMessage', text({ chat_id: 4 }), 'Bad Request: chat not found'],
  ['a chat by name', 'sendMessage', text({ chat_id: '@anna' }), 'Bad Request: chat not found'],
  [
    'a person who never wrote',
    'sendMessage',
    text({ chat_id: 1002 }),
    "Forbidden: bot can't initiate conversation with a user",
  ],
  [
    'a person who blocked the bot',
    'sendMessage',
    text(),
    'Forbidden: bot was blocked by the user',
    changed({ blocked: true }),
  ],
  ['a deleted account', 'sendMessage', text(), 'Forbidden: user is deactivated', changed({ deactivated: true })],
  [
    'a group that threw the bot out',
    'sendMessage',
    text({ chat_id: group }),
    'Forbidden: bot was kicked from the supergroup chat',
    inGroup({ bot: 'kicked' }),
  ],
  [
    'a group the bot has left',
    'sendMessage',
    text({ chat_id: group }),
    'Forbidden: bot is not a member of the supergroup chat',
    inGroup({ bot: 'left' }),
  ],
  [
    'a group where the bot may not write',
    'sendMessage',
    text({ chat_id: group }),
    'Bad Request: not enough rights to send text messages to the chat',
    inGroup({ forbidden: ['text messages'] }),
  ],
  [
    'a group that has moved',
    'sendMessage',
    text({ chat_id: group }),
    'Bad Request: group chat was upgraded to a supergroup chat',
    inGroup({ migrated_to: -1_009 }),
  ],
  [
    'an unknown topic',
    'sendMessage',
    text({ chat_id: group, message_thread_id: 77 }),
    'Bad Request: message thread not found',
  ],
  [
    'General by its number',
    'sendMessage',
    text({ chat_id: group, message_thread_id: 1 }),
    'Bad Request: message thread not found',
  ],
  ['a topic in a private chat', 'sendMessage', text({ message_thread_id: 2 }), 'Bad Request: message thread not found'],
  [
    'a deleted topic',
    'sendMessage',
    text({ chat_id: group, message_thread_id: 2 }),
    'Bad Request: message thread not found',
    gone,
  ],
  [
    'a closed topic',
    'sendMessage',
    text({ chat_id: group, message_thread_id: 2 }),
    'Bad Request: TOPIC_CLOSED',
    closed,
  ],
  [
    'closing a closed topic',
    'closeForumTopic',
    { chat_id: group, message_thread_id: 2 },
    'Bad Request: TOPIC_NOT_MODIFIED',
    closed,
  ],
  [
    'opening an open topic',
    'reopenForumTopic',
    { chat_id: group, message_thread_id: 2 },
    'Bad Request: TOPIC_NOT_MODIFIED',
    topic,
  ],
  [
    'the same name again',
    'editForumTopic',
    { chat_id: group, message_thread_id: 2, name: 'тема' },
    'Bad Request: TOPIC_NOT_MODIFIED',
    topic,
  ],
  ['a topic without a name', 'createForumTopic', { chat_id: group, name: ' ' }, 'Bad Request: name must be non-empty'],
  [
    'a name too long',
    'createForumTopic',
    { chat_id: group, name: 'ж'.repeat(129) },
    'Bad Request: TOPIC_TITLE_INVALID',
  ],
  [
    'a group without topics',
    'createForumTopic',
    { chat_id: group, name: 'a' },
    'Bad Request: the chat is not a forum',
    inGroup({ is_forum: false }),
  ],
  [
    'no right to make topics',
    'createForumTopic',
    { chat_id: group, name: 'a' },
    'Bad Request: not enough rights to create a topic',
    inGroup({ rights: ['can_delete_messages'] }),
  ],
])

test('a moved group says where it went', async () => {
  const { call, sandbox } = await desk()
  sandbox.group({ chat: group, migrated_to: -1_009 })
  expect(await call('sendMessage', { chat_id: group, text: 'a' })).toMatchObject({
    parameters: { migrate_to_chat_id: -1_009 },
  })
  expect(await call('sendMessage', { chat_id: -1_009, text: 'a' })).toMatchObject({ ok: true })
})

test('a wrong token opens nothing', async () => {
  const { url } = await desk()
  const response = await fetch(`${url}/bot1:other/getMe`)
  expect(response.status).toBe(401)
  expect(await response.json()).toEqual({ ok: false, error_code: 401, description: 'Unauthorized' })
})

test('people may not write where they are not', async () => {
  const { post } = await desk()
  const written = (body: object) => post('messages', { text: 'a', ...body })
  expect(await written({ from: anna, chat: group })).toMatchObject({
    description: 'Bad Request: not a member of the group',
  })
  expect(await written({ from: petr, chat: anna })).toMatchObject({
    description: "Bad Request: this is another person's chat",
  })
  expect(await written({ from: petr, chat: group, thread: 5 })).toMatchObject({ ok: false })
})
