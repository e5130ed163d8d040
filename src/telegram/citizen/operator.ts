import { showNumber } from '../../desk/appeal-number.ts'
import * as appeals from '../../desk/appeals.ts'
import * as trail from '../../desk/trail.ts'
import { button } from '../buttons.ts'
import type { Ctx } from '../context.ts'
import { wayOut } from '../keyboards.ts'
import { answerPress, say } from '../show.ts'
import { enterFlow, leaveForms } from './form.ts'

/** The first wish for a person counts. Who already has an open matter with one is asked which it is about. */
export const askPerson = async (ctx: Ctx, entry?: string): Promise<void> => {
  const { desk } = ctx.house
  await answerPress(ctx)
  if (entry) await trail.seen(desk, { citizen: ctx.citizen.id, key: `${ctx.key}:ask`, entry })
  const current = ctx.citizen.currentAppeal === null ? null : await appeals.byId(desk, ctx.citizen.currentAppeal)
  if (!current || !appeals.isOpen(current)) return await enterFlow(ctx, 'operator')
  await leaveForms(ctx)
  const number = showNumber(current.number)
  await say(ctx, {
    html: ctx.t('operator.already', { number }),
    rows: [
      [button(ctx.t('button.write_number', { number }), { verb: 'write', appeal: current.id })],
      [button(ctx.t('button.new_matter'), { verb: 'matter' })],
      wayOut(desk.texts(), ctx.lang),
    ],
  })
}

export const contest = async (ctx: Ctx): Promise<void> => {
  await answerPress(ctx)
  await say(ctx, { html: ctx.t('contest.explain'), rows: [wayOut(ctx.house.desk.texts(), ctx.lang)] })
  await enterFlow(ctx, 'contest')
}
