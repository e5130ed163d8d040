import { showNumber } from '../../desk/appeal-number.ts'
import type { Appeal } from '../../desk/appeals.ts'
import * as handoff from '../../desk/handoff.ts'
import type { Ctx } from '../context.ts'
import { answerPress, say as send } from '../show.ts'
import { allowed, appealHere, tell } from './actor.ts'
import { linkTo } from './link.ts'

/** The button or /take in a topic: of fifty presses one wins, the others see who. */
export const take = async (ctx: Ctx): Promise<void> => {
  const appeal = await appealHere(ctx)
  const operator = appeal && (await allowed(ctx, 'take', appeal))
  if (appeal && operator) await say(ctx, await handoff.take(ctx.house.desk, appeal.id, operator))
}

/** /take in General: the oldest of one's lines. */
export const takeOldest = async (ctx: Ctx): Promise<void> => {
  const operator = await allowed(ctx, 'see-queue')
  if (operator) await say(ctx, await handoff.takeOldest(ctx.house.desk, operator))
}

export const say = async (ctx: Ctx, taken: handoff.Taken): Promise<void> => {
  switch (taken.status) {
    case 'taken':
    case 'already-yours':
      return await sayYours(ctx, taken.appeal)
    case 'taken-by-other':
      return await tell(ctx, 'desk.not_free', { operator: taken.by })
    case 'closed':
      return await tell(ctx, 'desk.no.closed')
    case 'full':
      return await tell(ctx, 'people.full', { most: taken.most })
    case 'away':
      return await tell(ctx, `people.away.${taken.presence}`)
    case 'nothing-waits':
      return await tell(ctx, 'desk.nothing_waits')
  }
}

/** After a press the card says it. */
const sayYours = async (ctx: Ctx, appeal: Appeal): Promise<void> => {
  if (ctx.callbackQuery) return await answerPress(ctx)
  const number = showNumber(appeal.number)
  if (ctx.appealId !== null) return await tell(ctx, 'desk.taken', { number })
  await send(ctx, { html: ctx.t('desk.taken_elsewhere', { number }), rows: await linkTo(ctx, appeal.id) })
}
