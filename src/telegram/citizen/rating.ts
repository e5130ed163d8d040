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
  if (!appeal || !authorize({ kind: 'citizen', id: ctx.citizen.id }, 'rate', appeal).allowed) {
    return await answerPress(ctx, ctx.t('rating.gone'))
  }
  const done = await closing.rate(desk, rating)
  await answerPress(ctx)
  await show(ctx, {
    html: ctx.t(done === 'rated' ? 'rating.thanks' : 'rating.already', { score: rating.score }),
    rows: [wayOut(desk.texts(), ctx.lang)],
  })
  if (done === 'rated') await enterFlow(ctx, 'word', appeal.id)
}
