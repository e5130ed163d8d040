import { showNumber } from '../../desk/appeal-number.ts'
import * as queue from '../../desk/queue.ts'
import type { Ctx } from '../context.ts'
import { answerPress, show } from '../show.ts'
import { topicUrls } from '../topic-url.ts'
import { span } from '../words.ts'
import { allowed } from './actor.ts'
import { PAGE, pager } from './pages.ts'

type Row = { id: number; number: string; line: string; since?: Date }

/** /queue: who waits, longest first, and how each line stands; a touch on a line opens its topic. */
export const showQueue = async (ctx: Ctx, page = 0): Promise<void> => {
  const operator = await allowed(ctx, 'see-queue')
  if (!operator) return
  await answerPress(ctx)
  const { desk } = ctx.house
  const [waiting, loads, mine] = await Promise.all([
    queue.waiting(desk, { from: page * PAGE, most: PAGE + 1 }),
    queue.loads(desk),
    queue.inHand(desk, operator.id, { from: 0, most: PAGE }),
  ])
  const lines = [
    ctx.t('queue.head', { count: loads.reduce((sum, one) => sum + one.waiting, 0) }),
    ...(await rowsOf(ctx, waiting.slice(0, PAGE))),
    '',
    ...loads.map((one) =>
      ctx.t('queue.line', { line: ctx.t(`line.${one.line}`), waiting: one.waiting, in_hand: one.inHand }),
    ),
    ...(mine.length > 0 ? ['', ctx.t('queue.mine'), ...(await rowsOf(ctx, mine))] : []),
  ]
  const rows = pager(ctx, { page, more: waiting.length > PAGE, to: (to) => ({ verb: 'list', of: 'queue', page: to }) })
  await show(ctx, { html: lines.join('\n'), rows })
}

/** /mine: what one has in hand, oldest first. */
export const showMine = async (ctx: Ctx, page = 0): Promise<void> => {
  const operator = await allowed(ctx, 'see-queue')
  if (!operator) return
  await answerPress(ctx)
  const mine = await queue.inHand(ctx.house.desk, operator.id, { from: page * PAGE, most: PAGE + 1 })
  if (mine.length === 0 && page === 0) return await show(ctx, { html: ctx.t('queue.mine_none') })
  const lines = [ctx.t('queue.mine'), ...(await rowsOf(ctx, mine.slice(0, PAGE)))]
  const rows = pager(ctx, { page, more: mine.length > PAGE, to: (to) => ({ verb: 'list', of: 'mine', page: to }) })
  await show(ctx, { html: lines.join('\n'), rows })
}

const rowsOf = async (ctx: Ctx, list: Row[]): Promise<string[]> => {
  const urls = await topicUrls(
    ctx.house.desk,
    list.map(({ id }) => id),
  )
  return list.map(({ id, number, line, since }) => {
    const waited = since ? [span(since, new Date(), (key, vars) => ctx.t(key, vars))] : []
    const words = [showNumber(number), ctx.t(`line.${line}`), ...waited].join(' · ')
    const url = urls.get(id)
    return url ? `<a href="${url}">${words}</a>` : words
  })
}
