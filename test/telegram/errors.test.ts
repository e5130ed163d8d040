import fc from 'fast-check'
import { GrammyError, HttpError } from 'grammy'
import { expect, test } from 'vitest'
import { type Meaning, meaning, type Verb } from '../../src/telegram/errors.ts'

const VERBS: Verb[] = ['S', 'E', 'G']
type Is = Meaning['is']
type Answer = { code: number; says: string; parameters?: { retry_after?: number; migrate_to_chat_id?: number } }

const answered = ({ code, says, parameters }: Answer): GrammyError =>
  new GrammyError('a call failed', { ok: false, error_code: code, description: says, parameters }, 'sendMessage', {})
const broken = (code: string | undefined): HttpError =>
  new HttpError('network', Object.assign(new Error('network'), code === undefined ? {} : { code }))

const bad = (text: string): Answer => ({ code: 400, says: `Bad Request: ${text}` })
const no = (text: string): Answer => ({ code: 403, says: `Forbidden: ${text}` })

/** The same for every verb. */
const ALWAYS: [Is, Answer][] = [
  ['bot-away', { code: 401, says: 'Unauthorized' }],
  ['bot-away', { code: 401, says: 'Unauthorized: invalid token specified' }],
  ['bot-away', { code: 404, says: 'Not Found' }],
  ['bot-away', { code: 404, says: 'Not Found: method not found' }],
  [
    'conflict',
    {
      code: 409,
      says: 'Conflict: terminated by other getUpdates request; make sure that only one bot instance is running',
    },
  ],
  ['topic-lost', bad('message thread not found')],
  ['topic-lost', bad('TOPIC_DELETED')],
  ['topic-lost', bad('TOPIC_ID_INVALID')],
  ['topic-closed', bad('TOPIC_CLOSED')],
  ['done', bad('TOPIC_NOT_MODIFIED')],
  [
    'done',
    bad(
      'message is not modified: specified new message content and reply markup are exactly the same as a current content and reply markup of the message',
    ),
  ],
  ['done', bad('query is too old and response timeout expired or query ID is invalid')],
  ['done', bad('message to delete not found')],
  ['edit-refused', bad('message to edit not found')],
  ['edit-refused', bad("message can't be edited")],
  ['edit-refused', bad("message can't be deleted")],
  ['reply-lost', bad('message to be replied not found')],
  ['quote-lost', bad('QUOTE_TEXT_INVALID')],
  ['copy-refused', bad('message to copy not found')],
  ['copy-refused', bad("the message can't be copied")],
  ['copy-refused', bad("can't copy message")],
  ['copy-refused', bad("message has protected content and can't be forwarded")],
  ['text-refused', bad('can\'t parse entities: Unsupported start tag "x" at byte offset 3')],
  ['text-refused', bad('entity beginning at UTF-16 offset 5 ends after the end of the text at UTF-16 offset 9')],
  ['text-refused', bad('entities are nested in a wrong way')],
  ['text-refused', bad('ENTITY_BOUNDS_INVALID')],
  [
    'text-refused',
    bad(
      'text contains invalid Unicode characters after decoding HTML entities, check for unmatched surrogate code units',
    ),
  ],
  ['text-refused', bad('strings must be encoded in UTF-8')],
  ['too-long', bad('message is too long')],
  ['too-long', bad('message caption is too long')],
  ['too-long', bad('message text is empty')],
  ['too-long', bad('text must be non-empty')],
  ['buttons-refused', bad('BUTTON_DATA_INVALID')],
  ['buttons-refused', bad('BUTTON_URL_INVALID')],
  ['buttons-refused', bad('reply markup is too long')],
  ['buttons-refused', bad('inline keyboard button URL "x" is invalid: Wrong HTTP URL')],
  ['group-away', bad('not enough rights to create a topic')],
  ['group-away', bad('not enough rights to send text messages to the chat')],
  ['group-away', bad('have no write access to the chat')],
  ['group-away', bad('CHAT_WRITE_FORBIDDEN')],
  ['group-away', bad('the chat is not a forum')],
  ['unreachable', bad('chat not found')],
  ['unreachable', bad('private chat not found')],
  ['unreachable', no("bot can't initiate conversation with a user")],
  ['unreachable', no('bot was blocked by the user')],
  ['unreachable', no('user is deactivated')],
  ['unreachable', no("the bot can't send messages to the bot")],
  ['group-away', no('bot was kicked from the supergroup chat')],
  ['group-away', no('bot is not a member of the supergroup chat')],
  ['group-away', no('the group chat was deleted')],
  [
    'deleted-after-send',
    { code: 500, says: "Internal Server Error: sent message was immediately deleted and can't be returned" },
  ],
  ['refused', bad('VOICE_MESSAGES_FORBIDDEN')],
  ['refused', no('something nobody has seen before')],
]

test.each(ALWAYS)('%s, whatever was asked for: %o', (is, answer) => {
  for (const verb of VERBS) expect({ verb, ...meaning(answered(answer), verb) }).toMatchObject({ verb, is })
})

/** What is idempotent is simply repeated; a sending may have arrived. */
const UNCLEAR: [string, Error][] = [
  ['a restart of the server', answered({ code: 500, says: 'Internal Server Error: restart' })],
  ['another failure of the server', answered({ code: 502, says: 'Bad Gateway' })],
  ['part of an album', answered(bad('failed to send message #2 with the error message "wrong file identifier"'))],
  ['an album as a whole', answered(bad('group send failed'))],
  [
    'a failure in the words of a refusal',
    answered({ code: 500, says: 'Internal Server Error: message is not modified' }),
  ],
  ['an answer that never came', broken('ETIMEDOUT')],
  ['a line that was cut', broken('ECONNRESET')],
  ['a page of a proxy in place of an answer', broken(undefined)],
]

test.each(UNCLEAR)('%s: a sending is ambiguous, the rest is done again', (_, error) => {
  expect(VERBS.map((verb) => meaning(error, verb).is)).toEqual(['ambiguous', 'not-sent', 'not-sent'])
})

test.each(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'UND_ERR_CONNECT_TIMEOUT'])('%s: nothing was sent', (code) => {
  expect(VERBS.map((verb) => meaning(broken(code), verb).is)).toEqual(['not-sent', 'not-sent', 'not-sent'])
})

test('429 names the seconds of silence', () => {
  const error = answered({
    code: 429,
    says: 'Too Many Requests: retry after 10072',
    parameters: { retry_after: 10_072 },
  })
  for (const verb of VERBS) expect(meaning(error, verb)).toEqual({ is: 'silence', seconds: 10_072 })
  expect(meaning(answered({ code: 429, says: 'Too Many Requests' }), 'S')).toEqual({ is: 'silence', seconds: 1 })
})

test('a group that moved names its new id', () => {
  const error = answered({
    ...bad('group chat was upgraded to a supergroup chat'),
    parameters: { migrate_to_chat_id: -1_002_000_000_009 },
  })
  for (const verb of VERBS) expect(meaning(error, verb)).toEqual({ is: 'moved', to: -1_002_000_000_009 })
})

test('any text nobody knows: no throw, and never taken for delivered', () => {
  const code = fc.oneof(fc.constantFrom(400, 403, 413, 418, 500, 502, 503), fc.integer({ min: 300, max: 599 }))
  const unknown = fc.record({ code, says: fc.oneof(fc.string({ unit: 'binary', maxLength: 200 }), fc.lorem()) })
  const known = /not modified|topic_not_modified|query is too old|message to delete not found/i
  fc.assert(
    fc.property(unknown, fc.constantFrom(...VERBS), (answer, verb) => {
      const { is } = meaning(answered(answer), verb)
      if (!known.test(answer.says)) expect(is).not.toBe('done')
      if (verb === 'S' && answer.code >= 500) expect(is).toBe('ambiguous')
    }),
    { numRuns: 2_000 },
  )
})

test('what is no answer of Telegram is a fault of ours and is not swallowed', () => {
  expect(() => meaning(new TypeError('ours'), 'S')).toThrow('ours')
})
