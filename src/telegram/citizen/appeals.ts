import type { InlineKeyboardButton } from 'grammy/types'
import { showNumber } from '../../desk/appeal-number.ts'
import type { Appeal } from '../../desk/appeals.ts'
import * as appeals from '../../desk/appeals.ts'
import { authorize } from '../../desk/authorize.ts'
import * as citizens from '../../desk/citizens.ts'
import * as closing from '../../desk/closing.ts'
import * as guessing from '../../desk/guessing.ts'
import { button } from '../buttons.ts'
import type { Ctx } from '../context.ts'
import { wayOut } from '../keyboards.ts'
import { answerPress, type Screen, say, show } from '../show.ts'
import { day, shortDay } from '../words.ts'
import { leaveForms } from './form.ts'

const LIST_MOST = 8

/** My appeals: the citizen's own, newest first. */
export const listAppeals = async (ctx: Ctx): Promise<void> => await show(ctx, await listScreen(ctx))

/** The same below a letter that must stay as it is. */
export const tellAppeals = async (ctx: Ctx): Promise<void> => void (await say(ctx, await listScreen(ctx)))

export const openAppeal = async (ctx: Ctx, id: number): Promise<void> => {
  const appeal = await appeals.byId(ctx.house.desk, id)
  const verdict = authorize({ kind: 'citizen', id: ctx.citizen.id }, 'read-own', appeal)
  if (!appeal || !verdict.allowed) return await unknownNumber(ctx)
  await show(ctx, await appealScreen(ctx, appeal))
}

/** A typed number: the citizen's own appeal. False: it is not, whether it exists or not. */
export const openNumber = async (ctx: Ctx, number: string): Promise<boolean> => {
  const appeal = await appeals.ownByNumber(ctx.house.desk, ctx.citizen.id, number)
  if (appeal) await say(ctx, await appealScreen(ctx, appeal))
  return appeal !== null
}

/** The same sentence for a number that is somebody else's and for one that does not exist. */
export const unknownNumber = async (ctx: Ctx): Promise<void> => {
  const many = await guessing.isTooMany(ctx.house.desk, ctx.citizen.id, ctx.key)
  await say(ctx, { html: ctx.t(many ? 'guess.limit' : 'appeals.unknown'), rows: out(ctx) })
}

/** «Написать оператору»: what is written next goes to this appeal; a closed one is opened again. */
export const writeTo = async (ctx: Ctx, id: number): Promise<void> => {
  const { desk } = ctx.house
  await answerPress(ctx)
  await leaveForms(ctx)
  const appeal = await appeals.byId(desk, id)
  const actor = { kind: 'citizen', id: ctx.citizen.id } as const
  if (!appeal || !authorize(actor, 'read-own', appeal).allowed) return await unknownNumber(ctx)
  const number = showNumber(appeal.number)
  if (!appeals.isOpen(appeal)) {
    const { status } = await closing.reopen(desk, appeal, { by: null })
    if (status === 'too-late')
      return void (await say(ctx, {
        html: ctx.t('appeals.too_late', { number, days: appeals.REOPEN_DAYS }),
        rows: out(ctx),
      }))
  }
  await citizens.setCurrent(desk, ctx.citizen.id, appeal.id)
  await say(ctx, { html: ctx.t('appeals.write_now', { number }), rows: out(ctx) })
}

export const listScreen = async (ctx: Ctx): Promise<Screen> => {
  const found = await appeals.ofCitizen(ctx.house.desk, ctx.citizen.id, LIST_MOST + 1)
  const own = found.slice(0, LIST_MOST)
  const rows = own.map((appeal) => [
    button(
      `${showNumber(appeal.number)} · ${ctx.t(`status.name.${appeal.status}`)} · ${shortDay(appeal.openedAt, ctx.lang)}`,
      { verb: 'appeal', appeal: appeal.id },
    ),
  ])
  const list = own.length === 0 ? ctx.t('appeals.none') : ctx.t('appeals.list', { count: own.length })
  const more = found.length > LIST_MOST ? `\n\n${ctx.t('appeals.more')}` : ''
  return { html: `${list}${more}`, rows: [...rows, ...out(ctx)] }
}

const appealScreen = async (ctx: Ctx, appeal: Appeal) => {
  const { desk } = ctx.house
  const number = showNumber(appeal.number)
  const place = await appeals.placeInQueue(desk, appeal)
  const comment = appeal.comment ? await desk.keys.open<string>(appeal.comment) : null
  const lines = [
    ctx.t('appeals.one', {
      number,
      kind: ctx.t(`kind.${appeal.kind}`),
      status: ctx.t(`status.name.${appeal.status}`),
      date: day(appeal.openedAt, ctx.lang),
    }),
    ...(place === null ? [] : [ctx.t('appeals.place', { place })]),
    ...(comment === null ? [] : [ctx.t('appeals.comment', { comment })]),
    ...(appeal.kind === 'contest' ? [ctx.t('contest.not_filed')] : []),
  ]
  return { html: lines.join('\n\n'), rows: appealButtons(ctx, appeal) }
}

const appealButtons = (ctx: Ctx, appeal: Appeal): InlineKeyboardButton[][] => {
  const number = showNumber(appeal.number)
  const writable = appeals.isOpen(appeal) || appeals.canReopen(appeal)
  const label = appeals.isOpen(appeal) ? ctx.t('button.write') : ctx.t('button.reopen')
  return [
    [{ text: ctx.t('button.copy_number'), copy_text: { text: number } }],
    ...(writable ? [[button(label, { verb: 'write', appeal: appeal.id })]] : []),
    [button(ctx.t('button.transcript'), { verb: 'transcript', appeal: appeal.id })],
    wayOut(ctx.house.desk.texts(), ctx.lang, button(ctx.t('button.back'), { verb: 'appeals' })),
  ]
}

const out = (ctx: Ctx): InlineKeyboardButton[][] => [wayOut(ctx.house.desk.texts(), ctx.lang)]
