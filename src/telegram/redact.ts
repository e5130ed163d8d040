import type { Update } from 'grammy/types'
import { type MarkOf, redactWithMarks } from '../desk/secrets/redact-text.ts'
import type { SecretType } from '../desk/secrets/span.ts'

/** An update as it is stored; `removed` says what was taken out of what its author wrote. */
export type Redacted = Update & { removed?: SecretType[] }

/**
 * Stands before storage: codes, passwords and cards that somebody writes to the bot or at the desk are taken out here, in
 * memory, and entities move along. A pure function; what it finds nothing in, it passes as it is.
 */
export const redact = (update: Update): Redacted => {
  const key = update.message ? 'message' : update.edited_message ? 'edited_message' : null
  const message = key === null ? undefined : update[key]
  if (key === null || !message) return redactOther(update)
  const found = new Set<SecretType>()
  const silent = new Set<SecretType>()
  const whole = Object.fromEntries(
    Object.entries(message).map(([name, value]) => [name, walked(value, SILENT.has(name) ? silent : found, name)]),
  )
  const said = withTexts(whole, message, found)
  if (found.size === 0 && silent.size === 0) return update
  return { ...update, [key]: said, ...(found.size > 0 ? { removed: [...found] } : {}) } as Redacted
}

/** A press shows whole the message our own replies to; and everybody comes along with a name. */
function redactOther(update: Update): Redacted {
  const silent = new Set<SecretType>()
  const { callback_query: query, ...others } = update
  const named = walked(others, silent, '') as Update
  const pressed = query && {
    ...query,
    from: walked(query.from, silent, 'from'),
    ...(query.message ? { message: quietly(query.message, silent) } : {}),
  }
  return silent.size === 0 ? update : ({ ...named, ...(pressed ? { callback_query: pressed } : {}) } as Redacted)
}

/** Of a message of ours only what is somebody else's is looked at. */
function quietly(message: object, found: Set<SecretType>): object {
  return Object.fromEntries(
    Object.entries(message).map(([name, value]) => [name, SILENT.has(name) ? walked(value, found, name) : value]),
  )
}

/** Every string but the names for things: texts with their entities, file names, contacts, polls, quotes, buttons. */
function walked(value: unknown, found: Set<SecretType>, name: string): unknown {
  if (KEPT.has(name)) return value
  if (typeof value === 'string') return noted(redactWithMarks(value, [], 'blocked'), found).text
  if (Array.isArray(value)) return value.map((one) => walked(one, found, ''))
  if (typeof value !== 'object' || value === null) return value
  const inner = Object.entries(value).map(([key, one]) => [key, TEXT_KEYS.has(key) ? one : walked(one, found, key)])
  return withTexts(Object.fromEntries(inner), value, found)
}

/** The texts that have entities; both move together. */
function withTexts(whole: object, given: object, found: Set<SecretType>): object {
  const [fields, from] = [new Map<string, unknown>(Object.entries(whole)), new Map(Object.entries(given))]
  for (const [text, entities] of TEXTS) {
    const words = from.get(text)
    if (typeof words !== 'string') continue
    const marks = from.get(entities)
    const clean = noted(redactWithMarks(words, Array.isArray(marks) ? (marks as MarkOf[]) : [], 'blocked'), found)
    fields.set(text, clean.text)
    if (Array.isArray(marks)) fields.set(entities, clean.marks)
  }
  return Object.fromEntries(fields)
}

function noted<T extends { types: SecretType[] }>(redacted: T, found: Set<SecretType>): T {
  for (const type of redacted.types) found.add(type)
  return redacted
}

const TEXTS = [
  ['text', 'entities'],
  ['caption', 'caption_entities'],
  ['question', 'question_entities'],
  ['explanation', 'explanation_entities'],
] as const
const TEXT_KEYS: ReadonlySet<string> = new Set(TEXTS.flat())
/** What was said before, and names of people and chats: cleaned, but nobody is warned of them. */
const SILENT: ReadonlySet<string> = new Set([
  'reply_to_message',
  'pinned_message',
  'from',
  'chat',
  'sender_chat',
  'forward_origin',
  'via_bot',
  'new_chat_members',
  'left_chat_member',
])
/** Names of things are no words of a person, and nothing would be found again without them. */
const KEPT: ReadonlySet<string> = new Set([
  'id',
  'username',
  'language_code',
  'file_id',
  'file_unique_id',
  'media_group_id',
  'custom_emoji_id',
  'callback_data',
  'mime_type',
  'type',
  'thumbnail',
  'emoji',
])
