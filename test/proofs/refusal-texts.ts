import type { Fault } from '../../src/sandbox/faults.ts'

export type Class =
  | 'not-sent'
  | 'unclear'
  | 'flood'
  | 'bot-away'
  | 'conflict'
  | 'moved'
  | 'topic-lost'
  | 'topic-closed'
  | 'done'
  | 'left-out'
  | 'group-away'
  | 'unreachable'
  | 'refused'
export type Case = { is: Class; says: string; answer: Fault['answer'] }

const of = (is: Class, error_code: number, prefix: string, texts: string[]): Case[] =>
  texts.map((text) => ({ is, says: text, answer: { error_code, description: `${prefix}${text}` } }))
const bad = (is: Class, ...texts: string[]) => of(is, 400, 'Bad Request: ', texts)
const no = (is: Class, ...texts: string[]) => of(is, 403, 'Forbidden: ', texts)
const broken = (is: Class, ...texts: string[]) => of(is, 500, 'Internal Server Error: ', texts)

/** Every text that Telegram's servers are known to refuse with, and every way in which an answer does not come. */
export const CASES: Case[] = [
  { is: 'unclear', says: 'a cut line', answer: 'reset' },
  { is: 'unclear', says: 'a page of a proxy', answer: 'html502' },
  ...broken('unclear', 'restart', 'something else'),
  ...of('unclear', 502, '', ['Bad Gateway']),
  ...bad('unclear', 'failed to send message #2 with the error message "wrong file identifier"', 'group send failed'),
  {
    is: 'flood',
    says: 'retry after 10072',
    answer: {
      error_code: 429,
      description: 'Too Many Requests: retry after 10072',
      parameters: { retry_after: 10_072 },
    },
  },
  {
    is: 'moved',
    says: 'group chat was upgraded',
    answer: {
      error_code: 400,
      description: 'Bad Request: group chat was upgraded to a supergroup chat',
      parameters: { migrate_to_chat_id: -1_002_000_000_009 },
    },
  },
  ...of('bot-away', 401, '', ['Unauthorized', 'Unauthorized: invalid token specified']),
  ...of('bot-away', 404, '', ['Not Found', 'Not Found: method not found']),
  ...of('conflict', 409, 'Conflict: ', ['terminated by other getUpdates request']),
  ...bad('topic-lost', 'message thread not found', 'TOPIC_DELETED', 'TOPIC_ID_INVALID'),
  ...bad('topic-closed', 'TOPIC_CLOSED'),
  ...bad(
    'done',
    'TOPIC_NOT_MODIFIED',
    'message is not modified: specified new message content and reply markup are exactly the same',
    'query is too old and response timeout expired or query ID is invalid',
    'message to delete not found',
  ),
  ...bad(
    'left-out',
    'message to edit not found',
    "message can't be edited",
    "message can't be deleted",
    'message to be replied not found',
    'QUOTE_TEXT_INVALID',
    'message to copy not found',
    "the message can't be copied",
    "can't copy message",
    "message has protected content and can't be forwarded",
    'can\'t parse entities: Unsupported start tag "x" at byte offset 3',
    'entity beginning at UTF-16 offset 5 ends after the end of the text at UTF-16 offset 9',
    'ENTITY_BOUNDS_INVALID',
    'text contains invalid Unicode characters after decoding HTML entities, check for unmatched surrogate code units',
    'strings must be encoded in UTF-8',
    'message is too long',
    'message caption is too long',
    'message text is empty',
    'text must be non-empty',
    'BUTTON_DATA_INVALID',
    'reply markup is too long',
    'inline keyboard button URL "x" is invalid: Wrong HTTP URL',
  ),
  ...bad(
    'group-away',
    'not enough rights to send text messages to the chat',
    'not enough rights to create a topic',
    'have no write access to the chat',
    'CHAT_WRITE_FORBIDDEN',
    'the chat is not a forum',
  ),
  ...no(
    'group-away',
    'bot was kicked from the supergroup chat',
    'bot is not a member of the supergroup chat',
    'the group chat was deleted',
  ),
  ...bad('unreachable', 'chat not found', 'private chat not found'),
  ...no(
    'unreachable',
    "bot can't initiate conversation with a user",
    'bot was blocked by the user',
    'user is deactivated',
    "the bot can't send messages to the bot",
  ),
  ...broken('refused', "sent message was immediately deleted and can't be returned"),
  ...bad('refused', 'VOICE_MESSAGES_FORBIDDEN'),
  ...no('refused', 'something nobody has seen before'),
]
