import * as appeals from '../../desk/appeals.ts'
import { replace } from '../../desk/cancelling.ts'
import * as closing from '../../desk/closing.ts'
import * as complaints from '../../desk/complaints.ts'
import { type Content, textOf } from '../../desk/content.ts'
import { sendComplaint } from '../../desk/contest-letters.ts'
import { type Context, contextOf } from '../../desk/context.ts'
import { DESK_LANG, isLine, type Line } from '../../desk/desk.ts'
import { contentsOf, type Draft, flowOf } from '../../desk/draft-steps.ts'
import * as drafts from '../../desk/drafts.ts'
import * as aid from '../../desk/first-aid.ts'
import * as recovery from '../../desk/recovery.ts'
import * as trail from '../../desk/trail.ts'
import type { Ctx } from '../context.ts'
import { wayOut } from '../keyboards.ts'
import { callbackOpening } from './callback.ts'
import type { Ask } from './form-ask.ts'
import { nearAnswers } from './near.ts'
import { tellService } from './service.ts'

/** A whole draft becomes an appeal, or a word to a rating. The number comes by the outbox, with the appeal's own commit. */
export const submit = async (ctx: Ctx, draft: Draft): Promise<Ask> => {
  if (draft.flow === 'word') return await submitWord(ctx, draft)
  if (draft.flow === 'service') return await tellService(ctx, draft)
  const { desk } = ctx.house
  const flow = flowOf(draft)
  const steps = await trail.recent(desk, ctx.citizen.id)
  const saidStep = flow.steps.find((step) => step.said)?.name ?? ''
  const onCard = draft.answers.filter(({ step, said }) => step !== saidStep && said?.content.kind === 'text')
  const mishaps = draft.flow === 'fraud' ? await aid.lately(desk, ctx.citizen.id) : []
  const call = draft.flow === 'callback' ? callbackOpening(ctx, draft) : null
  const waited = call && draft.appealId !== null ? await appeals.byId(desk, draft.appealId) : null
  await appeals.open(desk, {
    origin: `draft:${draft.id}`,
    citizen: ctx.citizen,
    kind: flow.kind ?? 'feedback',
    line: draft.flow === 'operator' ? lineOf(ctx, steps) : (waited?.line ?? flow.line),
    vars: call?.vars,
    context: contextOf(
      draft.flow,
      steps,
      call?.answers ?? [
        ...onCard.map(({ step, said }) => ({ step, text: textOf(said?.content as Content) })),
        ...(await triedBefore(ctx, draft)),
        ...mishaps.map((one) => ({ step: 'aid', text: inWords(ctx, one) })),
      ],
    ),
    said: draft.answers.flatMap(({ step, said }) =>
      said && (step === saidStep || said.content.kind !== 'text') ? [said] : [],
    ),
    draft: draft.id,
    barred: draft.flow === 'complaint' ? await barredBy(ctx, draft) : null,
    urgent: mishaps.length > 0,
    current: flow.current,
    ...(waited ? { more: (tx, appeal) => replace(tx, desk, { old: waited, by: appeal }) } : {}),
    ...(draft.flow === 'contest' ? { more: (tx, appeal) => sendComplaint(tx, desk, { appeal, draft: draft.id }) } : {}),
  })
  if (draft.flow === 'operator') await recovery.finish(desk, ctx.citizen.id)
  return draft.flow === 'operator' ? await meanwhile(ctx, draft) : { html: '', last: true }
}

/** A person was asked for and will come; until then these may help. Who sent a question that was searched for is not told again. */
const meanwhile = async (ctx: Ctx, draft: Draft): Promise<Ask> => {
  const said = draft.answers.find(({ step }) => step === 'text')?.said
  const typed = said && said.at.message > 0 ? textOf(said.content) : ''
  const near = await nearAnswers(ctx, typed)
  if (near.length === 0) return { html: '', last: true }
  return { html: ctx.t('near.meanwhile'), rows: [...near, wayOut(ctx.house.desk.texts(), ctx.lang)], last: true }
}

/** «Сказали код: сделано 3 из 6»: an operator goes on from there. */
const inWords = (ctx: Ctx, { mishap, done }: { mishap: aid.Mishap; done: number }): string => {
  const texts = ctx.house.desk.texts()
  const name = texts.t(DESK_LANG, `aid.${mishap}.name`)
  return texts.t(DESK_LANG, 'aid.summary', { name, done, most: aid.stepsOf(texts, DESK_LANG, mishap).length })
}

/** The whole way back into the account that did not lead there: nobody has to tell it again. */
const triedBefore = async (ctx: Ctx, draft: Draft): Promise<Context['answers']> => {
  const { desk } = ctx.house
  const all = draft.flow === 'operator' ? await recovery.tried(desk, ctx.citizen.id) : []
  return all.length > 0 ? [{ step: 'recovery', text: recovery.summary(desk.texts(), DESK_LANG, all) }] : []
}

/** Whoever handled the appeal that the complaint names. */
const barredBy = async (ctx: Ctx, draft: Draft): Promise<number | null> => {
  const [number] = contentsOf(draft, 'number')
  return number ? await complaints.about(ctx.house.desk, ctx.citizen.id, textOf(number)) : null
}

const submitWord = async (ctx: Ctx, draft: Draft): Promise<Ask> => {
  const { desk } = ctx.house
  const appeal = draft.appealId === null ? null : await appeals.byId(desk, draft.appealId)
  const word = contentsOf(draft, 'text').map(textOf).join('\n')
  if (appeal && word) await closing.addWord(desk, appeal, word)
  await desk.db.transaction((tx) => drafts.markSent(tx, draft.id, draft.appealId))
  const html = ctx.t(word ? 'flow.word.sent' : 'flow.word.skipped')
  return { html, rows: [wayOut(desk.texts(), ctx.lang)], last: true }
}

/** The line of the last entry that was read; it is most likely what the person still needs help with. */
const lineOf = (ctx: Ctx, steps: trail.Step[]): Line => {
  const entry = steps.findLast((step) => step.kind === 'seen')?.entry
  const line = entry ? (ctx.house.desk.texts().entry(ctx.lang, entry)?.line ?? '') : ''
  return isLine(line) ? line : 'services'
}
