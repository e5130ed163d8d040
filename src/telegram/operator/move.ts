import { isLine, LINES } from '../../desk/desk.ts'
import * as handoff from '../../desk/handoff.ts'
import { button } from '../buttons.ts'
import type { Ctx } from '../context.ts'
import { answerPress, say, show } from '../show.ts'
import { allowed, appealHere, tell } from './actor.ts'

/** «Вернуть»: back into the queue of its line. */
export const release = async (ctx: Ctx): Promise<void> => {
  const appeal = await appealHere(ctx)
  const operator = appeal && (await allowed(ctx, 'release', appeal))
  if (!appeal || !operator) return
  const { status } = await handoff.release(ctx.house.desk, appeal, operator)
  if (status !== 'done') return await tell(ctx, 'desk.stale')
  if (ctx.callbackQuery) await answerPress(ctx)
  else await tell(ctx, 'desk.released')
}

/** «Передать»: to another line of work; /transfer takes its name. */
export const transfer = async (ctx: Ctx, line = ''): Promise<void> => {
  const appeal = await appealHere(ctx)
  if (!appeal) return
  const operator = await allowed(ctx, appeal.ownerId === null ? 'take' : 'transfer', appeal)
  if (!operator) return
  const wanted = lineNamed(ctx, line)
  if (wanted) {
    const { status } = await handoff.transfer(ctx.house.desk, appeal, { operator, line: wanted })
    if (status !== 'done') return await tell(ctx, 'desk.stale')
    await answerPress(ctx)
    // After a press the question makes room for what came of it.
    return await show(ctx, { html: ctx.t('desk.transferred', { line: ctx.t(`line.${wanted}`) }) })
  }
  await answerPress(ctx)
  const rows = LINES.filter((one) => one !== appeal.line).map((one) => [
    button(ctx.t(`line.${one}`), { verb: 'line', line: one, appeal: appeal.id, version: appeal.version }),
  ])
  await say(ctx, { html: ctx.t('desk.transfer_where'), rows })
}

const lineNamed = (ctx: Ctx, word: string) => {
  const wanted = word.trim().toLowerCase()
  if (isLine(wanted)) return wanted
  return wanted === '' ? undefined : LINES.find((line) => ctx.t(`line.${line}`).toLowerCase().startsWith(wanted))
}
