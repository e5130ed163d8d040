import { GrammyError } from 'grammy'
import type { InlineKeyboardButton, ReplyKeyboardMarkup } from 'grammy/types'
import type { Ctx } from './context.ts'
import { plainly } from './plain.ts'
import { rich } from './rich.ts'

/** One screen: our own words (Telegram HTML from locales) and its buttons. */
export type Screen = { html: string; rows?: InlineKeyboardButton[][]; keyboard?: ReplyKeyboardMarkup }

/**
 * Shows a screen: in place of the message whose button was pressed, or as a new message. Screens may be lost or doubled
 * without harm; everything else goes through the outbox.
 */
export const show = async (ctx: Ctx, given: Screen): Promise<void> => {
  const screen = await forReader(ctx, given)
  const { text, entities } = rich(screen.html)
  const inline = screen.rows ? { inline_keyboard: screen.rows } : undefined
  const pressed = ctx.callbackQuery?.message
  if (pressed && !screen.keyboard && pressed.date !== 0) {
    const done = await gently(() =>
      ctx.editMessageText(text, { entities, reply_markup: inline, link_preview_options: { is_disabled: true } }),
    )
    if (done) return
  }
  await patiently(() =>
    ctx.reply(text, {
      entities,
      reply_markup: inline ?? screen.keyboard,
      link_preview_options: { is_disabled: true },
      ...(ctx.msg?.is_topic_message ? { message_thread_id: ctx.msg.message_thread_id } : {}),
    }),
  )
}

/** A new message, even after a press: for what should stay where the older screen is still useful. */
export const say = async (ctx: Ctx, given: Screen): Promise<number | null> => {
  const screen = await forReader(ctx, given)
  const { text, entities } = rich(screen.html)
  const sent = await patiently(() =>
    inClosed(ctx, () =>
      ctx.reply(text, {
        entities,
        reply_markup: screen.rows ? { inline_keyboard: screen.rows } : screen.keyboard,
        link_preview_options: { is_disabled: true },
        ...(ctx.msg?.is_topic_message ? { message_thread_id: ctx.msg.message_thread_id } : {}),
      }),
    ),
  )
  return sent?.message_id ?? null
}

/** In place of an earlier message of ours, or as a new one if that is gone. */
export const sayInstead = async (ctx: Ctx, message: number, given: Screen): Promise<number | null> => {
  const screen = await forReader(ctx, given)
  const { text, entities } = rich(screen.html)
  const chat = ctx.chat?.id ?? 0
  const inline = screen.rows ? { inline_keyboard: screen.rows } : undefined
  const options = { entities, reply_markup: inline, link_preview_options: { is_disabled: true } }
  const done = await gently(() => ctx.api.editMessageText(chat, message, text, options))
  return done ? message : await say(ctx, given)
}

/** Plain mode is done here, once, so that every screen has it. */
const forReader = async (ctx: Ctx, screen: Screen): Promise<Screen> =>
  ctx.citizen?.plain ? await plainly(ctx.house.desk, { id: ctx.citizen.id, lang: ctx.lang }, screen) : screen

/** A press that was typed as a digit: Telegram knows nothing of it and waits for no answer. */
export const TYPED = 'typed'

/** Answers a press: shortly, or as an alert that screen readers read too. Too late is no fault. */
export const answerPress = async (ctx: Ctx, html?: string): Promise<void> => {
  if (!ctx.callbackQuery || answered.has(ctx.callbackQuery)) return
  answered.add(ctx.callbackQuery)
  if (ctx.callbackQuery.id === TYPED) return void (html && (await say(ctx, { html })))
  const text = html ? rich(html).text.slice(0, 200).toWellFormed() : undefined
  await gently(() => ctx.answerCallbackQuery(text ? { text, show_alert: true } : {}))
}

const answered = new WeakSet<object>()

/** True: done, or already so. */
const gently = async (call: () => Promise<unknown>): Promise<boolean> => {
  try {
    await call()
    return true
  } catch (error) {
    if (!(error instanceof GrammyError)) throw error
    return /not modified|query is too old/i.test(error.description)
  }
}

/** An admin of the group may write into a closed topic, the bot may not: it is opened for the answer and closed again. */
const inClosed = async <T>(ctx: Ctx, call: () => Promise<T>): Promise<T> => {
  try {
    return await call()
  } catch (error) {
    const [chat, thread] = [ctx.chat?.id, ctx.msg?.message_thread_id]
    if (!(error instanceof GrammyError) || !/topic_closed/i.test(error.description) || !chat || !thread) throw error
    await ctx.api.reopenForumTopic(chat, thread)
    const done = await call()
    await gently(() => ctx.api.closeForumTopic(chat, thread))
    return done
  }
}

/** A short silence is waited for; a blocked bot is no fault of this update. */
const patiently = async <T>(call: () => Promise<T>): Promise<T | null> => {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await call()
    } catch (error) {
      if (!(error instanceof GrammyError)) throw error
      if (error.error_code === 403) return null
      const after = error.parameters.retry_after
      if (after === undefined || after > 5 || attempt === 4) throw error
      await new Promise((resolve) => setTimeout(resolve, after * 1_000))
    }
  }
}
