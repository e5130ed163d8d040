import { readNumber, showNumber } from '../../desk/appeal-number.ts'
import * as appeals from '../../desk/appeals.ts'
import { auditNow } from '../../desk/audit.ts'
import * as queue from '../../desk/queue.ts'
import type { Ctx } from '../context.ts'
import { say } from '../show.ts'
import { topicUrls } from '../topic-url.ts'
import { clock, span } from '../words.ts'
import { allowed, tell } from './actor.ts'
import { linkTo } from './link.ts'

/** /queue: who waits, longest first, and how each line stands; a touch on a line opens its topic. */
export const showQueue = async (ctx: Ctx): Promise<void> => {
  const operator = await allowed(ctx, 'see-queue')
  if (!operator) return
  const { desk } = ctx.house
  const [waiting, loads, mine] = await Promise.all([
    queue.waiting(desk),
    queue.loads(desk),
    queue.inHand(desk, operator.id),
  ])
  const urls = await topicUrls(
    desk,
    [...waiting, ...mine].map(({ id }) => id),
  )
  const row = (one: { id: number; number: string; line: string }, rest: string[]) => {
    const words = [showNumber(one.number), ctx.t(`line.${one.line}`), ...rest].join(' · ')
    const url = urls.get(one.id)
    return url ? `<a href="${url}">${words}</a>` : words
  }
  const lines = [
    ctx.t('queue.head', { count: loads.reduce((sum, one) => sum + one.waiting, 0) }),
    ...waiting.map((one) => row(one, [span(one.since, new Date(), (key, vars) => ctx.t(key, vars))])),
    '',
    ...loads.map((one) =>
      ctx.t('queue.line', { line: ctx.t(`line.${one.line}`), waiting: one.waiting, in_hand: one.inHand }),
    ),
    ...(mine.length > 0 ? ['', ctx.t('queue.mine'), ...mine.map((one) => row(one, []))] : []),
  ]
  await say(ctx, { html: lines.join('\n') })
}

/** /find by number: where it stands and where its topic is. */
export const find = async (ctx: Ctx, wanted: string): Promise<void> => {
  const by = await allowed(ctx, 'find')
  if (!by) return
  const number = readNumber(wanted)
  const appeal = number === null ? null : await appeals.byNumber(ctx.house.desk, number)
  if (number === null) return await tell(ctx, 'find.how')
  await auditNow(ctx.house.desk, {
    key: `search:${ctx.key}`,
    actor: { kind: 'operator', id: by.id },
    action: 'search',
    ...(appeal ? { appeal: appeal.id, citizen: appeal.citizenId } : {}),
    data: { by: 'number', found: appeal ? 1 : 0 },
  })
  if (!appeal) return await tell(ctx, 'find.none', { number: showNumber(number) })
  await say(ctx, {
    html: ctx.t('find.one', {
      number: showNumber(appeal.number),
      line: ctx.t(`line.${appeal.line}`),
      status: ctx.t(`status.name.${appeal.status}`),
      at: clock(appeal.openedAt, ctx.lang),
    }),
    rows: await linkTo(ctx, appeal.id),
  })
}

export const help = async (ctx: Ctx): Promise<void> => {
  const admin = ctx.operator?.roles.includes('admin') ? [ctx.t('help.admin')] : []
  const senior = ctx.operator?.roles.some((role) => role !== 'operator') ? [ctx.t('help.bans')] : []
  await say(ctx, { html: [ctx.t('help.operator'), ctx.t('talk.help'), ...senior, ...admin].join('\n\n') })
}
