import { anna } from './desk.ts'
import { refuses } from './refuses.ts'

const text = (more: object = {}) => ({ chat_id: anna, text: 'текст', ...more })
const buttons = (...row: object[]) => text({ reply_markup: { inline_keyboard: [row] } })

refuses([
  ['an empty text', 'sendMessage', text({ text: '' }), 'Bad Request: message text is empty'],
  ['a text of spaces', 'sendMessage', text({ text: ' \n ' }), 'Bad Request: text must be non-empty'],
  ['a text nobody sees', 'sendMessage', text({ text: '\u200b\u2800' }), 'Bad Request: text must be non-empty'],
  ['a text too long', 'sendMessage', text({ text: 'ж'.repeat(4097) }), 'Bad Request: message is too long'],
  ['half a character', 'sendMessage', text({ text: 'a\ud83d' }), 'Bad Request: strings must be encoded in UTF-8'],
  [
    'an entity past the end',
    'sendMessage',
    text({ text: 'abc', entities: [{ type: 'bold', offset: 1, length: 5 }] }),
    'Bad Request: entity beginning at UTF-16 offset 1 ends after the end of the text at UTF-16 offset 3',
  ],
  [
    'an entity inside a character',
    'sendMessage',
    text({ text: '😀', entities: [{ type: 'bold', offset: 0, length: 1 }] }),
    'Bad Request: entity beginning at UTF-16 offset 0 ends in a middle of a UTF-16 symbol',
  ],
  ['an unknown parse mode', 'sendMessage', text({ parse_mode: 'rtf' }), 'Bad Request: unsupported parse_mode'],
  [
    'an unknown tag',
    'sendMessage',
    text({ text: 'раз <div>', parse_mode: 'HTML' }),
    'Bad Request: can\'t parse entities: Unsupported start tag "div" at byte offset 7',
  ],
  [
    'data over 64 bytes',
    'sendMessage',
    buttons({ text: 'a', callback_data: 'ж'.repeat(33) }),
    'Bad Request: BUTTON_DATA_INVALID',
  ],
  ['empty data', 'sendMessage', buttons({ text: 'a', callback_data: '' }), 'Bad Request: BUTTON_DATA_INVALID'],
  [
    'a button without a deed',
    'sendMessage',
    buttons({ text: 'a' }),
    "Bad Request: can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard",
  ],
  [
    'a button to nowhere',
    'sendMessage',
    buttons({ text: 'a', url: 'http://localhost/' }),
    "Bad Request: inline keyboard button URL 'http://localhost/' is invalid: Wrong HTTP URL",
  ],
  [
    'too much to copy',
    'sendMessage',
    buttons({ text: 'a', copy_text: { text: 'a'.repeat(257) } }),
    'Bad Request: BUTTON_COPY_TEXT_INVALID',
  ],
  [
    'too many buttons',
    'sendMessage',
    buttons(...Array.from({ length: 101 }, () => ({ text: 'a', callback_data: 'b' }))),
    'Bad Request: reply markup is too long',
  ],
])
