import { enqueue, type Outgoing, PRIORITY, type Priority } from '../mail/outbox.ts'
import type { Place } from './content.ts'
import type { Desk, Tx } from './desk.ts'

/**
 * What goes out, in the desk's own words; the messenger makes it a message when it is sent. Phrases are keys of
 * locales/<lang>/*.json, so that a citizen reads them in the language that is chosen at that moment.
 */
export type Letter =
  | { type: 'phrase'; phrase: string; vars?: Vars; buttons?: Buttons; replyTo?: Place; moment?: Moment; lang?: string }
  /** `part`: a piece of what is too long for one message, from 1. */
  | { type: 'relay'; message: number; part?: number }
  | { type: 'album'; chat: number; album: string }
  /** Words of a citizen that waited together, as one message. */
  | { type: 'burst'; messages: number[] }
  | { type: 'edit'; message: number }
  /** `tell`: its author reads that it was taken out. */
  | { type: 'delete'; chat: number; message: number; tell?: boolean }
  | { type: 'card'; appeal: number; first?: boolean }
  /** `emoji` null takes the bot's reaction back. */
  | { type: 'mark'; chat: number; message: number; emoji: string | null }
  /** Taken back on the citizen's side. */
  | { type: 'unsend'; message: number }
  /** All that the card shortens; what happened since a moment, for who takes over. */
  | { type: 'more'; appeal: number; part?: number }
  | { type: 'caught-up'; appeal: number; since: number }
  | { type: 'topic'; appeal: number; gen: number }
  | { type: 'closed'; appeal: number; closed: boolean }
  | { type: 'name'; appeal: number }
  /** How things stand for who waits: sent once, then edited in place. `said`: the phrase of what happened, on top. */
  | { type: 'wait'; appeal: number; first?: boolean; said?: string | undefined }
  /** What was said in an appeal, as a file made when it is sent. `at`: when it was asked for. */
  | { type: 'transcript'; appeal: number; at: number }
  /** In the topic that was left behind: where the appeal is now. */
  | { type: 'moved'; appeal: number; gen: number }
  /** Tried until a desk group that was set aside can be worked in again. */
  | { type: 'back'; chat: number }
  /** Messages of ours in the topic's group that go. */
  | { type: 'wipe'; messages: number[] }
  /** All that is held about a citizen, as a file. */
  | { type: 'mydata'; citizen: number; format: 'html' | 'json' }
  /** A text composed from the answers of a draft, and the same as a file. `at`: when it was composed. */
  | ({ type: 'composed' } & Composed)
  | ({ type: 'file' } & Composed)
  /** The week that ends with this date. */
  | { type: 'stats'; part: 'picture' | 'text' | 'table'; last: string }
  /** One message to many; its words are looked up when it is sent. */
  | { type: 'mailing'; mailing: number }
  | { type: 'board'; desk: number; first: boolean }
  | { type: 'pin'; desk: number }

type Composed = { draft: number; number: string; at: number }
/** A moment that is named in the reader's language. */
export type Moment = { name: string; at: number }
export type Vars = Record<string, string | number>
/** Which buttons stand under a phrase; what they look like is the messenger's. */
export type Buttons =
  | { set: 'appeal'; number: string }
  | { set: 'rating'; appeal: number; closing: number }
  | { set: 'seen'; person: number }
  | { set: 'reopen'; appeal: number }
  | { set: 'ended'; appeal: number }
  | { set: 'silence'; appeal: number }
  /** A way to the appeal's topic. */
  | { set: 'topic'; appeal: number }
  | { set: 'remind'; appeal: number }
  | { set: 'came'; appeal: number }
  | { set: 'aid' }
  | { set: 'hidden'; message: number }
  | { set: 'held'; message: number; send: boolean }
  | { set: 'stopped'; message: number }
  /** `row`: the row of the outbox that failed; trying again is keyed by it, so it happens once. */
  | { set: 'again'; message: number; row: number; part: Part }
  | { set: 'eyes'; proposal: number; alone: boolean }
  | { set: 'mailing'; mailing: number }
  | { set: 'other-way'; appeal: number; reserve: string | null }

/** What of a message is sent again: one of its pieces, its album, or its edit. */
export type Part = number | 'album' | 'edit'

type Post = { key: string; letter: Letter; priority?: Priority; notBefore?: Date; place?: number; weight?: number }

/** A topic's birth and its card, in this order. `place`: see topics.lost. */
export const birth = (appeal: number, gen: number, place?: number): Post[] => [
  { key: `topic:${appeal}:${gen}`, letter: { type: 'topic', appeal, gen }, place: place && place - 2 },
  {
    key: `card:${appeal}:gen${gen}`,
    letter: { type: 'card', appeal, first: true },
    priority: PRIORITY.topic,
    place: place && place - 1,
  },
]

export const toCitizen = (tx: Tx | Desk['db'], desk: Desk, citizen: number, post: Post) =>
  enqueue(tx, [outgoing(desk, `citizen:${citizen}`, post)])

export const toTopic = (tx: Tx, desk: Desk, appeal: number, posts: Post[]) =>
  enqueue(
    tx,
    posts.map((post) => forTopic(desk, appeal, post)),
  )

export const toCitizenRow = (desk: Desk, citizen: number, post: Post): Outgoing =>
  outgoing(desk, `citizen:${citizen}`, post)

/** The row itself, for what is not put out yet. */
export const forTopic = (desk: Desk, appeal: number, post: Post): Outgoing => outgoing(desk, `appeal:${appeal}`, post)

/** The row itself, for what goes out behind another. */
export const forChat = (desk: Desk, chat: number, post: Post): Outgoing => outgoing(desk, `chat:${chat}`, post)

/** Into a chat itself: General of a desk group, or an admin's private chat. */
export const toChat = (tx: Tx, desk: Desk, chat: number, post: Post) =>
  enqueue(tx, [outgoing(desk, `chat:${chat}`, post)])

/** The board of a desk group has a lane of its own: it waits for nobody there, and nobody for it. */
export const toBoard = (
  desk: Desk,
  id: number,
  { key, notBefore, first }: { key: string; notBefore: Date; first: boolean },
) => enqueue(desk.db, [forBoard(desk, id, { key, letter: { type: 'board', desk: id, first }, notBefore })])

export const forBoard = (desk: Desk, id: number, post: Post): Outgoing => outgoing(desk, `board:${id}`, post)

const outgoing = (desk: Desk, lane: string, { key, letter, priority, notBefore, place, weight }: Post): Outgoing => ({
  key,
  lane,
  kind: 'first' in letter && letter.first ? 'send' : KIND[letter.type],
  payload: desk.keys.own(letter),
  priority: priority ?? ('first' in letter && letter.first ? PRIORITY.status : USUAL[letter.type]),
  notBefore,
  place,
  weight,
})

const KIND = {
  phrase: 'send',
  relay: 'media',
  album: 'album',
  burst: 'send',
  edit: 'edit',
  delete: 'delete',
  card: 'edit',
  mark: 'react',
  unsend: 'delete',
  more: 'send',
  'caught-up': 'send',
  topic: 'topic_open',
  closed: 'topic_close',
  name: 'topic_rename',
  wait: 'edit',
  transcript: 'media',
  moved: 'send',
  back: 'send',
  wipe: 'delete',
  mydata: 'media',
  composed: 'send',
  file: 'media',
  stats: 'media',
  mailing: 'send',
  board: 'edit',
  pin: 'pin',
} as const

const USUAL: Record<Letter['type'], Priority> = {
  phrase: PRIORITY.status,
  relay: PRIORITY.message,
  album: PRIORITY.message,
  burst: PRIORITY.message,
  edit: PRIORITY.edit,
  delete: PRIORITY.answer,
  card: PRIORITY.edit,
  mark: PRIORITY.edit,
  unsend: PRIORITY.answer,
  more: PRIORITY.status,
  'caught-up': PRIORITY.status,
  topic: PRIORITY.topic,
  closed: PRIORITY.edit,
  name: PRIORITY.edit,
  wait: PRIORITY.edit,
  transcript: PRIORITY.status,
  moved: PRIORITY.edit,
  back: PRIORITY.edit,
  wipe: PRIORITY.status,
  mydata: PRIORITY.status,
  composed: PRIORITY.status,
  file: PRIORITY.status,
  stats: PRIORITY.status,
  mailing: PRIORITY.broadcast,
  board: PRIORITY.board,
  pin: PRIORITY.board,
}
