import { auditNow } from '../../desk/audit.ts'
import * as desks from '../../desk/desks.ts'
import * as operators from '../../desk/operators.ts'
import { retryQuarantined } from '../../mail/inbox.ts'
import type { Ctx } from '../context.ts'
import { setCommands } from '../lead.ts'
import { lacks } from '../rights.ts'
import { answerPress, say, show } from '../show.ts'
import { admin } from './actor.ts'

/** /desk in a forum group: this group works for the desk from now on, if everything it needs is there. */
export const registerDesk = async (ctx: Ctx): Promise<void> => {
  const by = ctx.chat && (await admin(ctx, 'register-desk'))
  if (!ctx.chat || !by) return
  const missing = await lacks(ctx.api, ctx.chat.id, ctx.me.id)
  if (missing.length > 0) {
    return void (await say(ctx, {
      html: [ctx.t('desk.lacks'), ...missing.map((lack) => `– ${ctx.t(`lack.${lack}`)}`)].join('\n'),
    }))
  }
  await desks.register(ctx.house.desk, ctx.chat.id, ctx.chat.title ?? '')
  await noted(ctx, by.id, 'register_desk')
  await setCommands({ api: ctx.api, desk: ctx.house.desk })
  await say(ctx, { html: ctx.t('desk.registered') })
}

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

const noted = (ctx: Ctx, by: number, action: 'retry' | 'register_desk') =>
  auditNow(ctx.house.desk, { key: `${action}:${ctx.key}`, actor: { kind: 'operator', id: by }, action })
