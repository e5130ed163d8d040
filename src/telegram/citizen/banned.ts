import * as appeals from '../../desk/appeals.ts'
import { button } from '../buttons.ts'
import { clean } from '../content.ts'
import type { Ctx } from '../context.ts'
import { answerPress, say } from '../show.ts'
import { untilDate } from '../words.ts'
import { checkPasted } from './check.ts'
import { entryScreen } from './questions.ts'

/** Why, until when, and how to object. Whoever is banned in silence reads only that it is not passed on. */
export const tellBanned = async (ctx: Ctx): Promise<void> => {
  await answerPress(ctx)
  const { ban } = ctx
  if (!ban) return
  const until = ban.until ? untilDate(ban.until, ctx.lang) : ''
  const told = ban.until ? 'ban.until' : 'ban.forever'
  const html = ban.shadow ? ctx.t('ban.not_passed') : ctx.t(told, { reason: ban.reason, until })
  await say(ctx, {
    html,
    rows: [
      [button(ctx.t('button.sections'), { verb: 'sections' })],
      [button(ctx.t('menu.fraud'), { verb: 'fraud' })],
      [button(ctx.t('button.menu'), { verb: 'menu' })],
    ],
  })
}

/** A typed question is answered from the FAQ, and nobody keeps it; everything else is told that it is not passed on. */
export const answerBanned = async (ctx: Ctx): Promise<void> => {
  const found = ctx.house.finder().find(clean(ctx.msg?.text ?? ''))
  const best = found.verdict === 'answer' ? found.entries[0]?.id : undefined
  const screen = best && !(await isTalking(ctx)) ? entryScreen(ctx, best) : null
  if (screen) await say(ctx, screen)
  else await refuse(ctx)
}

/** What would have gone to an operator. Whoever is banned in silence gets no answer to it, as to any word in a talk. */
export const refuse = async (ctx: Ctx): Promise<void> => {
  if (!ctx.ban?.shadow || !(await isTalking(ctx))) await tellBanned(ctx)
}

/** What is pasted is judged for the banned too; only into a talk that was ended in silence no answer comes. */
export const judgePasted = async (ctx: Ctx): Promise<boolean> =>
  !(ctx.ban?.shadow && (await isTalking(ctx))) && (await checkPasted(ctx))

const isTalking = async (ctx: Ctx): Promise<boolean> => {
  const { currentAppeal } = ctx.citizen
  if (currentAppeal === null) return false
  const appeal = await appeals.byId(ctx.house.desk, currentAppeal)
  return appeal !== null && appeals.isOpen(appeal)
}
