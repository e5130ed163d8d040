import { showNumber } from '../../desk/appeal-number.ts'
import * as appeals from '../../desk/appeals.ts'
import { shorten } from '../../desk/content.ts'
import * as trail from '../../desk/trail.ts'
import type { Ctx } from '../context.ts'
import { wayOut } from '../keyboards.ts'
import { rich } from '../rich.ts'
import { say } from '../show.ts'
import { day } from '../words.ts'

/** Telegram copies no more at a press. */
const MOST_COPIED = 256

/** What to have at hand, and what not to send here. */
export const tellPreparation = async (ctx: Ctx): Promise<void> => {
  await say(ctx, { html: ctx.t('compose.prepare'), rows: [wayOut(ctx.house.desk.texts(), ctx.lang)] })
}

/** Composed from what the citizen has said so far; gaps are filled on paper, never here. */
export const tellComposed = async (ctx: Ctx, what: 'questions' | 'mfc' | 'email'): Promise<void> => {
  const { desk } = ctx.house
  const [question, [latest]] = await Promise.all([
    trail.lastQuestion(desk, ctx.citizen.id),
    appeals.ofCitizen(desk, ctx.citizen.id, 1),
  ])
  const gap = ctx.t('compose.gap')
  const html = ctx.t(`compose.${what}_text`, {
    date: day(new Date(), ctx.lang),
    topic: ctx.t('compose.topic'),
    question: question ? shorten(question, 1_500) : gap,
    number: latest ? showNumber(latest.number) : gap,
  })
  const { text } = rich(html)
  const copy = text.length <= MOST_COPIED ? [[{ text: ctx.t('button.copy'), copy_text: { text } }]] : []
  await say(ctx, {
    html: `${ctx.t(`compose.${what}`)}\n\n<pre>${html}</pre>`,
    rows: [...copy, wayOut(desk.texts(), ctx.lang)],
  })
}
