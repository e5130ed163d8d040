import type { Bot } from 'grammy'
import type { Update } from 'grammy/types'
import * as citizens from '../desk/citizens.ts'
import { DESK_LANG, type Desk } from '../desk/desk.ts'
import { toChat, toCitizen, toTopic } from '../desk/letters.ts'
import * as timers from '../desk/timers.ts'
import * as topics from '../desk/topics.ts'
import type { InboxRow } from '../mail/inbox.ts'
import type { Ctx } from './context.ts'
import type { Membership } from './membership.ts'

type Handling = { bot: Bot<Ctx>; desk: Desk; membership: Membership }

/** One row of the inbox: a timer, or an update. */
export const createHandle =
  ({ bot, desk, membership }: Handling) =>
  async (row: InboxRow): Promise<void> => {
    if (row.key.startsWith('timer:')) return await timers.ring({ ...desk, db: desk.db.causedBy(row.key) }, row)
    const update = await desk.keys.open<Update>(row.body)
    if (!update) return
    const change = update.chat_member ?? update.my_chat_member
    if (change) {
      const { status } = change.new_chat_member
      membership.learn(change.chat.id, change.new_chat_member.user.id, status !== 'left' && status !== 'kicked')
    }
    await bot.handleUpdate(update)
  }

/** A row that fails again and again is set aside, and nobody is left to wonder: its author and the open topic are told. */
export const createSetAside =
  (desk: Desk) =>
  async (row: InboxRow): Promise<void> => {
    const update = row.key.startsWith('timer:') ? null : await desk.keys.open<Update>(row.body)
    const from = update?.message?.from ?? update?.callback_query?.from
    const chat = update?.message?.chat ?? update?.callback_query?.message?.chat
    if (!from || !chat) return
    if (chat.type !== 'private') {
      const appeal = await appealOf(desk, update)
      const letter = { type: 'phrase', phrase: 'desk.set_aside' } as const
      if (appeal === null) await toChat(desk.db, desk, chat.id, { key: `set_aside:${row.key}`, letter })
      else await toTopic(desk.db, desk, appeal, [{ key: `set_aside:${row.key}`, letter }])
      return
    }
    const citizen = await citizens.meet(desk, {
      externalId: from.id,
      lang: desk.texts().lang(from.language_code) ?? DESK_LANG,
      name: from.first_name.toWellFormed(),
    })
    await desk.db.transaction(async (tx) => {
      await toCitizen(tx, desk, citizen.id, {
        key: `set_aside:${row.key}`,
        letter: { type: 'phrase', phrase: 'set_aside.citizen' },
      })
      if (citizen.currentAppeal === null) return
      const letter = { type: 'phrase', phrase: 'set_aside.topic' } as const
      await toTopic(tx, desk, citizen.currentAppeal, [{ key: `set_aside_topic:${row.key}`, letter }])
    })
  }

const appealOf = async (desk: Desk, update: Update | null): Promise<number | null> => {
  const message = update?.message ?? update?.callback_query?.message
  if (!message || !('is_topic_message' in message) || message.message_thread_id === undefined) return null
  return await topics.appealAt(desk, message.chat.id, message.message_thread_id)
}
