import { sendWeek } from '../../desk/stats/send.ts'
import { today } from '../../desk/stats/week.ts'
import type { Ctx } from '../context.ts'
import { allowed } from './actor.ts'

/** /stats, for seniors: the last seven days as a picture, the same in words, and as a table. */
export const showStats = async (ctx: Ctx): Promise<void> => {
  if (!(await allowed(ctx, 'see-stats'))) return
  const { desk } = ctx.house
  const chat = ctx.chat?.id ?? 0
  await desk.db.transaction((tx) => sendWeek(tx, desk, { chat, key: `stats:${ctx.key}`, last: today(desk) }))
}
