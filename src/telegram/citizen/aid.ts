import type { InlineKeyboardButton } from 'grammy/types'
import * as aid from '../../desk/first-aid.ts'
import { type Button, button } from '../buttons.ts'
import type { Ctx } from '../context.ts'
import { wayOut } from '../keyboards.ts'
import { answerPress, type Screen, show } from '../show.ts'

/** First aid: what has happened? One tap leads to the steps. */
export const openAid = async (ctx: Ctx): Promise<void> => {
  const rows = aid.MISHAPS.map((mishap) => [
    button(ctx.t(`aid.${mishap}.name`), { verb: 'aid', deed: 'show', mishap, step: 0 }),
  ])
  await show(ctx, { html: ctx.t('aid.ask'), rows: [...rows, wayOut(ctx.house.desk.texts(), ctx.lang, back(ctx))] })
}

/** The ordered steps of one case; ticks are kept, so that they are still there after a restart. */
export const firstAid = async (ctx: Ctx, pressed: Extract<Button, { verb: 'aid' }>): Promise<void> => {
  const { desk } = ctx.house
  await answerPress(ctx)
  const { mishap, step, deed } = pressed
  if (!aid.isMishap(mishap)) return await openAid(ctx)
  const change = deed === 'untick' ? aid.untick : aid.tick
  await change(desk, ctx.citizen.id, { mishap, step })
  await show(ctx, await stepsScreen(ctx, mishap))
}

const stepsScreen = async (ctx: Ctx, mishap: aid.Mishap): Promise<Screen> => {
  const { desk } = ctx.house
  const steps = aid.stepsOf(desk.texts(), ctx.lang, mishap)
  const done = await aid.ticked(desk, ctx.citizen.id, mishap)
  const lines = steps.map((step, n) => (done.has(n + 1) ? `✓ <s>${step}</s>` : `<b>${n + 1}.</b> ${step}`))
  const all = done.size >= steps.length ? `\n\n${ctx.t('aid.all_done')}` : ''
  const ticks = steps.map((_, n): InlineKeyboardButton => {
    const isDone = done.has(n + 1)
    const label = ctx.t(isDone ? 'aid.undo' : 'aid.done', { step: n + 1 })
    return button(label, { verb: 'aid', deed: isDone ? 'untick' : 'tick', mishap, step: n + 1 })
  })
  return {
    html: `<b>${ctx.t(`aid.${mishap}.name`)}</b>\n\n${ctx.t('aid.calm')}\n\n${lines.join('\n\n')}${all}\n\n${ctx.t('aid.last')}`,
    rows: [
      ...inRows(ticks, 2),
      [button(ctx.t('button.report_fraud'), { verb: 'go', to: 'report' })],
      wayOut(desk.texts(), ctx.lang, button(ctx.t('button.back'), { verb: 'go', to: 'aid' })),
    ],
  }
}

const inRows = <T>(all: T[], most: number): T[][] =>
  Array.from({ length: Math.ceil(all.length / most) }, (_, n) => all.slice(n * most, n * most + most))

const back = (ctx: Ctx) => button(ctx.t('button.back'), { verb: 'fraud' })
