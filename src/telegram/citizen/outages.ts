import type { InlineKeyboardButton } from 'grammy/types'
import type { Outage } from '../../desk/outages.ts'
import * as outages from '../../desk/outages.ts'
import { button } from '../buttons.ts'
import type { Ctx } from '../context.ts'
import { wayOut } from '../keyboards.ts'
import { banner } from '../outage-words.ts'
import { answerPress, say } from '../show.ts'

/** What stands above a screen while something does not work; empty when all is well. */
export type Above = { html: string; rows: InlineKeyboardButton[][] }

export const overEntry = (ctx: Ctx, entry: { id: string; line: string }): Above =>
  above(ctx, outages.over(ctx.house.outages(), entry))

/** Above a choice of answers: whatever is out for any of them, once. */
export const overEntries = (ctx: Ctx, ids: string[]): Above => {
  const entries = ids.flatMap((id) => ctx.house.desk.texts().entry(ctx.lang, id) ?? [])
  const all = ctx.house.outages()
  return above(
    ctx,
    all.filter((one) => entries.some((entry) => outages.over([one], entry).length > 0)),
  )
}

/** Before somebody reports a fault: it may be known already. */
export const tellOutages = async (ctx: Ctx): Promise<void> => {
  const { html, rows } = above(ctx, [...ctx.house.outages()])
  if (html === '') return
  await say(ctx, {
    html: `${html}${ctx.t('outage.before_report')}`,
    rows: [...rows, wayOut(ctx.house.desk.texts(), ctx.lang)],
  })
}

/** «Сообщите, когда заработает»: once, however often it is pressed. */
export const noteOutage = async (ctx: Ctx, id: number): Promise<void> => {
  const { desk } = ctx.house
  await answerPress(ctx)
  const noted = await outages.tellWhenOver(desk, id, ctx.citizen.id)
  await say(ctx, { html: ctx.t(`outage.${noted}`), rows: [wayOut(desk.texts(), ctx.lang)] })
}

const above = (ctx: Ctx, out: Outage[]): Above => {
  const texts = ctx.house.desk.texts()
  const one = out.length === 1
  return {
    html: out.map((outage) => `${banner(texts, ctx.lang, outage)}\n\n`).join(''),
    rows: out.map((outage, n) => [
      button(one ? ctx.t('button.tell_me') : ctx.t('button.tell_me_nth', { n: n + 1 }), {
        verb: 'tell',
        outage: outage.id,
      }),
    ]),
  }
}
