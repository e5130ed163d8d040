import * as broadcasts from '../../desk/broadcasts.ts'
import { button } from '../buttons.ts'
import type { Ctx } from '../context.ts'
import { wayOut } from '../keyboards.ts'
import { say } from '../show.ts'

/** Who wants to be told what is new asks for it here; nobody else is ever written to first. */
export const askNews = async (ctx: Ctx): Promise<void> => {
  const { desk } = ctx.house
  await broadcasts.ask(desk, ctx.citizen.id)
  await say(ctx, {
    html: ctx.t('news.on'),
    rows: [[button(ctx.t('button.no_news'), { verb: 'go', to: 'no_news' })], wayOut(desk.texts(), ctx.lang)],
  })
}

export const leaveNews = async (ctx: Ctx): Promise<void> => {
  const { desk } = ctx.house
  await broadcasts.leave(desk, ctx.citizen.id)
  await say(ctx, {
    html: ctx.t('news.off'),
    rows: [[button(ctx.t('button.news'), { verb: 'go', to: 'news' })], wayOut(desk.texts(), ctx.lang)],
  })
}
