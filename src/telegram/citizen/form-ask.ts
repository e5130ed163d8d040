import type { InlineKeyboardButton } from 'grammy/types'
import * as appeals from '../../desk/appeals.ts'
import * as consent from '../../desk/consent.ts'
import { type Content, shorten, textOf } from '../../desk/content.ts'
import type { Draft } from '../../desk/drafts.ts'
import * as drafts from '../../desk/drafts.ts'
import { MOST_ATTACHMENTS, type Step } from '../../desk/flows.ts'
import { slotIn } from '../../desk/slots.ts'
import * as trail from '../../desk/trail.ts'
import { button, type FormDeed } from '../buttons.ts'
import type { Ctx } from '../context.ts'
import { wayOut } from '../keyboards.ts'
import { escapeHtml } from '../rich.ts'
import { slotLabel } from '../words.ts'
import { slotRows } from './callback.ts'

/**
 * What a conversation says next. `last`: there is nothing more to ask. Without words when the draft was sent: the number is
 * the answer, and it comes by the outbox.
 */
export type Ask = { html: string; rows?: InlineKeyboardButton[][]; last?: boolean }

/** Where a draft stands: what the buttons under its question are good for. */
export type Stage = { name: string; deeds: FormDeed[]; step: Step | null; asked: string | null }

export const stageOf = async (ctx: Ctx, draft: Draft): Promise<Stage> => {
  const { desk } = ctx.house
  const step = drafts.nextStep(draft)
  if (!(await consent.isGiven(desk, ctx.citizen.id))) {
    return { name: 'consent', deeds: ['agree', 'refuse'], step: null, asked: null }
  }
  if (!step) return { name: 'review', deeds: ['send', 'back', 'cancel'], step: null, asked: null }
  const asked = draft.flow === 'operator' ? await trail.lastQuestion(desk, ctx.citizen.id) : null
  const given = drafts.answersTo(draft, step.name).length
  const deeds: FormDeed[] = [
    ...(asked ? (['send'] as const) : []),
    ...(step.optional ? [given > 0 ? ('done' as const) : ('skip' as const)] : []),
    ...(draft.answers.length > 0 ? (['back'] as const) : []),
    'cancel',
  ]
  return { name: step.name, deeds, step, asked }
}

/** The first thing that the draft does not have. `before` is said above it: why an answer was not taken. */
export const ask = async (ctx: Ctx, id: number, before = ''): Promise<Ask> => {
  const draft = await drafts.load(ctx.house.desk, id)
  if (draft.state !== 'open') return gone(ctx)
  const stage = await stageOf(ctx, draft)
  const words =
    stage.name === 'consent' ? askConsent(ctx) : stage.step ? question(ctx, draft, stage) : review(ctx, draft)
  const above = before || (await warning(ctx, draft, stage))
  return { html: above ? `${above}\n\n${words}` : words, rows: rowsOf(ctx, draft, stage) }
}

export const gone = (ctx: Ctx): Ask => ({
  html: ctx.t('flow.gone'),
  rows: [wayOut(ctx.house.desk.texts(), ctx.lang)],
  last: true,
})

const askConsent = (ctx: Ctx): string => ctx.t('consent.text', { policy: consent.POLICY })

const question = (ctx: Ctx, draft: Draft, { name, asked }: Stage): string => {
  const given = drafts.answersTo(draft, name).length
  const key = given > 0 ? `flow.${draft.flow}.${name}_more` : `flow.${draft.flow}.${name}`
  const offer = asked ? `\n\n${ctx.t('flow.operator.asked', { question: shorten(asked, 300) })}` : ''
  return `${ctx.t(key, { count: given, most: MOST_ATTACHMENTS })}${offer}`
}

/** Everything once more before it is sent. */
const review = (ctx: Ctx, draft: Draft): string => {
  const lines = drafts.flowOf(draft).steps.map((step) => {
    const name = `<b>${ctx.t(`flow.${draft.flow}.label.${step.name}`)}</b>`
    const contents = drafts.contentsOf(draft, step.name)
    if (step.takes === 'attachments') return `${name}: ${ctx.t('flow.files', { count: contents.length })}`
    const text = contents.map((one) => shownText(ctx, one)).join('\n')
    return `${name}: ${text === '' ? ctx.t('flow.skipped') : escapeHtml(shorten(text, 800))}`
  })
  return `${ctx.t('flow.review')}\n\n${lines.join('\n\n')}`
}

const shownText = (ctx: Ctx, content: Content): string => {
  const slot = slotIn(textOf(content))
  return slot ? slotLabel(slot, ctx.lang) : textOf(content)
}

/** At the first handoff: what nobody here will ever ask for. */
const warning = async (ctx: Ctx, draft: Draft, { step }: Stage): Promise<string> => {
  const { desk } = ctx.house
  if (!step || draft.answers.length > 0 || drafts.flowOf(draft).kind === null) return ''
  const before = await appeals.ofCitizen(desk, ctx.citizen.id, 1)
  return before.length === 0 ? desk.texts().fraud(ctx.lang).handoff : ''
}

/** Each deed on a row of its own, as it is wide; the ways out share the last, with a person where this is no way to one. */
const rowsOf = (ctx: Ctx, draft: Draft, { name, deeds, step }: Stage): InlineKeyboardButton[][] => {
  const one = (deed: FormDeed) =>
    button(ctx.t(`button.form.${deed}`), { verb: 'form', deed, draft: draft.id, stage: name })
  const isOut = (deed: FormDeed) => deed === 'back' || deed === 'cancel'
  const out = deeds.filter(isOut)
  const choices = step?.takes === 'slot' ? slotRows(ctx, draft) : []
  const rows = [...choices, ...deeds.filter((deed) => !isOut(deed)).map((deed) => [one(deed)])]
  const person = draft.flow === 'operator' ? [] : [button(ctx.t('button.operator'), { verb: 'operator' })]
  return out.length > 0 ? [...rows, [...out.map(one), ...person]] : rows
}
