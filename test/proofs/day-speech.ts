import { Refusal } from '../../src/sandbox/refusal.ts'
import type { Sandbox } from '../../src/sandbox/server.ts'
import type { Writing } from '../../src/sandbox/writing.ts'
import { type Phone, phone } from '../people.ts'
import { picture } from '../sandbox/desk.ts'
import type { Chance } from './day-chance.ts'
import { type Matter, markOf, type Said } from './day-ledger.ts'
import type { Person, Sleep, Staff } from './day-staff.ts'
import type { Homes } from './day-wire.ts'

/** All that the people of this day have in common. */
export type Day = {
  sandbox: Sandbox
  staff: Staff
  homes: Homes
  sleep: Sleep
  tally(what: string): void
}
export type Acting = { day: Day; matter: Matter; chance: Chance }

/** How somebody's words are meant. */
export type Meant = { fate?: Said['fate']; late?: boolean; answers?: { to: number; original: Said } }
export type Words = { words: string; files?: number; command?: string }

/** Says something with a mark in it; null where the messenger refuses, so that its author sees that nothing was said. */
export const speak = ({ day, matter }: Acting, at: Phone, what: Words, meant: Meant = {}): Said | null => {
  const by = at.chat === matter.citizen.chat ? 'citizen' : 'operator'
  const mark = markOf(matter, by === 'citizen' ? 'c' : meant.fate === 'stays' ? 'n' : 'o')
  const files = Array.from({ length: what.files ?? 0 }, (_, n) => image(`${mark} ${n}`))
  const text = what.command ? `${what.command} ${mark} ${what.words}` : `${mark} ${what.words}`
  const reply = meant.answers ? { reply_to: meant.answers.to } : {}
  const written = attempt(day, { from: at.id, chat: at.chat, thread: at.thread, text, files, ...reply })
  const [first] = written ?? []
  if (!first) return null
  const said: Said = {
    mark,
    by,
    from: at.id,
    chat: at.chat,
    thread: at.thread ?? null,
    message: first.message_id,
    at: Date.now(),
    fate: meant.fate ?? 'goes',
    late: meant.late ?? false,
    messages: (written ?? []).map(({ message_id }) => message_id),
    files: (written ?? []).flatMap(({ photo }) => photo?.at(-1)?.file_id ?? []),
    answers: meant.answers ? { chat: meant.answers.original.chat, message: meant.answers.original.message } : null,
  }
  matter.said.push(said)
  return said
}

/** Null where the messenger refuses, because whoever presses is not there any more, or where nobody answers. */
export const press = async (
  { sandbox }: Day,
  at: Phone,
  { message, data }: { message: number; data: string },
): Promise<{ text?: string } | null> => {
  try {
    const answer = await sandbox.press({ from: at.id, chat: at.chat, message_id: message, data })
    return answer.answered ? answer : null
  } catch (error) {
    if (error instanceof Refusal) return null
    throw error
  }
}

const attempt = ({ sandbox, tally }: Day, writing: Writing) => {
  try {
    return sandbox.writeAlbum(writing)
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    tally(`not written: ${error.message}`)
    return null
  }
}

/** Telegram gives every picture an id by what is in it. */
const image = (name: string) => ({
  ...picture,
  name: `${name}.png`,
  bytes: Buffer.concat([Buffer.from(picture.bytes), Buffer.from(name)]),
})

/** An operator in the topic where the matter lives now. */
export const atDesk = async ({ day, matter }: Acting, person: Pick<Person, 'id'>): Promise<Phone> => {
  const home = await patiently(`a topic of ${matter.number}`, day, () => day.homes.now(matter.number))
  const key = `${person.id}:${home.chat}:${home.thread}`
  const known = phones.get(day)?.get(key)
  if (known) return known
  const made = phone(day.sandbox, { id: person.id, chat: home.chat, thread: home.thread })
  phones.set(day, (phones.get(day) ?? new Map<string, Phone>()).set(key, made))
  return made
}

const phones = new WeakMap<Day, Map<string, Phone>>()
const PATIENCE_MS = Number(process.env.TEST_PATIENCE_MS ?? 60_000)

/** Looks again every few seconds of the day. */
export const patiently = async <T>(
  what: string,
  { sleep }: Pick<Day, 'sleep'>,
  look: () => T | null | undefined | false | Promise<T | null | undefined | false>,
): Promise<T> => {
  const end = Date.now() + PATIENCE_MS
  for (;;) {
    const found = await look()
    if (found) return found
    if (Date.now() > end) throw new Error(`waited in vain for ${what}`)
    await sleep(2)
  }
}
