import { showNumber } from '../../desk/appeal-number.ts'
import type { Appeal } from '../../desk/appeals.ts'
import * as appeals from '../../desk/appeals.ts'
import { authorize } from '../../desk/authorize.ts'
import { cancel } from '../../desk/cancelling.ts'
import { shorten } from '../../desk/content.ts'
import { look } from '../../desk/look.ts'
import { toReserve } from '../../desk/reserve.ts'
import * as waits from '../../desk/waits.ts'
import { type Button, button, type WaitDeed } from '../buttons.ts'
import type { Ctx } from '../context.ts'
import { wayOut } from '../keyboards.ts'
import { answerPress, say, show } from '../show.ts'
import { waitScreen } from '../wait-screen.ts'
import { unknownNumber } from './appeals.ts'
import { enterPrefilled } from './form.ts'

const MOST_ABOUT = 800

/** What who waits may do about it. */
export const onWaiting = async (ctx: Ctx, { deed, appeal: id }: Extract<Button, { verb: 'wait' }>): Promise<void> => {
  const appeal = await appeals.byId(ctx.house.desk, id)
  const actor = { kind: 'citizen', id: ctx.citizen.id } as const
  if (!appeal || !authorize(actor, 'read-own', appeal).allowed) {
    await answerPress(ctx)
    return await unknownNumber(ctx)
  }
  if (!authorize(actor, 'write-own', appeal).allowed) return await answerPress(ctx, ctx.t('wait.over'))
  await DEEDS[deed](ctx, appeal)
}

const keep = async (ctx: Ctx, appeal: Appeal): Promise<void> => {
  await waits.setMode(ctx.house.desk, appeal.id, 'live')
  await answerPress(ctx)
  await refresh(ctx, appeal)
}

const leave = async (ctx: Ctx, appeal: Appeal): Promise<void> => {
  await waits.setMode(ctx.house.desk, appeal.id, 'left')
  await answerPress(ctx)
  await refresh(ctx, appeal)
}

/** The message itself is shown anew; under another one, whose buttons led here, it is said. */
const refresh = async (ctx: Ctx, appeal: Appeal): Promise<void> => {
  const { desk } = ctx.house
  const [now, wait] = await Promise.all([look(desk, appeal), waits.of(desk, appeal.id)])
  const texts = desk.texts()
  if (ctx.callbackQuery?.message?.message_id === wait?.message)
    return await show(ctx, waitScreen({ texts, lang: ctx.lang }, appeal, now))
  await show(ctx, { html: ctx.t('wait.kept', { number: showNumber(appeal.number) }), rows: [wayOut(texts, ctx.lang)] })
}

/** The form of a call back knows already what it is about; sent, it takes the place of the waiting appeal. */
const call = async (ctx: Ctx, appeal: Appeal): Promise<void> => {
  await answerPress(ctx)
  const words = await waits.firstWords(ctx.house.desk, appeal.id)
  const about = ctx.t('wait.about', { number: showNumber(appeal.number) })
  const text = words === '' ? about : `${about} ${shorten(words, MOST_ABOUT)}`
  await enterPrefilled(ctx, { flow: 'callback', appeal: appeal.id, given: { text } })
}

const reserve = async (ctx: Ctx, appeal: Appeal): Promise<void> => {
  const moved = await toReserve(ctx.house.desk, appeal)
  if (moved !== 'done') return await answerPress(ctx, ctx.t('wait.over'))
  await answerPress(ctx)
  await show(ctx, {
    html: ctx.t('wait.reserved', { number: showNumber(appeal.number) }),
    rows: [wayOut(ctx.house.desk.texts(), ctx.lang)],
  })
}

const askCancel = async (ctx: Ctx, appeal: Appeal): Promise<void> => {
  await answerPress(ctx)
  const one = (deed: WaitDeed) => [button(ctx.t(`button.wait.${deed}`), { verb: 'wait', deed, appeal: appeal.id })]
  await say(ctx, {
    html: ctx.t('wait.cancel', { number: showNumber(appeal.number), days: appeals.REOPEN_DAYS }),
    rows: [one('cancelled'), one('kept')],
  })
}

const cancelled = async (ctx: Ctx, appeal: Appeal): Promise<void> => {
  await cancel(ctx.house.desk, appeal)
  await answerPress(ctx)
  await show(ctx, { html: ctx.t('wait.cancelling'), rows: [wayOut(ctx.house.desk.texts(), ctx.lang)] })
}

const DEEDS: Record<WaitDeed, (ctx: Ctx, appeal: Appeal) => Promise<void>> = {
  keep,
  kept: keep,
  leave,
  call,
  reserve,
  cancel: askCancel,
  cancelled,
}
