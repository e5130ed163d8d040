import { Composer, type NextFunction } from 'grammy'
import type { CallbackQuery, Message } from 'grammy/types'
import * as choices from '../../desk/choices.ts'
import * as citizens from '../../desk/citizens.ts'
import type { Ctx } from '../context.ts'
import { menuKeyboard } from '../keyboards.ts'
import { say, TYPED } from '../show.ts'

/** /plain, or its words in any language. */
export const plainCommands = (): Composer<Ctx> => {
  const chat = new Composer<Ctx>()
  chat.command('plain', (ctx) => turn(ctx, !ctx.citizen.plain))
  chat.on('message:text', async (ctx, next) => {
    const wanted = wordsFor(ctx, ctx.msg.text)
    await (wanted === null ? next() : turn(ctx, wanted))
  })
  return chat
}

/** In plain mode a typed digit is the button, or the word of the menu, that stood behind it on the last screen. */
export const pressTyped = async (ctx: Ctx, next: NextFunction): Promise<void> => {
  const digit = ctx.message?.text?.trim() ?? ''
  if (ctx.citizen.plain && ctx.message && /^\d{1,2}$/.test(digit)) {
    const choice = await choices.chosen(ctx.house.desk, ctx.citizen.id, digit)
    if (choice && 'text' in choice) ctx.message.text = choice.text
    else if (choice) becomePress(ctx, ctx.message, choice.data)
  }
  await next()
}

/** The message stands for the press: it has no older screen to be edited, and nothing waits for its answer. */
const becomePress = (ctx: Ctx, { message_id, chat, from }: Message, data: string): void => {
  const message = { message_id, chat, date: 0 as const }
  const query = { id: TYPED, from, chat_instance: '', message, data } as CallbackQuery
  const update = ctx.update as { message?: Message; callback_query?: CallbackQuery }
  delete update.message
  update.callback_query = query
}

const turn = async (ctx: Ctx, plain: boolean): Promise<void> => {
  await citizens.setPlain(ctx.house.desk, ctx.citizen.id, plain)
  ctx.citizen.plain = plain
  const keyboard = menuKeyboard(ctx.house.desk.texts(), ctx.lang)
  await say(ctx, { html: ctx.t(plain ? 'plain.on' : 'plain.off'), keyboard })
}

const wordsFor = (ctx: Ctx, text: string): boolean | null => {
  const texts = ctx.house.desk.texts()
  const said = text.trim().toLowerCase()
  if (texts.langs.some((lang) => texts.t(lang, 'plain.words_on') === said)) return true
  return texts.langs.some((lang) => texts.t(lang, 'plain.words_off') === said) ? false : null
}
