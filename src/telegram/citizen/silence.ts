import { showNumber } from '../../desk/appeal-number.ts'
import * as appeals from '../../desk/appeals.ts'
import { authorize } from '../../desk/authorize.ts'
import * as citizens from '../../desk/citizens.ts'
import { solved, stillNeeded } from '../../desk/lapsing.ts'
import type { Button } from '../buttons.ts'
import type { Ctx } from '../context.ts'
import { wayOut } from '../keyboards.ts'
import { answerPress, show } from '../show.ts'
import { unknownNumber } from './appeals.ts'

/** After a nudge: «Вопрос решён» closes, «Нужна ещё помощь» is a word and ends the silence. */
export const sayWhetherSolved = async (ctx: Ctx, press: Extract<Button, { verb: 'solved' }>): Promise<void> => {
  const { desk } = ctx.house
  const appeal = await appeals.byId(desk, press.appeal)
  const actor = { kind: 'citizen', id: ctx.citizen.id } as const
  if (!appeal || !authorize(actor, 'read-own', appeal).allowed) {
    await answerPress(ctx)
    return await unknownNumber(ctx)
  }
  if (!authorize(actor, 'write-own', appeal).allowed) return await answerPress(ctx, ctx.t('wait.over'))
  await answerPress(ctx)
  if (press.solved) await solved(desk, appeal)
  else {
    await stillNeeded(desk, appeal, ctx.key)
    await citizens.setCurrent(desk, ctx.citizen.id, appeal.id)
  }
  const html = ctx.t(press.solved ? 'silence.glad' : 'silence.go_on', { number: showNumber(appeal.number) })
  await show(ctx, { html, rows: [wayOut(desk.texts(), ctx.lang)] })
}
