import type { Appeal } from '../../desk/appeals.ts'
import { toTopic } from '../../desk/letters.ts'
import type { Ctx } from '../context.ts'
import { answerPress } from '../show.ts'
import { allowed } from './actor.ts'

/** «Подробнее»: the whole of what the card shortens, as messages in the topic. */
export const more = async (ctx: Ctx, appeal: Appeal): Promise<void> => {
  const { desk } = ctx.house
  if (!(await allowed(ctx, 'note', appeal))) return
  await toTopic(desk.db, desk, appeal.id, [{ key: `more:${ctx.key}`, letter: { type: 'more', appeal: appeal.id } }])
  await answerPress(ctx)
}
