import type { InlineKeyboardButton } from 'grammy/types'
import * as appeals from '../../desk/appeals.ts'
import * as consent from '../../desk/consent.ts'
import { type Content, shorten, textOf } from '../../desk/content.ts'
import { answersTo, contentsOf, type Draft, flowOf, nextStep } from '../../desk/draft-steps.ts'
import * as drafts from '../../desk/drafts.ts'
import { type FlowName, MOST_ATTACHMENTS, type Step } from '../../desk/flows.ts'
import { slotIn } from '../../desk/slots.ts'
import * as trail from '../../desk/trail.ts'
import { button, type FormDeed } from '../buttons.ts'
import type { Ctx } from '../context.ts'
import { wayOut } from '../keyboards.ts'
import { escapeHtml } from '../rich.ts'
import { slotLabel } from '../words.ts'
import { choicesFor } from './form-choices.ts'
import { nearAnswers } from './near.ts'

/**
 * What a conversation says next. `last`: there is nothing more to ask. Without words when the draft was sent: the number is
 * the answer, and it comes by the outbox.
 */
export type Ask = {
  html: string
  rows?: InlineKeyboardButton[][]
  last?: boolean
  /** Said before it, in a message of its own: what its buttons open takes its place, and the question stays. */
  first?: { html: string; rows: InlineKeyboardButton[][] }
}

/** Where a draft stands: what the buttons under its question are good for. */
export type Stage = { name: string; deeds: FormDeed[]; step: Step | null; asked: string | null }

export const stageOf = async (ctx: Ctx, draft: Draft): Promise<Stage> => {
  const { desk } = ctx.house
  const step = nextStep(draft)
  // The name of a service is told to nobody.
  if (draft.flow !== 'service' && !(await consent.isGiven(desk, ctx.citizen.id))) {
    return { name: 'consent', deeds: ['agree', 'refuse'], step: null, asked: null }
  }
  if (!step) return { name: 'review', deeds: ['send', 'back', 'cancel'], step: null, asked: null }
  const asked = draft.flow === 'operator' ? await trail.lastQuestion(desk, ctx.citizen.id) : null
  const given = answersTo(draft, step.name).length
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
  const near = before === '' ? await nearHere(ctx, draft, stage) : []
  const above = before || (await warning(ctx, draft, stage))
  const html = above ? `${above}\n\n${words}` : words
  const rows = await rowsOf(ctx, draft, stage)
  if (near.length === 0) return { html, rows }
  const offer = ctx.t('near.while_filling')
  // Typed digits count for the newest message, so in plain mode there is only one.
  if (ctx.citizen.plain) return { html: `${offer}\n\n${html}`, rows: [...near, ...rows] }
  return { html, rows, first: { html: offer, rows: near } }
}

export const gone = (ctx: Ctx): Ask => ({
  html: ctx.t('flow.gone'),
  rows: [wayOut(ctx.house.desk.texts(), ctx.lang)],
  last: true,
})

const askConsent = (ctx: Ctx): string => ctx.t('consent.text', { policy: consent.POLICY })

const question = (ctx: Ctx, draft: Draft, { name, asked }: Stage): string => {
  const given = answersTo(draft, name).length
  const key = given > 0 ? `flow.${draft.flow}.${name}_more` : `flow.${draft.flow}.${name}`
  const offer = asked ? `\n\n${ctx.t('flow.operator.asked', { question: shorten(asked, 300) })}` : ''
  return `${ctx.t(key, { count: given, most: MOST_ATTACHMENTS })}${offer}`
}

/** Everything once more before it is sent. */
const review = (ctx: Ctx, draft: Draft): string => {
  const lines = flowOf(draft).steps.map((step) => {
    const name = `<b>${ctx.t(`flow.${draft.flow}.label.${step.name}`)}</b>`
    const contents = contentsOf(draft, step.name)
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

/** Whoever complains about a person or reports a fraud wants to be heard, not to be answered. */
const MAY_BE_ANSWERED: ReadonlySet<FlowName> = new Set(['feedback', 'fault', 'contest', 'callback'])

/** Right after the matter itself was told: answers that may make the form unnecessary, and a person if none is it. */
const nearHere = async (ctx: Ctx, draft: Draft, { name }: Stage): Promise<InlineKeyboardButton[][]> => {
  const { steps } = flowOf(draft)
  const at = steps.findIndex(({ said, takes }) => said && takes === 'text')
  const next = steps[at + 1]?.name ?? 'review'
  if (!MAY_BE_ANSWERED.has(draft.flow) || at === -1 || name !== next || answersTo(draft, name).length > 0) return []
  const text = textsOf(draft, steps[at]?.name ?? '')
  const near = await nearAnswers(ctx, text)
  if (near.length === 0) return []
  // Whoever calls a person instead need not say it again.
  await trail.asked(ctx.house.desk, { citizen: ctx.citizen.id, key: `${ctx.key}:near`, text, verdict: 'suggest' })
  return [...near, [button(ctx.t('button.not_these'), { verb: 'operator' })]]
}

const textsOf = (draft: Draft, step: string): string => contentsOf(draft, step).map(textOf).join('\n')

/** Before any free text: what may be told and what must not; at the first handoff also who will read it. */
const warning = async (ctx: Ctx, draft: Draft, { step }: Stage): Promise<string> => {
  const { desk } = ctx.house
  // A telephone number or a time is no free text.
  const isFree = step?.takes === 'said' || step?.takes === 'text'
  if (!isFree || draft.answers.length > 0 || flowOf(draft).kind === null) return ''
  const before = await appeals.ofCitizen(desk, ctx.citizen.id, 1)
  const card = ctx.t('share.card')
  return before.length === 0 ? `${desk.texts().fraud(ctx.lang).handoff}\n\n${card}` : card
}

/** Each deed on a row of its own, as it is wide; the ways out share the last, with a person where this is no way to one. */
const rowsOf = async (ctx: Ctx, draft: Draft, { name, deeds, step }: Stage): Promise<InlineKeyboardButton[][]> => {
  const one = (deed: FormDeed) =>
    button(ctx.t(`button.form.${deed}`), { verb: 'form', deed, draft: draft.id, stage: name })
  const isOut = (deed: FormDeed) => deed === 'back' || deed === 'cancel'
  const out = deeds.filter(isOut)
  const choices = (step ? await choicesFor(ctx, draft, step) : []).map(({ label, option }) => [
    button(label, { verb: 'pick', draft: draft.id, option }),
  ])
  const rows = [...choices, ...deeds.filter((deed) => !isOut(deed)).map((deed) => [one(deed)])]
  const person = draft.flow === 'operator' ? [] : [button(ctx.t('button.operator'), { verb: 'operator' })]
  return out.length > 0 ? [...rows, [...out.map(one), ...person]] : rows
}
