import type { Entry } from '../../src/sandbox/journal.ts'
import type { Sandbox } from '../../src/sandbox/server.ts'

/** Where an appeal's topic was born. */
export type Home = { chat: number; thread: number; seq: number }
/** A message of the bot that carries the mark of somebody's words. */
export type Landing = {
  seq: number
  time: number
  chat: number
  thread: number | null
  repeated: boolean
}

type Media = { media?: string; caption?: string }
type Said = {
  chat_id?: number
  message_thread_id?: number
  text?: string
  caption?: string
  name?: string
  media?: Media[]
  from_chat_id?: number
  message_id?: number
  photo?: string
  reply_parameters?: { message_id?: number }
}

export const paramsOf = (entry: Pick<Entry, 'params'>): Said => entry.params as Said

export const wordsIn = ({ text, caption, media }: Said): string =>
  text ?? caption ?? media?.map((one) => one.caption ?? '').join('\n') ?? ''

const SENDS = /^(send(?!ChatAction)|copyMessage$)/
const EDITS = /^editMessage(Text|Caption|Media)$/
/** What Telegram counts against a chat's limit. */
const COUNTED = /^(send(?!ChatAction)|copyMessage|editMessage|createForumTopic)/

export const isSending = ({ method }: Entry): boolean => SENDS.test(method)
export const isEditing = ({ method }: Entry): boolean => EDITS.test(method)
export const weightOf = (entry: Entry): number =>
  COUNTED.test(entry.method) ? (entry.method === 'sendMediaGroup' ? (paramsOf(entry).media?.length ?? 1) : 1) : 0

/** The newest topics of appeals, as the journal tells it; read on from where it was left. */
export const createHomes = (sandbox: Sandbox) => {
  const homes = new Map<string, Home[]>()
  let read = 0
  const catchUp = () => {
    const { entries, last } = sandbox.journal(read)
    read = last
    for (const entry of entries) {
      if (entry.method !== 'createForumTopic') continue
      const { chat_id: chat = 0, name = '' } = paramsOf(entry)
      const number = name.slice(0, 11)
      const home = { chat, thread: entry.result.message_thread_id ?? 0, seq: entry.seq }
      homes.set(number, [...(homes.get(number) ?? []), home])
    }
  }
  return {
    all: (number: string): Home[] => {
      catchUp()
      return homes.get(number) ?? []
    },
    now: (number: string): Home | undefined => {
      catchUp()
      return homes.get(number)?.at(-1)
    },
  }
}
export type Homes = ReturnType<typeof createHomes>

const MARK = /\b[con]\d+m\d+\b/g

/** What was missed is told once more to whoever takes over, and an edit of what stands in a topic that was left tells both. */
const TELLS_AGAIN = /^Пока вас не было|\nизменено, раньше было:\n/

/** Every mark that stands in a message of the bot, and where that message went. */
export const landingsOf = (entries: Entry[]): Map<string, Landing[]> => {
  const landings = new Map<string, Landing[]>()
  for (const entry of entries.filter(isSending)) {
    const params = paramsOf(entry)
    const words = wordsIn(params)
    if (TELLS_AGAIN.test(words)) continue
    const landing: Landing = {
      seq: entry.seq,
      time: entry.time,
      chat: params.chat_id ?? 0,
      thread: params.message_thread_id ?? null,
      repeated: /возможный повтор|possible repeat/i.test(words),
    }
    for (const [mark] of words.matchAll(MARK)) landings.set(mark, [...(landings.get(mark) ?? []), landing])
  }
  return landings
}

/** In which order the files of an album came to the other side, and in how many calls. */
export const albumOnWire = (
  entries: Entry[],
  { chat, messages, files }: { chat: number; messages: number[]; files: string[] },
): { files: string[]; calls: number } => {
  const calls = entries.flatMap((entry) => {
    const { media = [], photo = '', from_chat_id, message_id = 0 } = paramsOf(entry)
    const copied =
      entry.method === 'copyMessage' && from_chat_id === chat ? files[messages.indexOf(message_id)] : undefined
    const sent = isSending(entry) ? [...media.map((one) => one.media ?? ''), photo, copied ?? ''] : []
    const ours = sent.filter((file) => files.includes(file))
    return ours.length > 0 ? [ours] : []
  })
  return { files: calls.flat(), calls: calls.length }
}
