import type { InlineKeyboardButton } from 'grammy/types'
import * as consent from '../../desk/consent.ts'
import { shorten, textOf } from '../../desk/content.ts'
import type { Draft } from '../../desk/drafts.ts'
import * as drafts from '../../desk/drafts.ts'
import { MOST_ATTACHMENTS, type Step } from '../../desk/flows.ts'
import * as trail from '../../desk/trail.ts'
import { escapeHtml } from '../../texts/html.ts'
import { button, type FormDeed } from '../buttons.ts'
import type { Ctx } from '../context.ts'
import { wayOut } from '../keyboards.ts'

/** What a conversation says next; plain JSON, because the plug-in keeps it. `last`: there is nothing more to ask. */
export type Ask = { html: string; rows?: InlineKeyboardButton[][]; last?: boolean }

/** The first thing that the draft does not have. `before` is said above it: why an answer was not taken. */
export const ask = async (ctx: Ctx, id: number, before = ''): Promise<Ask> => {
  const { desk } = ctx.house
  const draft = await drafts.load(desk, id)
  if (draft.state !== 'open') return gone(ctx)
  const above = before ? `${before}\n\n` : ''
  if (!(await consent.isGiven(desk, ctx.citizen.id))) return askConsent(ctx, above)
  const step = drafts.nextStep(draft)
  if (!step) return review(ctx, draft, above)
  return await question(ctx, { draft, step, above })
}

export const gone = (ctx: Ctx): Ask => ({
  html: ctx.t('flow.gone'),
  rows: [wayOut(ctx.house.desk.texts(), ctx.lang)],
  last: true,
})

const askConsent = (ctx: Ctx, above: string): Ask => ({
  html: `${above}${ctx.t('consent.text', { policy: consent.POLICY })}`,
  rows: [[deed(ctx, 'agree')], [deed(ctx, 'refuse')]],
})

const question = async (
  ctx: Ctx,
  { draft, step, above }: { draft: Draft; step: Step; above: string },
): Promise<Ask> => {
  const given = drafts.answersTo(draft, step.name).length
  const key = given > 0 ? `flow.${draft.flow}.${step.name}_more` : `flow.${draft.flow}.${step.name}`
  const asked = draft.flow === 'operator' ? await trail.lastQuestion(ctx.house.desk, ctx.citizen.id) : null
  const offer = asked ? `\n\n${ctx.t('flow.operator.asked', { question: shorten(asked, 300) })}` : ''
  const first = draft.answers.length === 0
  return {
    html: `${above}${ctx.t(key, { count: given, most: MOST_ATTACHMENTS })}${offer}`,
    rows: [
      ...(asked ? [[deed(ctx, 'send')]] : []),
      ...(step.optional ? [[deed(ctx, given > 0 ? 'done' : 'skip')]] : []),
      first ? [deed(ctx, 'cancel')] : [deed(ctx, 'back'), deed(ctx, 'cancel')],
    ],
  }
}

/** Everything once more before it is sent. */
const review = (ctx: Ctx, draft: Draft, above: string): Ask => {
  const lines = drafts.flowOf(draft).steps.map((step) => {
    const name = `<b>${ctx.t(`flow.${draft.flow}.label.${step.name}`)}</b>`
    const contents = drafts.contentsOf(draft, step.name)
    if (step.takes === 'attachments') return `${name}: ${ctx.t('flow.files', { count: contents.length })}`
    const text = contents.map(textOf).join('\n')
    return `${name}: ${text === '' ? ctx.t('flow.skipped') : escapeHtml(shorten(text, 800))}`
  })
  return {
    html: `${above}${ctx.t('flow.review')}\n\n${lines.join('\n\n')}`,
    rows: [[deed(ctx, 'send')], [deed(ctx, 'back'), deed(ctx, 'cancel')]],
  }
}

const deed = (ctx: Ctx, name: FormDeed): InlineKeyboardButton =>
  button(ctx.t(`button.form.${name}`), { verb: 'form', deed: name })
