import * as desks from '../../desk/desks.ts'
import * as moves from '../../desk/moves.ts'
import type { Operator } from '../../desk/operators.ts'
import * as queue from '../../desk/queue.ts'
import { setReach } from '../../desk/returning.ts'
import type { Presence } from '../../desk/shifts.ts'
import * as shifts from '../../desk/shifts.ts'
import { button } from '../buttons.ts'
import type { Ctx } from '../context.ts'
import { answerPress, say, show } from '../show.ts'
import { allowed } from './actor.ts'

/** /online, /break, /offline: an operator says who is at work. */
export const shift = async (ctx: Ctx, presence: Presence): Promise<void> => {
  const operator = await allowed(ctx, 'shift')
  if (!operator) return
  const { desk } = ctx.house
  if (presence === 'online') await setReach(desk, operator.id, await groupsWith(ctx, operator))
  await shifts.setPresence(desk, operator.id, presence)
  const { inHand, most } = await shifts.shiftOf(desk, operator.id)
  if (presence !== 'offline' || inHand === 0) {
    return void (await say(ctx, { html: ctx.t(`people.now.${presence}`, { in_hand: inHand, most }) }))
  }
  await say(ctx, {
    html: ctx.t('people.leaving', { count: inHand }),
    rows: [
      [button(ctx.t('people.keep'), { verb: 'shift', deed: 'keep', person: operator.id })],
      [button(ctx.t('people.give_back'), { verb: 'shift', deed: 'give', person: operator.id })],
    ],
  })
}

/** The desk groups this person is in, as the messenger says right now. */
const groupsWith = async (ctx: Ctx, { externalId }: Operator): Promise<number[]> => {
  const here: number[] = []
  for (const chat of await desks.chats(ctx.house.desk))
    if ((await ctx.house.isMember(chat, externalId)) === true) here.push(chat)
  return here
}

/** What becomes of the appeals in hand is decided by whoever ends the shift. */
export const endShift = async (ctx: Ctx, deed: 'keep' | 'give', person: number): Promise<void> => {
  const operator = await allowed(ctx, 'shift')
  if (!operator) return
  if (operator.id !== person) return await answerPress(ctx, ctx.t('people.not_your_shift'))
  await answerPress(ctx)
  if (deed === 'keep') return await show(ctx, { html: ctx.t('people.kept') })
  await show(ctx, { html: ctx.t('people.gave_back', { count: await giveAllBack(ctx, operator) }) })
}

const giveAllBack = async (ctx: Ctx, operator: Operator): Promise<number> => {
  const { desk } = ctx.house
  const mine = await queue.inHand(desk, operator.id)
  return await moves.releaseAll(
    desk,
    mine.map(({ id }) => id),
    { from: operator.id, by: operator },
  )
}
