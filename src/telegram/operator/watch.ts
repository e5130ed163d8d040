import { showNumber } from '../../desk/appeal-number.ts'
import * as appeals from '../../desk/appeals.ts'
import * as desks from '../../desk/desks.ts'
import { toTopic } from '../../desk/letters.ts'
import * as moves from '../../desk/moves.ts'
import * as operators from '../../desk/operators.ts'
import * as queue from '../../desk/queue.ts'
import { outOfReach } from '../../desk/returning.ts'
import { tellSeniors } from '../../desk/seniors.ts'
import * as topics from '../../desk/topics.ts'
import { liftSilence } from '../../mail/silence.ts'
import type { Ctx } from '../context.ts'
import { warnAdmins } from '../rights.ts'

/** Somebody left the group, or was removed: what they had in hand goes back into the queue. */
export const leaving = async (ctx: Ctx): Promise<void> => {
  const { desk } = ctx.house
  const now = ctx.chatMember?.new_chat_member
  if (!now || (now.status !== 'left' && now.status !== 'kicked')) return
  const operator = await operators.find(desk, now.user.id)
  if (!operator) return
  if (ctx.chat) await outOfReach(desk, operator.id, ctx.chat.id)
  const inHand = (await queue.inHand(desk, operator.id)).map(({ id }) => id)
  const here = (await topics.currentOf(desk, inHand)).filter(({ chatId }) => chatId === ctx.chat?.id)
  for (const { appealId: id } of here) {
    const appeal = await appeals.byId(desk, id)
    if (!appeal || (await moves.release(desk, appeal, operator)).status !== 'done') continue
    const letter = { type: 'phrase', phrase: 'topic.owner_left', vars: { operator: operator.name } } as const
    const about = {
      type: 'phrase',
      phrase: 'seniors.owner_left',
      vars: { operator: operator.name, number: showNumber(appeal.number) },
    } as const
    await desk.db.transaction(async (tx) => {
      await toTopic(tx, desk, id, [{ key: `owner_left:${id}:${appeal.version}`, letter }])
      const key = `seniors_owner_left:${id}:${appeal.version}`
      await tellSeniors(tx, desk, { line: appeal.line, key, letter: about })
    })
  }
}

/** The bot's own standing in the group: without its rights the admins learn it at once, with them it goes on at once. */
export const standing = async (ctx: Ctx): Promise<void> => {
  const { desk } = ctx.house
  const now = ctx.myChatMember?.new_chat_member
  if (!now || !ctx.chat) return
  if (now.status === 'administrator' && now.can_manage_topics) {
    await liftSilence(desk.db, ctx.chat.id)
    return await desks.restore(desk, ctx.chat.id)
  }
  await warnAdmins(desk, ctx.chat.id)
  await desks.setAside(desk, ctx.chat.id)
}

/** The status of an appeal changes through the bot only; the line opens the topic again. */
export const closedByHand = async (ctx: Ctx): Promise<void> => {
  const { desk } = ctx.house
  const appeal = ctx.appealId === null ? null : await appeals.byId(desk, ctx.appealId)
  if (!appeal || appeal.closedAt) return
  const letter = { type: 'phrase', phrase: 'topic.closed_by_hand' } as const
  await toTopic(desk.db, desk, appeal.id, [{ key: `closed_by_hand:${ctx.key}`, letter }])
}
