import type { Update } from 'grammy/types'
import { type MarkOf, redactWithMarks } from '../desk/secrets/redact-text.ts'
import type { SecretType } from '../desk/secrets/span.ts'

/** An update as it is stored; `removed` says what was taken out of what its author wrote. */
export type Redacted = Update & { removed?: SecretType[] }

/**
 * Stands before storage: codes, passwords and cards that a citizen writes to the bot are taken out here, in memory, and
 * entities move along. A pure function; what it finds nothing in, it passes as it is. What operators write in their group
 * is theirs to answer for and reaches the citizen as it was written.
 */
export const redact = (update: Update): Redacted => {
  const key = update.message ? 'message' : update.edited_message ? 'edited_message' : null
  const pressed = update.callback_query?.message
  if (key === null) return pressed?.chat.type === 'private' ? withoutReply(update) : update
  const message = update[key]
  if (message?.chat.type !== 'private') return update
  const found = new Set<SecretType>()
  const own = Object.fromEntries(Object.entries(message).filter(([name]) => !EARLIER.has(name)))
  const said = walked(own, found)
  const quoted = new Set<SecretType>()
  const whole = { ...(said as object), ...earlier(message, quoted) }
  if (found.size === 0 && quoted.size === 0) return update
  return { ...update, [key]: whole, ...(found.size > 0 ? { removed: [...found] } : {}) } as Redacted
}

/** A pressed message of ours shows whole the message it replies to. */
function withoutReply(update: Update): Redacted {
  const query = update.callback_query
  const found = new Set<SecretType>()
  const quoted = earlier(query?.message ?? {}, found)
  if (found.size === 0) return update
  return { ...update, callback_query: { ...query, message: { ...query?.message, ...quoted } } } as Redacted
}

/** The message replied to or pinned comes along whole. It was said before, so nobody is warned of it again. */
function earlier(message: object, found: Set<SecretType>): object {
  const both = Object.entries(message).filter(([key]) => EARLIER.has(key))
  return Object.fromEntries(both.map(([key, value]) => [key, walked(value, found)]))
}

/** Every string of a message but its names for things: texts with their entities, file names, contacts, polls, quotes. */
function walked(value: unknown, found: Set<SecretType>): unknown {
  if (typeof value === 'string') return noted(redactWithMarks(value, [], 'blocked'), found).text
  if (Array.isArray(value)) return value.map((one) => walked(one, found))
  if (typeof value !== 'object' || value === null) return value
  const fields = new Map<string, unknown>(Object.entries(value))
  for (const [text, entities] of TEXTS) {
    const words = fields.get(text)
    if (typeof words !== 'string') continue
    const marks = fields.get(entities)
    const clean = noted(redactWithMarks(words, Array.isArray(marks) ? (marks as MarkOf[]) : [], 'blocked'), found)
    fields.set(text, clean.text)
    if (Array.isArray(marks)) fields.set(entities, clean.marks)
  }
  for (const [key, inner] of fields) {
    if (!KEPT.has(key)) fields.set(key, walked(inner, found))
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
const TEXT_KEYS = TEXTS.flat()
const EARLIER: ReadonlySet<string> = new Set(['reply_to_message', 'pinned_message'])
/** Names of things are no words of a person, and nothing would be found again without them. */
const KEPT: ReadonlySet<string> = new Set([
  ...TEXT_KEYS,
  'from',
  'chat',
  'sender_chat',
  'forward_origin',
  'file_id',
  'file_unique_id',
  'media_group_id',
  'mime_type',
  'type',
  'thumbnail',
  'reply_markup',
])
