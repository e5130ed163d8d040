import type { InlineKeyboardButton } from 'grammy/types'
import * as broadcasts from '../../desk/broadcasts.ts'
import { neverSent } from '../../desk/guard.ts'
import type { Words } from '../../desk/mailings.ts'
import type { Operator } from '../../desk/operators.ts'
import { type Button, button, type MailingDeed } from '../buttons.ts'
import type { Ctx } from '../context.ts'
import { broadcastScreen } from '../deliver-mailing.ts'
import { wordsIn } from '../outage-words.ts'
import { answerPress, say, show } from '../show.ts'
import { timeOf } from '../words.ts'
import { allowed, tell } from './actor.ts'

const MOST = 3_000
/** A line of dashes stands between the languages. */
const BETWEEN = /\n\s*-{3,}\s*\n/

/** /broadcast: what is on its way; with words: shown as citizens would read it, with how many they are. */
export const broadcast = async (ctx: Ctx, text: string): Promise<void> => {
  const operator = await allowed(ctx, 'broadcast')
  if (!operator) return
  if (text === '') return await list(ctx)
  if (text.length > MOST) return await tell(ctx, 'broadcast.too_long', { most: MOST })
  if (neverSent(ctx.house.desk, { content: { kind: 'text', text } })) return await tell(ctx, 'broadcast.never')
  const readers = await broadcasts.readers(ctx.house.desk.db)
  if (readers.length === 0) return await tell(ctx, 'broadcast.nobody')
  const words = wordsIn(ctx.house.desk.texts(), text, BETWEEN)
  const id = await broadcasts.draft(ctx.house.desk, { key: ctx.key, by: operator.id, words })
  await say(ctx, { html: preview(ctx, words, readers), rows: [[deed(ctx, 'send', id)], [deed(ctx, 'drop', id)]] })
}

export const pressMailing = async (ctx: Ctx, pressed: Extract<Button, { verb: 'mailing' }>): Promise<void> => {
  const operator = await allowed(ctx, 'broadcast')
  if (!operator) return
  await DEEDS[pressed.deed](ctx, operator, pressed.mailing)
}

type Deed = (ctx: Ctx, operator: Operator, id: number) => Promise<void>

const send: Deed = async (ctx, operator, id) => {
  const sent = await broadcasts.send(ctx.house.desk, id, operator)
  if (sent.status === 'gone') return await tell(ctx, 'broadcast.gone')
  await answerPress(ctx)
  if (sent.status === 'asked') return await show(ctx, { html: ctx.t('broadcast.asked') })
  await show(ctx, { html: ctx.t('broadcast.later', { at: timeOf(sent.at, ctx.lang) }) })
}

const drop: Deed = async (ctx, operator, id) => {
  if (!(await broadcasts.drop(ctx.house.desk, id, operator))) return await tell(ctx, 'broadcast.gone')
  await answerPress(ctx)
  await show(ctx, { html: ctx.t('broadcast.dropped', { operator: operator.name }) })
}

const stop: Deed = async (ctx, operator, id) => {
  if (!(await broadcasts.stop(ctx.house.desk, id, operator))) return await tell(ctx, 'broadcast.gone')
  await answerPress(ctx)
  const one = (await broadcasts.latest(ctx.house.desk)).find((mailing) => mailing.id === id)
  await show(ctx, { html: ctx.t('broadcast.stopped', { put: one?.put ?? 0, all: one?.all ?? 0 }) })
}

const DEEDS: Record<MailingDeed, Deed> = { send, drop, stop }

const list = async (ctx: Ctx): Promise<void> => {
  const recent = await broadcasts.latest(ctx.house.desk)
  const shown = recent.filter(({ state }) => state !== 'dropped')
  const lines = await Promise.all(
    shown.map(async (one) => {
      const text = (await broadcasts.wordsOf(ctx.house.desk, one)).slice(0, 60).toWellFormed()
      return ctx.t('broadcast.one', { state: ctx.t(`broadcast.state.${one.state}`), text, put: one.put, all: one.all })
    }),
  )
  const rows = shown.flatMap(({ id, state }) => (state === 'sending' ? [[deed(ctx, 'stop', id)]] : []))
  await say(ctx, { html: [...lines, ctx.t('broadcast.how')].join('\n\n'), ...(rows.length > 0 ? { rows } : {}) })
}

/** What each language reads; who has no text in their own reads the first one. */
const preview = (ctx: Ctx, words: Words, readers: broadcasts.Readers): string => {
  const { desk } = ctx.house
  const texts = desk.texts()
  const count = readers.reduce((sum, one) => sum + one.count, 0)
  const shown = Object.keys(words).map((lang) => `<blockquote>${broadcastScreen(texts, lang, words).html}</blockquote>`)
  const without = readers.filter(({ lang }) => words[lang] === undefined)
  const missing = without.map((one) =>
    ctx.t('broadcast.missing', { lang: texts.t(one.lang, 'lang.name'), count: one.count }),
  )
  return [ctx.t('broadcast.preview', { count }), ...shown, ...missing].join('\n\n')
}

const deed = (ctx: Ctx, what: MailingDeed, id: number): InlineKeyboardButton =>
  button(ctx.t(`button.mailing.${what}`), { verb: 'mailing', deed: what, mailing: id })
