import type { Api } from 'grammy'
import { boardOf } from '../desk/board.ts'
import * as citizens from '../desk/citizens.ts'
import { DESK_LANG, type Desk } from '../desk/desk.ts'
import type { Letter } from '../desk/letters.ts'
import type { Known } from '../desk/talk.ts'
import type { Topic } from '../desk/topics.ts'
import * as topics from '../desk/topics.ts'
import { fault } from '../log.ts'
import type { Outcome } from '../mail/deliver.ts'
import type { Copy, OutboxRow, Outgoing } from '../mail/outbox.ts'
import { sendAlbum } from './deliver-album.ts'
import { sendBoard, sendPin } from './deliver-board.ts'
import { sendBurst } from './deliver-burst.ts'
import { sendMyData } from './deliver-data.ts'
import { sendDelete } from './deliver-delete.ts'
import { sendEdit } from './deliver-edit.ts'
import { sendComposed, sendComposedFile } from './deliver-file.ts'
import { sendBack, sendMoved } from './deliver-group.ts'
import { sendMailing } from './deliver-mailing.ts'
import { sendCaughtUp, sendMore } from './deliver-more.ts'
import { sendMark, sendPhrase } from './deliver-phrase.ts'
import { sendRelay } from './deliver-relay.ts'
import { sendStats } from './deliver-stats.ts'
import { sendCard, sendClosed, sendName, sendTopic } from './deliver-topic.ts'
import { sendTranscript } from './deliver-transcript.ts'
import { sendUnsend } from './deliver-unsend.ts'
import { sendWait } from './deliver-wait.ts'
import { sendWipe } from './deliver-wipe.ts'
import { meaning, type Verb } from './errors.ts'
import { afterRefusal } from './refusals.ts'
import type { Target, Without } from './wire.ts'

export type Post = { api: Api; desk: Desk }
/** One row on its way: where it goes was looked up just now. */
export type Dispatch<L extends Letter = Letter> = {
  row: OutboxRow
  letter: L
  to: Target
  lang: string
  topic: Topic | null
  citizen: number | null
  without: Without
  /** What goes out as soon as this has. */
  follow: Outgoing[]
}
/** Sends it and says where it landed. Throws what Telegram answers. */
export type Sender<L extends Letter = Letter> = (post: Post, dispatch: Dispatch<L>) => Promise<Copy[]>

const SENDERS: { [T in Letter['type']]: { verb: Verb; send: Sender<Extract<Letter, { type: T }>> } } = {
  phrase: { verb: 'S', send: sendPhrase },
  relay: { verb: 'S', send: sendRelay },
  album: { verb: 'S', send: sendAlbum },
  burst: { verb: 'S', send: sendBurst },
  edit: { verb: 'E', send: sendEdit },
  delete: { verb: 'E', send: sendDelete },
  card: { verb: 'E', send: sendCard },
  mark: { verb: 'E', send: sendMark },
  unsend: { verb: 'E', send: sendUnsend },
  more: { verb: 'S', send: sendMore },
  'caught-up': { verb: 'S', send: sendCaughtUp },
  topic: { verb: 'S', send: sendTopic },
  closed: { verb: 'E', send: sendClosed },
  name: { verb: 'E', send: sendName },
  wait: { verb: 'E', send: sendWait },
  transcript: { verb: 'S', send: sendTranscript },
  mydata: { verb: 'S', send: sendMyData },
  wipe: { verb: 'E', send: sendWipe },
  composed: { verb: 'S', send: sendComposed },
  file: { verb: 'S', send: sendComposedFile },
  stats: { verb: 'S', send: sendStats },
  mailing: { verb: 'S', send: sendMailing },
  board: { verb: 'E', send: sendBoard },
  pin: { verb: 'E', send: sendPin },
  moved: { verb: 'S', send: sendMoved },
  back: { verb: 'E', send: sendBack },
}
const TRIES = 5

/**
 * How a row of the outbox becomes messages. The mail room knows rows; this knows Telegram. Throws only what nobody can tell
 * whether it was sent before or after.
 */
export const createDeliver =
  (post: Post) =>
  async (row: OutboxRow): Promise<Outcome> => {
    const prepared = await prepare(post.desk, row).catch((error) => notYet(post, row, error))
    if ('kind' in prepared) return prepared
    return await send(post, prepared).catch((error) => {
      if (verbOf(prepared.letter) === 'S') throw error
      return notYet(post, row, error)
    })
  }

const prepare = async (desk: Desk, row: OutboxRow): Promise<Dispatch | Outcome> => {
  const letter = await desk.keys.open<Letter>(row.payload)
  if (!letter) return { kind: 'failed', fault: 'forgotten' }
  const place = row.known ? placeKnown(row.known as Known, row) : await placeOf(desk, row)
  if (place === 'nowhere') return { kind: 'failed', fault: 'nowhere' }
  if (place === 'not-yet') return { kind: 'again', afterMs: 5_000, fault: 'no-topic-yet' }
  // Whoever was forgotten is read their receipt in the language they had.
  const lang = (letter.type === 'phrase' && letter.lang) || place.lang
  return { ...place, lang, row, letter, without: {}, follow: [] }
}

const send = async (post: Post, dispatch: Dispatch): Promise<Outcome> => {
  const { send: sender } = SENDERS[dispatch.letter.type] as { send: Sender }
  for (let attempt = 0; attempt < TRIES; attempt += 1) {
    try {
      return { kind: 'sent', copies: await sender(post, dispatch), follow: dispatch.follow }
    } catch (error) {
      const outcome = await afterRefusal(post, dispatch, { meaning: meaning(error, verbOf(dispatch.letter)), error })
      if (outcome) return outcome
    }
  }
  return { kind: 'again', afterMs: 5_000, fault: 'too-many-variants' }
}

/** Sent once, then edited. */
const verbOf = (letter: Letter): Verb => ('first' in letter && letter.first ? 'S' : SENDERS[letter.type].verb)

const notYet = ({ desk }: Post, row: OutboxRow, error: unknown): Outcome => {
  desk.log.warn('outbox.not_sent', { row: row.id, kind: row.kind, ...fault(error) })
  return { kind: 'again', afterMs: Math.min(2_000 * row.attempt, 60_000), fault: 'not-sent' }
}

type Place = Omit<Dispatch, 'row' | 'letter' | 'without' | 'follow'>

/** Its deed has just seen where it goes. */
const placeKnown = ({ talk: { appeal, topic, citizen } }: Known, { lane }: OutboxRow): Place =>
  lane.startsWith('citizen:')
    ? { topic: null, citizen: appeal.citizenId, lang: citizen.lang, to: { chat: citizen.chat } }
    : {
        topic,
        citizen: appeal.citizenId,
        lang: DESK_LANG,
        to: { chat: topic?.chatId ?? 0, thread: topic?.threadId ?? undefined },
      }

const placeOf = async (desk: Desk, { lane, kind }: OutboxRow): Promise<Place | 'nowhere' | 'not-yet'> => {
  const [what, id = ''] = lane.split(':')
  const nobody = { topic: null, citizen: null, lang: DESK_LANG }
  if (what === 'chat') return { ...nobody, to: { chat: Number(id) } }
  if (what === 'board') {
    const board = await boardOf(desk, Number(id))
    return board ? { ...nobody, to: { chat: board.chat } } : 'nowhere'
  }
  if (what === 'citizen') {
    const citizen = await citizens.byId(desk, Number(id))
    return citizen
      ? { ...nobody, to: { chat: citizen.externalId }, citizen: citizen.id, lang: citizen.lang }
      : 'nowhere'
  }
  const seat = await topics.seatOf(desk, Number(id))
  if (!seat) return 'nowhere'
  const { topic, citizen } = seat
  if (!topic || (topic.threadId === null && kind !== 'topic_open')) return 'not-yet'
  return {
    ...nobody,
    to: { chat: topic.chatId, thread: topic.threadId ?? undefined },
    topic,
    citizen,
  }
}
