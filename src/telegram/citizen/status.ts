import { button } from '../buttons.ts'
import type { Ctx } from '../context.ts'
import { wayOut } from '../keyboards.ts'
import { show } from '../show.ts'
import { listScreen } from './appeals.ts'

/** Which status? What was sent here is known; what was filed on the portal is not, and nobody here pretends to know. */
export const askStatus = async (ctx: Ctx): Promise<void> => {
  await show(ctx, {
    html: ctx.t('where.ask'),
    rows: [
      [button(ctx.t('button.status_here'), { verb: 'go', to: 'status_here' })],
      [button(ctx.t('button.status_portal'), { verb: 'go', to: 'status_portal' })],
      wayOut(ctx.house.desk.texts(), ctx.lang),
    ],
  })
}

/** The four statuses, and the citizen's own appeals with their numbers. */
export const statusHere = async (ctx: Ctx): Promise<void> => {
  const list = await listScreen(ctx)
  await show(ctx, { html: `${ctx.t('where.here')}\n\n${list.html}`, rows: list.rows })
}

export const statusOnPortal = async (ctx: Ctx): Promise<void> => {
  const texts = ctx.house.desk.texts()
  const near = ['status.notifications', 'status.meaning'].flatMap((id) => texts.entry(ctx.lang, id) ?? [])
  await show(ctx, {
    html: ctx.t('where.portal'),
    rows: [
      ...near.map(({ id, title }) => [button(title, { verb: 'entry', id })]),
      wayOut(texts, ctx.lang, button(ctx.t('button.back'), { verb: 'go', to: 'status' })),
    ],
  })
}
