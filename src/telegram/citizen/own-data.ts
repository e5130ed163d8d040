import { Composer } from 'grammy'
import { authorize } from '../../desk/authorize.ts'
import * as consent from '../../desk/consent.ts'
import * as forgetting from '../../desk/forget.ts'
import * as mydata from '../../desk/my-data.ts'
import { type Button, button, type DataDeed } from '../buttons.ts'
import type { Ctx } from '../context.ts'
import { wayOut } from '../keyboards.ts'
import { answerPress, type Screen, say, show } from '../show.ts'
import { clock } from '../words.ts'
import { leaveForms, leaving } from './form.ts'

/** What a citizen may do with what is held about them: see it, take consent back, have it forgotten. */
export const ownData = (): Composer<Ctx> => {
  const chat = new Composer<Ctx>()
  chat.command('mydata', leaving(showMyData))
  chat.command('consent', leaving(showConsent))
  chat.command('forget', leaving(askForget))
  return chat
}

export const pressData = async (ctx: Ctx, { deed }: Extract<Button, { verb: 'data' }>): Promise<void> => {
  await answerPress(ctx)
  if (!authorize({ kind: 'citizen', id: ctx.citizen.id }, 'own-data').allowed) return
  await leaveForms(ctx)
  await DEEDS[deed](ctx)
}

/** New rules, or consent taken back: words for a person wait until it is given. False: it is given. */
export const lacksConsent = async (ctx: Ctx): Promise<boolean> => {
  if (await consent.isGiven(ctx.house.desk, ctx.citizen.id)) return false
  await say(ctx, {
    html: [ctx.t('own.again'), ctx.t('consent.text', { policy: consent.POLICY })].join('\n\n'),
    rows: [[data(ctx, 'agree')], [data(ctx, 'refuse')], wayOut(ctx.house.desk.texts(), ctx.lang)],
  })
  return true
}

const showMyData = async (ctx: Ctx): Promise<void> => {
  const asked = await mydata.request(ctx.house.desk, ctx.citizen.id, ctx.key)
  await say(ctx, screen(ctx, ctx.t(`own.mydata_${asked}`), ['consent', 'forget']))
}

const showConsent = async (ctx: Ctx): Promise<void> => {
  const held = await consent.held(ctx.house.desk, ctx.citizen.id)
  if (!held) return await show(ctx, screen(ctx, ctx.t('own.consent_none'), ['mydata', 'forget']))
  const at = clock(held.givenAt, ctx.lang)
  const html = ctx.t('own.consent_given', { policy: held.policy, at })
  await show(ctx, screen(ctx, html, ['withdraw', 'mydata', 'forget']))
}

const askForget = async (ctx: Ctx): Promise<void> =>
  await show(ctx, screen(ctx, ctx.t('forget.ask'), ['forget_yes', 'keep']))

const DEEDS: Record<DataDeed, (ctx: Ctx) => Promise<void>> = {
  mydata: showMyData,
  consent: showConsent,
  withdraw: (ctx) => show(ctx, screen(ctx, ctx.t('own.withdraw_ask'), ['withdraw_close', 'withdraw_keep', 'keep'])),
  withdraw_close: async (ctx) => {
    const count = await consent.withdraw(ctx.house.desk, ctx.citizen.id, { close: true })
    await show(ctx, screen(ctx, ctx.t('own.withdrawn_closed', { count }), ['forget']))
  },
  withdraw_keep: async (ctx) => {
    await consent.withdraw(ctx.house.desk, ctx.citizen.id, { close: false })
    await show(ctx, screen(ctx, ctx.t('own.withdrawn_kept'), ['forget']))
  },
  agree: async (ctx) => {
    await consent.give(ctx.house.desk, ctx.citizen.id)
    await show(ctx, screen(ctx, ctx.t('own.agreed'), []))
  },
  refuse: (ctx) => show(ctx, screen(ctx, ctx.t('consent.refused'), [])),
  forget: askForget,
  forget_yes: async (ctx) => {
    await show(ctx, { html: ctx.t('forget.begun') })
    await forgetting.request(ctx.house.desk, ctx.citizen)
  },
  keep: (ctx) => show(ctx, screen(ctx, ctx.t('forget.kept'), [])),
}

const screen = (ctx: Ctx, html: string, deeds: DataDeed[]): Screen => ({
  html,
  rows: [...deeds.map((deed) => [data(ctx, deed)]), wayOut(ctx.house.desk.texts(), ctx.lang)],
})

const data = (ctx: Ctx, deed: DataDeed) => button(ctx.t(`button.data.${deed}`), { verb: 'data', deed })
