import { readNumber, showNumber } from '../../desk/appeal-number.ts'
import type { Appeal } from '../../desk/appeals.ts'
import * as appeals from '../../desk/appeals.ts'
import { auditNow } from '../../desk/audit.ts'
import { authorize } from '../../desk/authorize.ts'
import type { Operator } from '../../desk/operators.ts'
import * as search from '../../desk/search.ts'
import type { Ctx } from '../context.ts'
import { answerPress, say, show } from '../show.ts'
import { topicUrls } from '../topic-url.ts'
import { clock } from '../words.ts'
import { allowed, tell } from './actor.ts'
import { linkTo } from './link.ts'
import { PAGE, pager } from './pages.ts'

/** /find: by number, by the last four digits of a phone, or by words. Each search is in the audit, what was looked for is not. */
export const find = async (ctx: Ctx, wanted: string): Promise<void> => {
  const by = await allowed(ctx, 'find')
  if (!by) return
  const number = readNumber(wanted)
  if (number !== null) return await byNumber(ctx, by, number)
  if (/^\d{4}$/.test(wanted)) {
    const found = await search.byDigits(ctx.house.desk, by, wanted)
    return await keepAndShow(ctx, by, { by: 'digits', found, looked: null })
  }
  if (/^[\d\s-]*$/.test(wanted) || search.rootsOf(wanted).length === 0) return await tell(ctx, 'find.how')
  await keepAndShow(ctx, by, { by: 'words', ...(await search.byWords(ctx.house.desk, by, wanted)) })
}

const byNumber = async (ctx: Ctx, by: Operator, number: string): Promise<void> => {
  const { desk } = ctx.house
  const named = await appeals.byNumber(desk, number)
  // Who a complaint is about learns no more of it than that there is no such number.
  const seen = named && authorize({ kind: 'operator', operator: by, member: true }, 'find', named).allowed
  const appeal = seen ? named : null
  await auditNow(desk, {
    key: `search:${ctx.key}`,
    actor: { kind: 'operator', id: by.id },
    action: 'search',
    ...(appeal ? { appeal: appeal.id, citizen: appeal.citizenId } : {}),
    data: { by: 'number', found: appeal ? 1 : 0 },
  })
  if (!appeal) return await tell(ctx, 'find.none', { number: showNumber(number) })
  await say(ctx, {
    html: ctx.t('find.one', wordsOf(ctx, appeal)),
    rows: await linkTo(ctx, appeal.id),
  })
}

const keepAndShow = async (ctx: Ctx, by: Operator, found: Omit<search.Search, 'id' | 'operator'>): Promise<void> => {
  const { desk } = ctx.house
  const kept = await search.keep(desk, { key: ctx.key, operator: by.id, search: found })
  await auditNow(desk, {
    key: `search:${ctx.key}`,
    actor: { kind: 'operator', id: by.id },
    action: 'search',
    data: { by: found.by, found: found.found.length },
  })
  await showFound(ctx, kept, 0)
}

/** A press on a page of what was found: for the one who looked for it. */
export const turnFound = async (ctx: Ctx, id: number, page: number): Promise<void> => {
  const by = await allowed(ctx, 'find')
  if (!by) return
  const kept = await search.kept(ctx.house.desk, id)
  if (!kept) return await answerPress(ctx, ctx.t('find.forgotten'))
  if (kept.operator !== by.id) return await answerPress(ctx, ctx.t('find.not_yours'))
  await answerPress(ctx)
  await showFound(ctx, kept, page)
}

const showFound = async (ctx: Ctx, kept: search.Search, page: number): Promise<void> => {
  const { desk } = ctx.house
  const slice = kept.found.slice(page * PAGE, (page + 1) * PAGE)
  const [shown, urls] = await Promise.all([
    Promise.all(slice.map((id) => appeals.byId(desk, id))),
    topicUrls(desk, slice),
  ])
  const lines = shown
    .filter((appeal) => appeal !== null)
    .map((appeal) => {
      const words = ctx.t('find.row', wordsOf(ctx, appeal))
      const url = urls.get(appeal.id)
      return url ? `<a href="${url}">${words}</a>` : words
    })
  const looked = kept.looked === null ? [] : ['', ctx.t('find.looked', { count: kept.looked })]
  const rows = pager(ctx, {
    page,
    more: kept.found.length > (page + 1) * PAGE,
    to: (to) => ({ verb: 'found', search: kept.id, page: to }),
  })
  await show(ctx, { html: [ctx.t('find.found', { count: kept.found.length }), ...lines, ...looked].join('\n'), rows })
}

const wordsOf = (ctx: Ctx, appeal: Appeal) => ({
  number: showNumber(appeal.number),
  line: ctx.t(`line.${appeal.line}`),
  status: ctx.t(`status.name.${appeal.status}`),
  at: clock(appeal.openedAt, ctx.lang),
})
