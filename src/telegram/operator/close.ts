import { type Appeal, REOPEN_DAYS } from '../../desk/appeals.ts'
import * as asks from '../../desk/asks.ts'
import type { Outcome } from '../../desk/closing.ts'
import * as closing from '../../desk/closing.ts'
import { button } from '../buttons.ts'
import { clean } from '../content.ts'
import type { Ctx } from '../context.ts'
import { answerPress, say } from '../show.ts'
import { allowed, appealHere, tell } from './actor.ts'

/** «Завершить» and «Отклонить»: with the comment the citizen will read; without one it is asked for. */
export const close = async (ctx: Ctx, outcome: Outcome, comment = ''): Promise<void> => {
  const appeal = await appealHere(ctx)
  const operator = appeal && (await allowed(ctx, outcome === 'completed' ? 'close' : 'reject', appeal))
  if (!appeal || !operator) return
  if (comment.trim() !== '') return await end(ctx, appeal, { operator, outcome, comment: clean(comment).trim() })
  await answerPress(ctx)
  await asks.set(ctx.house.desk, appeal.id, operator.id, outcome)
  await say(ctx, {
    html: ctx.t(`desk.ask_comment.${outcome}`),
    rows: [[button(ctx.t('button.unask'), { verb: 'unask', appeal: appeal.id })]],
  })
}

/** The next plain message after the question is the comment. False: nothing was asked. */
export const takeComment = async (ctx: Ctx, appeal: Appeal, text: string): Promise<boolean> => {
  const { desk } = ctx.house
  if (!ctx.operator || text.trim() === '') return false
  const outcome = await asks.pending(desk, appeal.id, ctx.operator.id)
  if (!outcome) return false
  const operator = await allowed(ctx, outcome === 'completed' ? 'close' : 'reject', appeal)
  if (operator) await end(ctx, appeal, { operator, outcome, comment: clean(text).trim() })
  return true
}

/** «Не закрывать»: the next message is an answer again. */
export const unask = async (ctx: Ctx): Promise<void> => {
  const appeal = await appealHere(ctx)
  if (!appeal || !ctx.operator) return
  await asks.clear(ctx.house.desk, appeal.id, ctx.operator.id)
  await tell(ctx, 'desk.unasked')
}

/** Open again by the desk. */
export const reopen = async (ctx: Ctx): Promise<void> => {
  const appeal = await appealHere(ctx)
  const operator = appeal && (await allowed(ctx, 'reopen', appeal))
  if (!appeal || !operator) return
  const { status } = await closing.reopen(ctx.house.desk, appeal, { by: operator })
  await tell(ctx, status === 'open' ? 'desk.reopened' : 'desk.too_late', { days: REOPEN_DAYS })
}

const end = async (ctx: Ctx, appeal: Appeal, how: closing.Closing): Promise<void> => {
  const { desk } = ctx.house
  const { status } = await closing.close(desk, appeal, how)
  await asks.clear(desk, appeal.id, how.operator.id)
  await tell(ctx, status === 'closed' ? `desk.closed.${how.outcome}` : 'desk.no.closed')
}
