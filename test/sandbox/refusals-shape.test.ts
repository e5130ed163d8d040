import { anna, group } from './desk.ts'
import { refuses } from './refuses.ts'

const text = (more: object = {}) => ({ chat_id: anna, text: 'текст', ...more })
const buttons = (...row: object[]) => text({ reply_markup: { inline_keyboard: [row] } })

refuses([
  ['a method nobody knows', 'sendPigeon', {}, 'Not Found: method not found'],
  ['a method that is not served', 'banChatMember', { chat_id: group, user_id: 1 }, 'Not Found: method not found'],
  ['an unknown parameter', 'sendMessage', text({ txet: 1 }), 'Bad Request: unknown parameter "txet" of sendMessage'],
  ['a missing chat', 'sendMessage', { text: 'a' }, 'Bad Request: chat_id is empty'],
  ['a missing text', 'sendMessage', { chat_id: anna }, 'Bad Request: message text is empty'],
  ['a missing parameter', 'getFile', {}, 'Bad Request: parameter "file_id" of getFile is required'],
  [
    'a number as text',
    'deleteMessage',
    { chat_id: anna, message_id: '1' },
    'Bad Request: parameter "message_id": Integer expected',
  ],
  [
    'an unknown field deep inside',
    'sendMessage',
    buttons({ text: 'a', callback: 'b' }),
    'Bad Request: unknown parameter "reply_markup.inline_keyboard[0][0].callback" of InlineKeyboardButton',
  ],
  [
    'a wrong type deep inside',
    'sendMessage',
    text({ entities: [{ type: 'bold', offset: 0, length: '2' }] }),
    'Bad Request: parameter "entities[0].length": Integer expected',
  ],
  [
    'a wrong kind of reaction',
    'setMessageReaction',
    { chat_id: anna, message_id: 1, reaction: [{ type: 'smile', emoji: '👌' }] },
    'Bad Request: parameter "reaction[0].type": must be emoji',
  ],
  [
    'a command nobody can type',
    'setMyCommands',
    { commands: [{ command: 'Старт', description: 'a' }] },
    'Bad Request: BOT_COMMAND_INVALID',
  ],
  [
    'an unknown action',
    'sendChatAction',
    { chat_id: anna, action: 'dancing' },
    'Bad Request: wrong parameter action in request',
  ],
  [
    'a webhook in the clear',
    'setWebhook',
    { url: 'http://example.org/' },
    'Bad Request: bad webhook: An HTTPS URL must be provided for webhook',
  ],
  [
    'a secret with spaces',
    'setWebhook',
    { url: 'https://example.org/', secret_token: 'a b' },
    'Bad Request: secret token contains unallowed characters',
  ],
  ['a person nobody knows', 'getChatMember', { chat_id: group, user_id: 9 }, 'Bad Request: user not found'],
  [
    'a file nobody kept',
    'getFile',
    { file_id: 'x' },
    'Bad Request: wrong file_id or the file is temporarily unavailable',
  ],
])
