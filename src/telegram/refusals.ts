import * as desks from '../desk/desks.ts'
import { toChat, toCitizen, toTopic } from '../desk/letters.ts'
import * as messages from '../desk/messages.ts'
import * as operators from '../desk/operators.ts'
import * as reach from '../desk/reach.ts'
import * as topics from '../desk/topics.ts'
import { fault } from '../log.ts'
import type { Outcome } from '../mail/deliver.ts'
import type { Dispatch, Post } from './deliver.ts'
import type { Meaning } from './errors.ts'

type Refusal = { meaning: Meaning; error: unknown }

const WITHOUT = {
  'reply-lost': 'reply',
  'text-refused': 'marks',
  'buttons-refused': 'buttons',
  'copy-refused': 'copy',
  'too-long': 'length',
  'edit-refused': 'edit',
} as const

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
      return { kind: 'silence', chat: to.chat, seconds: meaning.seconds }
    case 'moved':
      await desks.moveTo(post.desk, to.chat, meaning.to)
      return { kind: 'again', afterMs: 0, fault: 'moved' }
    case 'topic-lost':
      return await topicLost(post, dispatch)
    case 'topic-closed':
      await post.api.reopenForumTopic(to.chat, to.thread ?? 0).catch(() => {})
      return row.attempt > 3 ? { kind: 'again', afterMs: 30_000, fault: 'topic-closed' } : null
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

const topicLost = async (post: Post, { topic, row }: Dispatch): Promise<Outcome> => {
  if (!topic) return { kind: 'failed', fault: 'topic-lost' }
  const born = await topics.lost(post.desk, topic, row.place)
  return { kind: 'again', afterMs: born === 'too-soon' ? 60_000 : 0, fault: `topic-${born}` }
}

/** Nothing goes into that group for a while; what waits is kept, and the admins learn it in private. */
const groupAway = async (post: Post, { to }: Dispatch): Promise<Outcome> => {
  const hour = Math.floor(Date.now() / 3_600_000)
  for (const admin of await operators.admins(post.desk)) {
    await toChat(post.desk.db, post.desk, admin, {
      key: `group_away:${to.chat}:${admin}:${hour}`,
      letter: { type: 'phrase', phrase: 'admin.group_away' },
    })
  }
  return { kind: 'silence', chat: to.chat, seconds: 60 }
}

const unreachable = async (post: Post, dispatch: Dispatch): Promise<Outcome> => {
  if (dispatch.topic) return await groupAway(post, dispatch)
  if (dispatch.citizen !== null) await reach.unreachable(post.desk, dispatch.citizen)
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

/** Whoever wrote what cannot be delivered learns it at the message itself. */
const tellAuthor = async (post: Post, { letter, row, citizen }: Dispatch, phrase: string): Promise<void> => {
  if (letter.type !== 'relay' && letter.type !== 'album') return
  const parts =
    letter.type === 'relay'
      ? [await messages.byId(post.desk, letter.message)]
      : await messages.ofAlbum(post.desk, letter.chat, letter.album)
  const message = parts[0]
  if (!message) return
  const letterBack = { type: 'phrase', phrase, replyTo: message.at } as const
  await post.desk.db.transaction(async (tx) => {
    if (message.author === 'operator') {
      await toTopic(tx, post.desk, message.appealId, [{ key: `failed:${row.id}`, letter: letterBack }])
    } else if (citizen !== null) {
      await toCitizen(tx, post.desk, citizen, { key: `failed:${row.id}`, letter: letterBack })
    }
  })
}
