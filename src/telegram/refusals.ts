import * as again from '../desk/again.ts'
import * as appeals from '../desk/appeals.ts'
import * as desks from '../desk/desks.ts'
import { type Buttons, type Letter, toCitizen, toTopic } from '../desk/letters.ts'
import * as messages from '../desk/messages.ts'
import * as reach from '../desk/reach.ts'
import * as topics from '../desk/topics.ts'
import * as withdraw from '../desk/withdraw.ts'
import { fault } from '../log.ts'
import type { Outcome } from '../mail/deliver.ts'
import { PRIORITY } from '../mail/outbox.ts'
import type { Dispatch, Post } from './deliver.ts'
import type { Meaning } from './errors.ts'
import { warnAdmins } from './rights.ts'

type Refusal = { meaning: Meaning; error: unknown }

const WITHOUT = {
  'reply-lost': 'reply',
  'quote-lost': 'quote',
  'text-refused': 'marks',
  'buttons-refused': 'buttons',
  'copy-refused': 'copy',
  'too-long': 'length',
  'edit-refused': 'edit',
} as const

const LOOKS = new Set<Letter['type']>(['card', 'closed', 'name', 'mark'])

/** What a refusal leads to; null means: try at once, without what was refused. */
export const afterRefusal = async (
  post: Post,
  dispatch: Dispatch,
  { meaning, error }: Refusal,
): Promise<Outcome | null> => {
  const { row, to, without } = dispatch
  switch (meaning.is) {
    case 'not-sent':
      return { kind: 'again', afterMs: Math.min(1_000 * row.attempt, 30_000), fault: 'not-sent' }
    case 'ambiguous':
      return { kind: 'ambiguous', fault: 'ambiguous' }
    case 'done':
      return { kind: 'sent' }
    case 'silence':
      return { kind: 'silence', chat: to.chat, seconds: meaning.seconds, flood: true }
    case 'moved':
      await desks.moveTo(post.desk, to.chat, meaning.to)
      return { kind: 'again', afterMs: 0, fault: 'moved' }
    case 'topic-lost':
      return dispatch.topic
        ? await topicLost(post, dispatch, dispatch.topic)
        : await refused(post, dispatch, { meaning, error })
    case 'topic-closed':
      return await topicClosed(post, dispatch)
    case 'bot-away':
      return { kind: 'silence', chat: 0, seconds: 30 }
    case 'conflict':
      return { kind: 'again', afterMs: 5_000, fault: 'conflict' }
    case 'group-away':
      return await groupAway(post, dispatch)
    case 'unreachable':
      return await unreachable(post, dispatch)
    case 'deleted-after-send':
    case 'refused':
      return await refused(post, dispatch, { meaning, error })
    default: {
      const what = WITHOUT[meaning.is]
      if (without[what]) return await refused(post, dispatch, { meaning, error })
      without[what] = true
      return null
    }
  }
}

/** Opened for what must be said there; the topic of an appeal that is closed is closed again behind it. */
const topicClosed = async ({ api, desk }: Post, { to, topic, row }: Dispatch): Promise<Outcome | null> => {
  if (row.attempt > 3) return { kind: 'again', afterMs: 30_000, fault: 'topic-closed' }
  await api.reopenForumTopic(to.chat, to.thread ?? 0).catch(() => {})
  const appeal = topic && (await appeals.byId(desk, topic.appealId))
  if (appeal?.closedAt) {
    const letter = { type: 'closed', appeal: appeal.id, closed: true } as const
    await toTopic(desk.db, desk, appeal.id, [{ key: `closed:${appeal.id}:behind${row.id}`, letter }])
  }
  return null
}

const topicLost = async (post: Post, { row, letter }: Dispatch, topic: topics.Topic): Promise<Outcome> => {
  // Who tidies up by hand need not see the topic of a closed appeal come back for nothing but its looks.
  const appeal = LOOKS.has(letter.type) ? await appeals.byId(post.desk, topic.appealId) : null
  if (appeal?.closedAt) return { kind: 'sent' }
  const born = await topics.lost(post.desk, topic, row.place)
  return { kind: 'again', afterMs: born === 'too-soon' ? 60_000 : 0, fault: `topic-${born}` }
}

/** What a group refuses to a bot that may still send messages there. */
const BESIDE_THE_POINT = new Set(['pin', 'delete', 'react'])

/**
 * The group is set aside: what was to go there goes to another group of its line. Where there is none it waits and is kept,
 * and the admins learn it in private.
 */
const groupAway = async ({ desk }: Post, { to, topic, letter, row }: Dispatch): Promise<Outcome> => {
  if (letter.type === 'back') return { kind: 'silence', chat: to.chat, seconds: 60 }
  await warnAdmins(desk, to.chat)
  if (BESIDE_THE_POINT.has(row.kind)) return { kind: 'silence', chat: to.chat, seconds: 60 }
  await desks.setAside(desk, to.chat)
  const now = topic && (await topics.current(desk, topic.appealId))
  if (now && now.chatId !== to.chat) return { kind: 'again', afterMs: 0, fault: 'group-away' }
  return { kind: 'silence', chat: to.chat, seconds: 60 }
}

const unreachable = async (post: Post, dispatch: Dispatch): Promise<Outcome> => {
  if (dispatch.topic) return await groupAway(post, dispatch)
  const author = await authorOf(post.desk, dispatch.letter)
  if (dispatch.citizen !== null) await reach.unreachable(post.desk, dispatch.citizen, author?.appealId ?? null)
  await tellAuthor(post, dispatch, 'topic.failed_unreachable')
  return { kind: 'failed', fault: 'unreachable' }
}

const refused = async (post: Post, dispatch: Dispatch, { meaning, error }: Refusal): Promise<Outcome> => {
  post.desk.log.error('deliver.refused', {
    row: dispatch.row.id,
    kind: dispatch.row.kind,
    meaning: meaning.is,
    ...fault(error),
  })
  await tellAuthor(post, dispatch, dispatch.topic ? 'relay.failed' : 'topic.failed')
  return { kind: 'failed', fault: meaning.is }
}

/** Whoever wrote what cannot be delivered learns it at the message itself; an operator can try again from there. */
const tellAuthor = async (post: Post, { letter, row, citizen }: Dispatch, phrase: string): Promise<void> => {
  const { desk } = post
  const message = await authorOf(desk, letter)
  if (!message) return await tellEnding(post, { letter, row })
  const isUnsend = letter.type === 'unsend'
  if (isUnsend) await withdraw.keep(desk, message)
  const buttons: Buttons = { set: 'again', message: message.id, row: row.id, part: again.partOf(letter) }
  const said: Letter = {
    type: 'phrase',
    phrase: isUnsend ? 'talk.unsend_refused' : phrase,
    replyTo: message.at,
    ...(message.author === 'operator' && !isUnsend ? { buttons } : {}),
  }
  const back = { key: `failed:${row.id}`, letter: said, priority: PRIORITY.answer }
  await desk.db.transaction(async (tx) => {
    if (message.author === 'operator') await toTopic(tx, desk, message.appealId, [back])
    else if (citizen !== null) await toCitizen(tx, desk, citizen, back)
  })
}

/** Whoever ended an appeal should know that the citizen has not read how. */
const tellEnding = async ({ desk }: Post, { letter, row }: Pick<Dispatch, 'letter' | 'row'>): Promise<void> => {
  if (letter.type !== 'phrase' || !/^status\.(completed|rejected)$/.test(letter.phrase)) return
  const appeal = Number(row.key.split(':')[1])
  const said: Letter = { type: 'phrase', phrase: 'talk.ending_lost' }
  await toTopic(desk.db, desk, appeal, [{ key: `failed:${row.id}`, letter: said }])
}

const authorOf = async (desk: Post['desk'], letter: Letter): Promise<messages.Message | null> => {
  if (letter.type === 'relay' || letter.type === 'edit' || letter.type === 'unsend')
    return await messages.byId(desk, letter.message)
  if (letter.type === 'burst') return await messages.byId(desk, letter.messages.at(-1) ?? 0)
  if (letter.type === 'album') return (await messages.ofAlbum(desk, letter.chat, letter.album))[0] ?? null
  return null
}
