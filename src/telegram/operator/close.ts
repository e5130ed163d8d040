import { type Appeal, REOPEN_DAYS } from '../../desk/appeals.ts'
import * as asks from '../../desk/asks.ts'
import { authorize } from '../../desk/authorize.ts'
import type { Outcome } from '../../desk/closing.ts'
import * as closing from '../../desk/closing.ts'
import * as held from '../../desk/held.ts'
import type { Operator } from '../../desk/operators.ts'
import * as outgoing from '../../desk/outgoing.ts'
import * as replies from '../../desk/replies.ts'
import { button } from '../buttons.ts'
import { clean, saidIn } from '../content.ts'
import type { Ctx } from '../context.ts'
import { answerPress, say, show } from '../show.ts'
import { allowed, appealHere, tell } from './actor.ts'

/** «Завершить» and «Отклонить»: with the comment the citizen will read; without one it is asked for. */
export const close = async (ctx: Ctx, outcome: Outcome, comment = ''): Promise<void> => {
  const appeal = await appealHere(ctx)
  const operator = appeal && (await allowed(ctx, deedOf(outcome), appeal))
  if (!appeal || !operator) return
  if (comment.trim() !== '') return await end(ctx, appeal, { operator, outcome, comment: clean(comment).trim() })
  await answerPress(ctx)
  await asks.set(ctx.house.desk, appeal.id, operator.id, outcome)
  await say(ctx, {
    html: ctx.t(`desk.ask_comment.${outcome}`),
    rows: [...farewell(ctx, appeal), [button(ctx.t('button.unask'), { verb: 'unask', appeal: appeal.id })]],
  })
}

/**
 * The next plain message of whoever was asked is the comment. False: nothing was asked, or it can no longer be closed by
 * that person – then the message is what it would have been without the question.
 */
export const takeComment = async (ctx: Ctx, appeal: Appeal, operator: Operator): Promise<boolean> => {
  const { desk } = ctx.house
  const comment = clean(ctx.msg?.text ?? '').trim()
  const outcome = comment === '' ? null : await asks.pending(desk, appeal.id, operator.id)
  if (!outcome) return false
  if (!authorize({ kind: 'operator', operator, member: true }, deedOf(outcome), appeal).allowed) return false
  await end(ctx, appeal, { operator, outcome, comment })
  return true
}

/** «Не закрывать»: the next message is an answer again. */
export const unask = async (ctx: Ctx): Promise<void> => {
  const appeal = await appealHere(ctx)
  const operator = appeal && (await allowed(ctx, 'note', appeal))
  if (!appeal || !operator) return
  if (!(await asks.clear(ctx.house.desk, appeal.id, operator.id))) return await tell(ctx, 'desk.not_asked')
  await answerPress(ctx)
  await show(ctx, { html: ctx.t('desk.unasked') })
}

/** Open again by the desk; the topic says so itself. */
export const reopen = async (ctx: Ctx): Promise<void> => {
  const appeal = await appealHere(ctx)
  const operator = appeal && (await allowed(ctx, 'reopen', appeal))
  if (!appeal || !operator) return
  const { status } = await closing.reopen(ctx.house.desk, appeal, { by: operator })
  if (status === 'too-late') return await tell(ctx, 'desk.too_late', { days: REOPEN_DAYS })
  await answerPress(ctx)
}

/** A last word that is ready, for whoever likes to say it before the end. */
const farewell = (ctx: Ctx, { id: appeal }: Appeal) =>
  replies.OFFERED.close
    .filter((id) => replies.isOffered(ctx.house.desk, id))
    .map((id) => [button(ctx.t(`button.offer.${id}`), { verb: 'reply', deed: 'offer', appeal, id })])

const deedOf = (outcome: Outcome) => (outcome === 'completed' ? 'close' : 'reject')

/** What came of it is said by the topic itself, just before it is closed. */
const end = async (ctx: Ctx, appeal: Appeal, how: closing.Closing): Promise<void> => {
  const { desk } = ctx.house
  const content = { kind: 'text', text: how.comment, closing: how.outcome } as const
  const stop = await outgoing.stopped(desk, { appeal, content })
  if (stop && ctx.msg)
    return await held.hold(desk, appeal, { said: { ...saidIn(ctx.msg), content }, operator: how.operator.id, stop })
  const { status } = await closing.close(desk, appeal, how)
  if (status === 'not-open') await tell(ctx, 'desk.no.closed')
}
