import { GrammyError, HttpError } from 'grammy'

/**
 * What Telegram's refusals mean, as one table; the order matters. Sources: texts of tdlib/telegram-bot-api and tdlib/td.
 * `S` send, copy, create: not idempotent. `E` edit, delete, close, react: may be repeated. `G` get.
 */
export type Verb = 'S' | 'E' | 'G'
export type Meaning =
  | { is: 'not-sent' }
  | { is: 'ambiguous' }
  | { is: 'done' }
  | { is: 'silence'; seconds: number }
  | { is: 'moved'; to: number }
  | {
      is:
        | 'topic-lost'
        | 'topic-closed'
        | 'reply-lost'
        | 'quote-lost'
        | 'copy-refused'
        | 'text-refused'
        | 'too-long'
        | 'buttons-refused'
    }
  | { is: 'edit-refused' | 'unreachable' | 'group-away' | 'bot-away' | 'conflict' | 'deleted-after-send' | 'refused' }

type Rule = { code?: number; says: RegExp; means: Exclude<Meaning, { is: 'silence' | 'moved' }>['is'] }

const RULES: Rule[] = [
  { code: 401, says: /./, means: 'bot-away' },
  { code: 404, says: /./, means: 'bot-away' },
  { code: 409, says: /./, means: 'conflict' },
  { says: /message thread not found|topic_deleted|topic_id_invalid/, means: 'topic-lost' },
  { says: /topic_closed/, means: 'topic-closed' },
  { says: /topic_not_modified|message is not modified|query is too old and response timeout expired/, means: 'done' },
  { says: /message to delete not found/, means: 'done' },
  { says: /message to edit not found|message can't be edited|message can't be deleted/, means: 'edit-refused' },
  { says: /message to be replied not found|replied message not found/, means: 'reply-lost' },
  { says: /quote_text_invalid/, means: 'quote-lost' },
  { says: /message to copy not found|can't be copied|can't copy message|has protected content/, means: 'copy-refused' },
  {
    says: /\bentit(y|ies)\b|entity_\w+_invalid|invalid unicode|encoded in utf-8/,
    means: 'text-refused',
  },
  { says: /message is too long|caption is too long|message text is empty|text must be non-empty/, means: 'too-long' },
  { says: /button_\w+_invalid|reply markup is too long|inline keyboard button/, means: 'buttons-refused' },
  { says: /failed to send message #\d+|group send failed/, means: 'ambiguous' },
  {
    says: /bot was blocked by the user|user is deactivated|can't initiate conversation|can't send messages to the bot/,
    means: 'unreachable',
  },
  { says: /bot was kicked|bot is not a member|group chat was deleted/, means: 'group-away' },
  { says: /not enough rights|have no write access|chat_write_forbidden|the chat is not a forum/, means: 'group-away' },
  { says: /chat not found/, means: 'unreachable' },
]

/** The one failure of a server whose outcome is known. */
const DELETED = /sent message was immediately deleted/

/** Raised before the request was written: certainly not sent. */
const BEFORE_THE_WIRE = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'UND_ERR_CONNECT_TIMEOUT',
  'EHOSTUNREACH',
  'ENETUNREACH',
])

/** Sent, but not where it was sent to; the copy was taken away again. */
export class Misplaced extends Error {}

/** A desk group that was set aside cannot be worked in yet. */
export class StillAway extends Error {}

export const meaning = (error: unknown, verb: Verb): Meaning => {
  if (error instanceof Misplaced) return { is: 'topic-lost' }
  if (error instanceof StillAway) return { is: 'group-away' }
  if (error instanceof GrammyError) return ofAnswer(error, verb)
  if (error instanceof HttpError) {
    const code = (error.error as { code?: string } | undefined)?.code ?? ''
    return BEFORE_THE_WIRE.has(code) ? { is: 'not-sent' } : unclear(verb)
  }
  throw error
}

const ofAnswer = ({ error_code: code, description, parameters }: GrammyError, verb: Verb): Meaning => {
  if (code === 429) return { is: 'silence', seconds: parameters.retry_after ?? 1 }
  if (parameters.migrate_to_chat_id !== undefined) return { is: 'moved', to: parameters.migrate_to_chat_id }
  const says = description.toLowerCase()
  if (code >= 500) return DELETED.test(says) ? { is: 'deleted-after-send' } : unclear(verb)
  const rule = RULES.find((one) => (one.code === undefined || one.code === code) && one.says.test(says))
  if (!rule) return { is: 'refused' }
  return rule.means === 'ambiguous' ? unclear(verb) : { is: rule.means }
}

/** Nobody knows whether it was done: only what is idempotent is simply repeated. */
const unclear = (verb: Verb): Meaning => (verb === 'S' ? { is: 'ambiguous' } : { is: 'not-sent' })
