import * as again from '../../desk/again.ts'
import * as appeals from '../../desk/appeals.ts'
import type { Part } from '../../desk/letters.ts'
import * as messages from '../../desk/messages.ts'
import type { Ctx } from '../context.ts'
import { answerPress, show } from '../show.ts'
import { allowed, tell } from './actor.ts'

/** «Попробовать снова» under an answer that was not delivered. Whoever has the appeal now may press it, and it counts once. */
export const tryAgain = async (ctx: Ctx, asked: { message: number; row: number; part: Part }): Promise<void> => {
  const { desk } = ctx.house
  const message = await messages.byId(desk, asked.message)
  const appeal = message && (await appeals.byId(desk, message.appealId))
  // The destination is the topic's appeal; a button that names another one is not ours.
  if (!message || !appeal || appeal.id !== ctx.appealId) return await tell(ctx, 'desk.stale')
  if (!(await allowed(ctx, 'answer', appeal))) return
  if (message.state !== 'relayed') return await tell(ctx, 'desk.stale')
  const outcome = await again.tryAgain(desk, appeal, { ...asked, message })
  if (outcome === 'already') return await answerPress(ctx, ctx.t('talk.again_already'))
  await answerPress(ctx)
  await show(ctx, { html: ctx.t('talk.again') })
}
