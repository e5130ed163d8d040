import { anna, type Desk, group } from './desk.ts'
import { refuses } from './refuses.ts'

const text = (more: object = {}) => ({ chat_id: anna, text: 'текст', ...more })
const topic = ({ ok }: Desk) => ok('createForumTopic', { chat_id: group, name: 'тема' })
const inGroup = (change: object) => (desk: Desk) => desk.sandbox.group({ chat: group, ...change })
const sent = ({ ok }: Desk) => ok('sendMessage', text())
const notModified =
  'Bad Request: message is not modified: specified new message content and reply markup are exactly the same as a current content and reply markup of the message'

refuses([
  [
    'an answer to nothing',
    'sendMessage',
    text({ reply_parameters: { message_id: 99 } }),
    'Bad Request: message to be replied not found',
  ],
  [
    'a quote that is none',
    'sendMessage',
    text({ reply_parameters: { message_id: 1, quote: 'нет' } }),
    'Bad Request: QUOTE_TEXT_INVALID',
  ],
  ['an edit of nothing', 'editMessageText', text({ message_id: 99 }), 'Bad Request: message to edit not found'],
  ["an edit of a person's words", 'editMessageText', text({ message_id: 1 }), "Bad Request: message can't be edited"],
  ['an edit that changes nothing', 'editMessageText', text({ message_id: 2 }), notModified, sent],
  [
    'a caption where there is none',
    'editMessageCaption',
    { chat_id: anna, message_id: 2, caption: 'a' },
    'Bad Request: there is no caption in the message to edit',
    sent,
  ],
  [
    'a caption too long',
    'sendPhoto',
    { chat_id: anna, photo: 'x', caption: 'a'.repeat(1025) },
    'Bad Request: message caption is too long',
  ],
  [
    'an unknown file',
    'sendPhoto',
    { chat_id: anna, photo: 'x' },
    'Bad Request: wrong file identifier/HTTP URL specified',
  ],
  [
    'a file on the net',
    'sendPhoto',
    { chat_id: anna, photo: 'https://a.ru/b' },
    'Bad Request: failed to get HTTP URL content',
  ],
  ['deleting nothing', 'deleteMessage', { chat_id: anna, message_id: 99 }, 'Bad Request: message to delete not found'],
  [
    'deleting a birth',
    'deleteMessage',
    { chat_id: group, message_id: 2 },
    "Bad Request: message can't be deleted",
    topic,
  ],
  [
    'copying nothing',
    'copyMessage',
    { chat_id: anna, from_chat_id: anna, message_id: 99 },
    'Bad Request: message to copy not found',
  ],
  [
    'copying a service message',
    'copyMessage',
    { chat_id: anna, from_chat_id: group, message_id: 2 },
    "Bad Request: message can't be copied",
    topic,
  ],
  [
    'pinning without the right',
    'pinChatMessage',
    { chat_id: group, message_id: 2 },
    'Bad Request: not enough rights to manage pinned messages in the chat',
    inGroup({ rights: [] }),
  ],
  [
    'two reactions',
    'setMessageReaction',
    { chat_id: anna, message_id: 1, reaction: ['👌', '👍'].map((emoji) => ({ type: 'emoji', emoji })) },
    'Bad Request: REACTIONS_TOO_MANY',
  ],
  [
    'an emoji that is no reaction',
    'setMessageReaction',
    { chat_id: anna, message_id: 1, reaction: [{ type: 'emoji', emoji: '✅' }] },
    'Bad Request: REACTION_INVALID',
  ],
  [
    'an answer to an old press',
    'answerCallbackQuery',
    { callback_query_id: '5' },
    'Bad Request: query is too old and response timeout expired or query ID is invalid',
  ],
  [
    'an album of one',
    'sendMediaGroup',
    { chat_id: anna, media: [{ type: 'photo', media: 'x' }] },
    'Bad Request: too few messages to send as an album',
  ],
  [
    'an album of unlike things',
    'sendMediaGroup',
    { chat_id: anna, media: ['photo', 'document'].map((type) => ({ type, media: 'x' })) },
    "Bad Request: Document can't be mixed with other media types",
  ],
  [
    'an album with a wrong field',
    'sendMediaGroup',
    { chat_id: anna, media: ['photo', 'video'].map((type) => ({ type, media: 'x', duration: 1 })) },
    'Bad Request: unknown parameter "media[0].duration" of InputMediaPhoto',
  ],
  [
    'an album of eleven',
    'sendMediaGroup',
    { chat_id: anna, media: Array.from({ length: 11 }, () => ({ type: 'photo', media: 'x' })) },
    'Bad Request: too many messages to send as an album',
  ],
])
