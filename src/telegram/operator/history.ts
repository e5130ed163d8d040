import { readNumber, showNumber } from '../../desk/appeal-number.ts'
import type { Appeal } from '../../desk/appeals.ts'
import * as appeals from '../../desk/appeals.ts'
import { auditNow } from '../../desk/audit.ts'
import * as history from '../../desk/history.ts'
import type { Ctx } from '../context.ts'
import { answerPress, show } from '../show.ts'
import { clock } from '../words.ts'
import { allowed, tell } from './actor.ts'
import { PAGE, pager } from './pages.ts'

/** /history, in a topic or with a number: everything that happened to an appeal, with who and when. */
export const showHistory = async (ctx: Ctx, wanted: string): Promise<void> => {
  const { desk } = ctx.house
  const number = readNumber(wanted)
  const appeal =
    number !== null
      ? await appeals.byNumber(desk, number)
      : ctx.appealId === null
        ? null
        : await appeals.byId(desk, ctx.appealId)
  // Whom a complaint is about reads the words for a number that nobody has.
  if (!appeal || (number !== null && isAbout(ctx, appeal)))
    return await tell(ctx, number === null ? 'history.how' : 'find.none', { number: showNumber(number ?? '') })
  await showPage(ctx, appeal, 0)
}

export const turnHistory = async (ctx: Ctx, id: number, page: number): Promise<void> => {
  const appeal = await appeals.byId(ctx.house.desk, id)
  if (!appeal || isAbout(ctx, appeal)) return await answerPress(ctx, ctx.t('press.unknown'))
  await showPage(ctx, appeal, page)
}

const isAbout = (ctx: Ctx, { barredId }: Appeal): boolean => barredId !== null && barredId === ctx.operator?.id

const showPage = async (ctx: Ctx, appeal: Appeal, page: number): Promise<void> => {
  const { desk } = ctx.house
  const by = await allowed(ctx, 'find', appeal)
  if (!by) return
  await auditNow(desk, {
    key: `look:${ctx.key}`,
    actor: { kind: 'operator', id: by.id },
    action: 'look',
    appeal: appeal.id,
    citizen: appeal.citizenId,
    data: { at: 'history' },
  })
  await answerPress(ctx)
  const { happened, more } = await history.page(desk, appeal, { from: page * PAGE, most: PAGE })
  const lines = happened.map((one) =>
    ctx.t('history.row', { at: clock(one.at, ctx.lang), what: whatOf(ctx, one), who: whoOf(ctx, one) }),
  )
  const rows = pager(ctx, { page, more, to: (to) => ({ verb: 'history', appeal: appeal.id, page: to }) })
  await show(ctx, { html: [ctx.t('history.head', { number: showNumber(appeal.number) }), ...lines].join('\n'), rows })
}

const whoOf = (ctx: Ctx, { who, name }: history.Happened): string => name ?? ctx.t(`history.who.${who}`)

/** What a later release has learnt to write down is shown by its own name, rather than not at all. */
const whatOf = (ctx: Ctx, { kind, line }: history.Happened): string => {
  const texts = ctx.house.desk.texts()
  const words = texts.has(ctx.lang, `history.kind.${kind}`) ? ctx.t(`history.kind.${kind}`) : kind.replaceAll('_', ' ')
  return line && texts.has(ctx.lang, `line.${line}`) ? `${words}: ${ctx.t(`line.${line}`)}` : words
}
