import * as appeals from '../../desk/appeals.ts'
import { authorize } from '../../desk/authorize.ts'
import * as closing from '../../desk/closing.ts'
import type { Ctx } from '../context.ts'
import { wayOut } from '../keyboards.ts'
import { answerPress, show } from '../show.ts'
import { enterFlow } from './form.ts'

/** 1–5 about this dialogue, once, and a word if one likes. */
export const rate = async (ctx: Ctx, rating: closing.Rating): Promise<void> => {
  const { desk } = ctx.house
  const appeal = await appeals.byId(desk, rating.appeal)
  const actor = { kind: 'citizen', id: ctx.citizen.id } as const
  if (!appeal || !authorize(actor, 'read-own', appeal).allowed) return await answerPress(ctx, ctx.t('press.unknown'))
  // The buttons of a closing before the last one are no longer about anything.
  if (!authorize(actor, 'rate', appeal).allowed || rating.closing !== appeal.version) {
    return await answerPress(ctx, ctx.t('rating.gone'))
  }
  const done = await closing.rate(desk, rating)
  await answerPress(ctx)
  const same = done === 'rated' || (await closing.ratingOf(desk, appeal.id)) === rating.score
  await show(ctx, {
    html: ctx.t(same ? 'rating.thanks' : 'rating.already', { score: rating.score }),
    rows: [wayOut(desk.texts(), ctx.lang)],
  })
  if (done === 'rated') await enterFlow(ctx, 'word', appeal.id)
}

/** Nobody has to rate. */
export const leaveUnrated = async (ctx: Ctx): Promise<void> => {
  await answerPress(ctx)
  await show(ctx, { html: ctx.t('rating.left'), rows: [wayOut(ctx.house.desk.texts(), ctx.lang)] })
}
