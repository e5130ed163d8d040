import * as appeals from '../../desk/appeals.ts'
import * as closing from '../../desk/closing.ts'
import * as consent from '../../desk/consent.ts'
import { type Content, type Said, textOf } from '../../desk/content.ts'
import { contextOf } from '../../desk/context.ts'
import { isLine, type Line } from '../../desk/desk.ts'
import type { Draft } from '../../desk/drafts.ts'
import * as drafts from '../../desk/drafts.ts'
import { refusal, type Step } from '../../desk/flows.ts'
import * as trail from '../../desk/trail.ts'
import { type FormDeed, read } from '../buttons.ts'
import { saidIn } from '../content.ts'
import type { Ctx } from '../context.ts'
import { wayOut } from '../keyboards.ts'
import { answerPress } from '../show.ts'
import { type Ask, ask, gone } from './form-ask.ts'

/** Takes this update as the answer to what is being asked, and says what comes next. */
export const take = async (ctx: Ctx, id: number): Promise<Ask> => {
  const { desk } = ctx.house
  await answerPress(ctx)
  const draft = await drafts.load(desk, id)
  if (draft.state !== 'open') return draft.state === 'sent' ? sent(ctx, draft) : gone(ctx)
  const pressed = deedIn(ctx)
  if (pressed === 'cancel') return await leave(ctx, draft, 'flow.left')
  if (!(await consent.isGiven(desk, ctx.citizen.id))) return await takeConsent(ctx, draft, pressed)
  if (pressed === 'back') {
    await drafts.stepBack(desk, draft)
    return await ask(ctx, id)
  }
  const step = drafts.nextStep(draft)
  if (!step) return pressed === 'send' ? await submit(ctx, draft) : await ask(ctx, id, ctx.t('flow.refuse.review'))
  return await takeStep(ctx, { draft, step, pressed })
}

const takeConsent = async (ctx: Ctx, draft: Draft, pressed: FormDeed | null): Promise<Ask> => {
  if (pressed === 'refuse') return await leave(ctx, draft, 'consent.refused')
  if (pressed === 'agree') await consent.give(ctx.house.desk, ctx.citizen.id)
  return await ask(ctx, draft.id)
}

const takeStep = async (
  ctx: Ctx,
  { draft, step, pressed }: { draft: Draft; step: Step; pressed: FormDeed | null },
): Promise<Ask> => {
  const said = pressed ? await byButton(ctx, step, pressed) : ctx.msg ? saidIn(ctx.msg) : undefined
  if (said === undefined) return await ask(ctx, draft.id)
  const refused = said && refusal(step, said.content)
  if (refused) return await ask(ctx, draft.id, ctx.t(refused))
  const now = await drafts.answer(ctx.house.desk, draft, { step: step.name, key: ctx.key, said })
  return drafts.nextStep(now) === null && !drafts.flowOf(now).review ? await submit(ctx, now) : await ask(ctx, draft.id)
}

/** Null: skipped. Undefined: a button that means nothing here. */
const byButton = async (ctx: Ctx, step: Step, pressed: FormDeed): Promise<Said | null | undefined> => {
  if ((pressed === 'skip' || pressed === 'done') && step.optional) return null
  if (pressed !== 'send') return undefined
  const question = await trail.lastQuestion(ctx.house.desk, ctx.citizen.id)
  const message = ctx.callbackQuery?.message?.message_id ?? 0
  // The press is the place: the question itself was a message to the bot, and this one stands for it once.
  return question
    ? { at: { chat: ctx.citizen.externalId, message: -message }, content: { kind: 'text', text: question } }
    : undefined
}

const submit = async (ctx: Ctx, draft: Draft): Promise<Ask> => {
  const { desk } = ctx.house
  const flow = drafts.flowOf(draft)
  if (draft.flow === 'word') return await submitWord(ctx, draft)
  const steps = await trail.recent(desk, ctx.citizen.id)
  const saidStep = flow.steps.find((step) => step.said)?.name ?? ''
  const answers = draft.answers.filter(({ step, said }) => step !== saidStep && said?.content.kind === 'text')
  await appeals.open(desk, {
    origin: `draft:${draft.id}`,
    citizen: ctx.citizen,
    kind: flow.kind ?? 'feedback',
    line: draft.flow === 'operator' ? lineOf(ctx, steps) : flow.line,
    context: contextOf(
      draft.flow,
      steps,
      answers.map(({ step, said }) => ({ step, text: textOf(said?.content as Content) })),
    ),
    said: draft.answers.flatMap(({ step, said }) =>
      said && (step === saidStep || said.content.kind !== 'text') ? [said] : [],
    ),
    draft: draft.id,
    current: flow.current,
  })
  return sent(ctx, draft)
}

const submitWord = async (ctx: Ctx, draft: Draft): Promise<Ask> => {
  const { desk } = ctx.house
  const appeal = draft.appealId === null ? null : await appeals.byId(desk, draft.appealId)
  const word = drafts.contentsOf(draft, 'text').map(textOf).join('\n')
  if (appeal && word) await closing.addWord(desk, appeal, word)
  await desk.db.transaction((tx) => drafts.markSent(tx, draft.id, draft.appealId))
  return sent(ctx, draft)
}

const sent = (ctx: Ctx, draft: Draft): Ask =>
  draft.flow === 'word'
    ? { html: ctx.t('flow.word.sent'), rows: [wayOut(ctx.house.desk.texts(), ctx.lang)], last: true }
    : { html: '', last: true }

const leave = async (ctx: Ctx, draft: Draft, phrase: string): Promise<Ask> => {
  await drafts.setState(ctx.house.desk, draft.id, draft.answers.length > 0 ? 'left' : 'dropped')
  return { html: ctx.t(phrase), rows: [wayOut(ctx.house.desk.texts(), ctx.lang)], last: true }
}

/** The line of the last entry that was read; it is most likely what the person still needs help with. */
const lineOf = (ctx: Ctx, steps: trail.Step[]): Line => {
  const entry = steps.findLast((step) => step.kind === 'seen')?.entry
  const line = entry ? (ctx.house.desk.texts().entry(ctx.lang, entry)?.line ?? '') : ''
  return isLine(line) ? line : 'services'
}

const deedIn = (ctx: Ctx): FormDeed | null => {
  const pressed = read(ctx.callbackQuery?.data ?? '')
  return pressed?.verb === 'form' ? pressed.deed : null
}
