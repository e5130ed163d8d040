import { notOwn } from '../../desk/complaints.ts'
import * as consent from '../../desk/consent.ts'
import type { Said } from '../../desk/content.ts'
import { type Draft, flowOf, nextStep } from '../../desk/draft-steps.ts'
import * as drafts from '../../desk/drafts.ts'
import { refusal, type Step } from '../../desk/flows.ts'
import * as trail from '../../desk/trail.ts'
import { type FormDeed, pressed } from '../buttons.ts'
import { clean, saidIn } from '../content.ts'
import type { Ctx } from '../context.ts'
import { wayOut } from '../keyboards.ts'
import { answerPress } from '../show.ts'
import { type Ask, ask, gone, type Stage, stageOf } from './form-ask.ts'
import { chosen } from './form-choices.ts'
import { submit } from './form-send.ts'
import { typedDeed } from './form-typed.ts'

/** `past`: a button of a question that was answered before. `elsewhere`: this update is about something else. */
export type Taken = Ask | 'past' | 'elsewhere'

/** Takes this update as the answer to what is being asked, and says what comes next. */
export const take = async (ctx: Ctx, id: number): Promise<Taken> => {
  const { desk } = ctx.house
  const draft = await drafts.load(desk, id)
  if (draft.state !== 'open') {
    await answerPress(ctx)
    return draft.state === 'sent' ? { html: '', last: true } : gone(ctx)
  }
  if (Date.now() - draft.touchedAt.getTime() > flowOf(draft).waitsMs) {
    await drafts.setState(desk, draft.id, 'left')
    return 'elsewhere'
  }
  const stage = await stageOf(ctx, draft)
  // Taken before, up to a crash: only what comes next is still to be said.
  const takenBefore = draft.keys.includes(ctx.key)
  const deed = takenBefore ? null : deedIn(ctx, draft, stage)
  if (deed === 'past') return 'past'
  await answerPress(ctx)
  if (takenBefore) return await afterAnswer(ctx, draft)
  if (deed === 'cancel') return await leave(ctx, draft, 'flow.left')
  if (stage.name === 'consent') return await takeConsent(ctx, draft, deed)
  if (deed === 'back') {
    await drafts.stepBack(desk, draft, ctx.key)
    return await ask(ctx, id)
  }
  if (stage.step) return await takeStep(ctx, draft, { ...stage, step: stage.step, deed })
  if (deed === 'send') return await submit(ctx, draft)
  return await ask(ctx, id, deed ? '' : ctx.t(ctx.msg?.text ? 'flow.refuse.review' : 'flow.refuse.no_more'))
}

/** A deed, null for words, or «past»: the button belongs to another draft or to a question before. */
const deedIn = (ctx: Ctx, draft: Draft, stage: Stage): FormDeed | null | 'past' => {
  const press = pressed(ctx)
  if (press?.verb === 'pick') return press.draft === draft.id && isOffered(stage.step) ? null : 'past'
  if (press?.verb !== 'form') return typedDeed(ctx, stage)
  if (press.draft !== draft.id) return 'past'
  // Agreed once more, or again after a crash: the next question is asked once more.
  if (press.deed === 'cancel' || press.deed === 'agree') return press.deed
  return press.stage === stage.name && stage.deeds.includes(press.deed) ? press.deed : 'past'
}

/** Only these are answered by a button of their own. */
const isOffered = (step: Step | null): boolean =>
  step !== null && (step.takes === 'slot' || step.takes === 'number' || step.again === true)

const takeConsent = async (ctx: Ctx, draft: Draft, deed: FormDeed | null): Promise<Ask> => {
  const { desk } = ctx.house
  if (deed === 'refuse') return await leave(ctx, draft, 'consent.refused')
  if (deed !== 'agree') {
    // What is said too early is offered again once it may be passed on.
    const text = clean(ctx.msg?.text ?? '')
    if (text.trim().length > 3)
      await trail.asked(desk, { citizen: ctx.citizen.id, key: ctx.key, text, verdict: 'none' })
    return await ask(ctx, draft.id, ctx.t('consent.press'))
  }
  await consent.give(desk, ctx.citizen.id)
  return await ask(ctx, draft.id)
}

type Here = Stage & { step: Step; deed: FormDeed | null }

const takeStep = async (ctx: Ctx, draft: Draft, { step, deed, asked }: Here): Promise<Ask> => {
  const said = deed ? byDeed(ctx, deed, asked) : await saidHere(ctx, draft, step)
  if (said === undefined) {
    return await ask(ctx, draft.id, !deed && step.takes === 'slot' ? ctx.t('flow.refuse.not_a_slot') : '')
  }
  const refused =
    said &&
    (refusal(step, said.content) ?? (await notOwn(ctx.house.desk, ctx.citizen.id, { step, content: said.content })))
  if (refused) return await ask(ctx, draft.id, ctx.t(refused))
  return await afterAnswer(ctx, await drafts.answer(ctx.house.desk, draft, { step: step.name, key: ctx.key, said }))
}

/** What was pressed or written; a slot is only ever chosen. */
const saidHere = async (ctx: Ctx, draft: Draft, step: Step): Promise<Said | undefined> => {
  const choice = await chosen(ctx, draft, step)
  if (choice || ctx.callbackQuery || step.takes === 'slot') return choice
  return ctx.msg ? saidIn(ctx.msg) : undefined
}

const afterAnswer = async (ctx: Ctx, draft: Draft): Promise<Ask> => {
  if (nextStep(draft) === null && !flowOf(draft).review) return await submit(ctx, draft)
  return await ask(ctx, draft.id)
}

/** Null: skipped. Undefined: a deed that means nothing here. */
const byDeed = (ctx: Ctx, deed: FormDeed, asked: string | null): Said | null | undefined => {
  if (deed === 'skip' || deed === 'done') return null
  if (deed !== 'send' || asked === null) return undefined
  // The question was said before; its place now is the press or the word that stands for it, once.
  const message = ctx.callbackQuery?.message?.message_id ?? ctx.msg?.message_id ?? 0
  return { at: { chat: ctx.citizen.externalId, message: -message }, content: { kind: 'text', text: asked } }
}

const leave = async (ctx: Ctx, draft: Draft, phrase: string): Promise<Ask> => {
  const kept = draft.answers.length > 0
  await drafts.setState(ctx.house.desk, draft.id, kept ? 'left' : 'dropped')
  const html = ctx.t(phrase === 'flow.left' && !kept ? 'flow.cancelled' : phrase)
  return { html, rows: [wayOut(ctx.house.desk.texts(), ctx.lang)], last: true }
}
