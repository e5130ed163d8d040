import type { NextFunction } from 'grammy'
import { examine, isPasted, type Opinion, type Thing } from '../../desk/checking.ts'
import { shorten, textOf } from '../../desk/content.ts'
import * as drafts from '../../desk/drafts.ts'
import { isLaterPart } from '../album.ts'
import { button } from '../buttons.ts'
import { clean, saidIn } from '../content.ts'
import type { Ctx } from '../context.ts'
import { wayOut } from '../keyboards.ts'
import { say } from '../show.ts'

/** /check: with something behind it that is judged at once, else what is sent next is. */
export const openCheck = async (ctx: Ctx): Promise<void> => {
  const { desk } = ctx.house
  const given = typeof ctx.match === 'string' && !ctx.callbackQuery ? clean(ctx.match).trim() : ''
  if (given !== '') return await tellOpinion(ctx, examine(desk, given))
  const draft = await drafts.begin(desk, ctx.citizen.id, { flow: 'check' })
  await drafts.setState(desk, draft.id, 'open')
  await say(ctx, { html: ctx.t('check.ask'), rows: [wayOut(desk.texts(), ctx.lang)] })
}

/** What was asked for by /check. It is judged in memory and kept nowhere. */
export const answerCheck = async (ctx: Ctx, next: NextFunction): Promise<void> => {
  const { desk } = ctx.house
  const draft = ctx.citizen.inForm ? await drafts.asking(desk, ctx.citizen.id) : null
  if (draft?.flow !== 'check' || !ctx.msg) return await next()
  await drafts.setState(desk, draft.id, 'dropped')
  const { content } = saidIn(ctx.msg)
  if (textOf(content).trim() === '') return void (await say(ctx, { html: ctx.t('check.no_words'), rows: rowsOf(ctx) }))
  await tellOpinion(ctx, examine(desk, textOf(content), content.entities))
}

/** A citizen pastes a link, a number or a fraudster's words, or forwards a message: it is judged without being asked. */
export const checkPasted = async (ctx: Ctx): Promise<boolean> => {
  if (!ctx.msg || isLaterPart(ctx)) return false
  const { content } = saidIn(ctx.msg)
  const text = textOf(content)
  if (text.trim() === '') return false
  const opinion = examine(ctx.house.desk, text, content.entities)
  if (!isPasted(opinion) && !(ctx.msg.forward_origin && !ctx.msg.is_automatic_forward)) return false
  await tellOpinion(ctx, opinion)
  return true
}

const tellOpinion = async (ctx: Ctx, opinion: Opinion): Promise<void> => {
  const things = opinion.things.map((thing) => aboutThing(ctx, thing))
  const words = opinion.bare ? [] : [aboutText(ctx, opinion)]
  const nothing = things.length + words.length === 0 ? [ctx.t('check.unreadable')] : []
  await say(ctx, { html: [...words, ...things, ...nothing, ctx.t('check.never')].join('\n\n'), rows: rowsOf(ctx) })
}

/** In monospace, because a messenger makes a link of what stands in plain text. */
const aboutThing = (ctx: Ctx, { kind, shown, verdict, why }: Thing): string => {
  const what = shorten(shown.replace(/[\p{Cf}\p{Cc}]/gu, '·'), 100)
  if (verdict !== 'imitates') return ctx.t(`check.${verdict}_${kind}`, { what })
  return ctx.t('check.imitates', { what, why: ctx.t(`check.why.${why || 'alike_letters'}`) })
}

const aboutText = (ctx: Ctx, { verdict, signs }: Opinion): string => {
  const found = new Map<string, string[]>()
  for (const { sign, sentence } of signs)
    found.set(sentence, [...(found.get(sentence) ?? []), ctx.t(`check.sign.${sign}`)])
  const lines = [...found]
    .slice(0, 4)
    .map(([sentence, what]) =>
      ctx.t('check.found', { sentence: shorten(sentence, 140), what: what.slice(0, 3).join(', ') }),
    )
  return [ctx.t(`check.${verdict}`), ...(verdict === 'clean' ? [] : lines)].join('\n')
}

const rowsOf = (ctx: Ctx) => [
  [button(ctx.t('button.aid'), { verb: 'go', to: 'aid' })],
  [button(ctx.t('button.report_fraud'), { verb: 'go', to: 'report' })],
  wayOut(ctx.house.desk.texts(), ctx.lang),
]
