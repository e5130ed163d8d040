import * as citizens from '../../desk/citizens.ts'
import { button } from '../buttons.ts'
import type { Ctx } from '../context.ts'
import { menuKeyboard, wayOut } from '../keyboards.ts'
import { answerPress, say, show } from '../show.ts'
import { openEntry } from './questions.ts'

/** /start: who runs this, what it can do, that it never asks for codes. `/start <entry>` opens that entry. */
export const start = async (ctx: Ctx): Promise<void> => {
  const texts = ctx.house.desk.texts()
  await say(ctx, { html: ctx.t('start.hello'), keyboard: menuKeyboard(texts, ctx.lang) })
  const wanted = typeof ctx.match === 'string' ? ctx.match.trim().replaceAll('-', '.') : ''
  if (wanted && texts.entry(ctx.lang, wanted)) await openEntry(ctx, wanted)
}

export const menu = async (ctx: Ctx): Promise<void> => {
  await say(ctx, { html: ctx.t('menu.here'), keyboard: menuKeyboard(ctx.house.desk.texts(), ctx.lang) })
}

export const help = async (ctx: Ctx): Promise<void> => {
  await say(ctx, { html: ctx.t('help.citizen'), keyboard: menuKeyboard(ctx.house.desk.texts(), ctx.lang) })
}

export const askLang = async (ctx: Ctx): Promise<void> => {
  const texts = ctx.house.desk.texts()
  const rows = texts.langs.map((lang) => [button(texts.t(lang, 'lang.name'), { verb: 'lang', lang })])
  await show(ctx, { html: ctx.t('lang.ask'), rows: [...rows, wayOut(texts, ctx.lang)] })
}

export const chooseLang = async (ctx: Ctx, lang: string): Promise<void> => {
  const texts = ctx.house.desk.texts()
  if (!texts.langs.includes(lang)) return await answerPress(ctx, ctx.t('press.unknown'))
  await answerPress(ctx)
  await citizens.chooseLang(ctx.house.desk, ctx.citizen.id, lang)
  await say(ctx, { html: texts.t(lang, 'lang.chosen'), keyboard: menuKeyboard(texts, lang) })
}
