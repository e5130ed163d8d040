import type { InlineKeyboardButton } from 'grammy/types'
import { type Button, button } from '../buttons.ts'
import type { Ctx } from '../context.ts'

/** Lists are read by the page; this is how many lines a page has. */
export const PAGE = 10

type Pages = { page: number; more: boolean; to: (page: number) => Button }

/** Back and forth; nothing where there is one page only. */
export const pager = (ctx: Ctx, { page, more, to }: Pages): InlineKeyboardButton[][] => {
  const row = [
    ...(page > 0 ? [button(ctx.t('button.page_back'), to(page - 1))] : []),
    ...(more ? [button(ctx.t('button.page_on'), to(page + 1))] : []),
  ]
  return row.length > 0 ? [row] : []
}
