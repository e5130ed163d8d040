import * as operators from '../../desk/operators.ts'
import { retryQuarantined } from '../../mail/inbox.ts'
import type { Ctx } from '../context.ts'
import { answerPress, say, show } from '../show.ts'
import { admin, noted } from './actor.ts'

/** One button makes somebody who was seen in the group an operator. */
export const approve = async (ctx: Ctx, person: number): Promise<void> => {
  const by = await admin(ctx, 'approve')
  if (!by) return
  const operator = await operators.approve(ctx.house.desk, person, by.id)
  if (!operator) return await answerPress(ctx, ctx.t('desk.stale'))
  await answerPress(ctx)
  await show(ctx, { html: ctx.t('desk.approved', { name: operator.name }) })
}

/** /retry: what was set aside is tried again. */
export const retry = async (ctx: Ctx): Promise<void> => {
  const by = await admin(ctx, 'retry')
  if (!by) return
  await noted(ctx, by.id, 'retry')
  await say(ctx, { html: ctx.t('desk.retried', { count: await retryQuarantined(ctx.house.desk.db) }) })
}
