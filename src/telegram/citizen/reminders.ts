import type { Appeal } from '../../desk/appeals.ts'
import * as appeals from '../../desk/appeals.ts'
import { authorize } from '../../desk/authorize.ts'
import * as reminders from '../../desk/reminders.ts'
import { type Button, button } from '../buttons.ts'
import type { Ctx } from '../context.ts'
import { remindRows, wayOut } from '../keyboards.ts'
import { answerPress, say } from '../show.ts'
import { day } from '../words.ts'
import { unknownNumber } from './appeals.ts'

/** «Через две недели»: a reminder of the answer to a complaint that was filed elsewhere. */
export const setReminder = async (
  ctx: Ctx,
  { appeal: id, weeks }: Extract<Button, { verb: 'remind' }>,
): Promise<void> => {
  const appeal = await ownAppeal(ctx, id)
  if (!appeal) return
  const at = await reminders.set(ctx.house.desk, appeal, { chat: ctx.citizen.externalId, weeks })
  await say(ctx, {
    html: ctx.t('contest.reminder_set', { date: day(at, ctx.lang) }),
    rows: [wayOut(ctx.house.desk.texts(), ctx.lang)],
  })
}

/** «Ответ пришёл» or «Не пришёл»: what to do next. */
export const answerCame = async (ctx: Ctx, { appeal: id, came }: Extract<Button, { verb: 'came' }>): Promise<void> => {
  const texts = ctx.house.desk.texts()
  const appeal = await ownAppeal(ctx, id)
  if (!appeal) return
  if (came) await reminders.came(ctx.house.desk, appeal)
  const near = came ? ['appeal.higher'] : ['appeal.no_answer', 'appeal.higher']
  await say(ctx, {
    html: ctx.t(came ? 'contest.came' : 'contest.not_came'),
    rows: [
      ...near.flatMap((entry) => {
        const title = texts.entry(ctx.lang, entry)?.title
        return title ? [[button(title, { verb: 'entry', id: entry })]] : []
      }),
      ...(came ? [] : remindRows((key) => ctx.t(key), appeal.id)),
      wayOut(texts, ctx.lang),
    ],
  })
}

const ownAppeal = async (ctx: Ctx, id: number): Promise<Appeal | null> => {
  await answerPress(ctx)
  const appeal = await appeals.byId(ctx.house.desk, id)
  if (appeal && authorize({ kind: 'citizen', id: ctx.citizen.id }, 'read-own', appeal).allowed) return appeal
  await unknownNumber(ctx)
  return null
}
