import { type Conversation, createConversation } from '@grammyjs/conversations'
import type { Context, NextFunction } from 'grammy'
import { type Draft, flowOf } from '../../desk/draft-steps.ts'
import * as drafts from '../../desk/drafts.ts'
import type { FlowName } from '../../desk/flows.ts'
import { button } from '../buttons.ts'
import type { Ctx } from '../context.ts'
import { wayOut } from '../keyboards.ts'
import { answerPress, say, sayInstead } from '../show.ts'
import { type Ask, ask } from './form-ask.ts'
import { take } from './form-take.ts'
import { tellOutages } from './outages.ts'

/** The name under which the plug-in keeps the conversation, and how long it waits for an answer. */
const FORM = 'form'
const WAITS_MS = 24 * 60 * 60_000

/**
 * The one conversation: for each step that the draft does not have it asks. It only asks – every answer is saved to the draft
 * at once, by the update it came with, so neither a repeated update nor a lost conversation costs an answer.
 */
const form = async (conversation: Conversation<Ctx, Context>, _: Context, { draft, said }: Entry): Promise<void> => {
  let shown = said ?? (await conversation.external(async (outer) => await put(outer, await ask(outer, draft))))
  while (!shown.last) {
    await conversation.wait()
    const before = shown
    shown = await conversation.external(async (outer) => await goThrough(outer, draft, before))
    if (shown.elsewhere) await conversation.halt({ next: true })
  }
}

/** Plain JSON, because the plug-in keeps it. `said`: the question stands already. */
type Entry = { draft: number; said?: Shown }
type Shown = { last?: boolean; elsewhere?: boolean; album?: string; message?: number }

const goThrough = async (ctx: Ctx, draft: number, before: Shown): Promise<Shown> => {
  const next = await take(ctx, draft)
  if (next === 'elsewhere') return { elsewhere: true }
  if (next === 'past') {
    await answerPress(ctx, ctx.t('press.past'))
    return before
  }
  return await put(ctx, next, before)
}

/** The parts of an album get one answer together, which counts along. */
const put = async (ctx: Ctx, next: Ask, before: Shown = {}): Promise<Shown> => {
  const album = ctx.msg?.media_group_id
  const { html, rows, last, first } = next
  if (first) await say(ctx, first)
  if (html === '') return { last }
  const counted = album !== undefined && album === before.album && before.message !== undefined
  const message = counted ? await sayInstead(ctx, before.message ?? 0, { html, rows }) : await say(ctx, { html, rows })
  return { last, album, message: message ?? undefined }
}

const asking = createConversation<Ctx, Context>(form, { id: FORM, maxMillisecondsToWait: WAITS_MS })
const installed = new WeakSet<Ctx>()

/** Offers the update to the question that waits for it. */
export const continueForm = async (ctx: Ctx, next: NextFunction): Promise<void> => {
  installed.add(ctx)
  await asking(ctx, next)
}

/** The plug-in knows a conversation only behind its own middleware; handlers before it bring it along. */
const begin = async (ctx: Ctx, entry: Entry): Promise<void> => {
  const enter = () => ctx.conversation.enter(FORM, entry)
  if (installed.has(ctx)) return await enter()
  installed.add(ctx)
  await asking(ctx, enter)
}

/** Begins a flow, or offers to go on with what was left of it. */
export const enterFlow = async (ctx: Ctx, flow: FlowName, appeal?: number): Promise<void> => {
  const { desk } = ctx.house
  await answerPress(ctx)
  await leaveForms(ctx)
  const draft = await drafts.begin(desk, ctx.citizen.id, { flow, appealId: appeal })
  if (flow === 'fault') await tellOutages(ctx)
  if (draft.answers.length > 0) return await offerToGoOn(ctx, draft)
  await drafts.setState(desk, draft.id, 'open')
  await begin(ctx, { draft: draft.id })
}

type Prefilled = { flow: FlowName; appeal: number; given: Record<string, string> }

/** Begins a flow anew of which something is known already; what was left of it before is about something else. */
export const enterPrefilled = async (ctx: Ctx, { flow, appeal, given }: Prefilled): Promise<void> => {
  const { desk } = ctx.house
  await leaveForms(ctx)
  const left = await drafts.kept(desk, ctx.citizen.id, flow)
  if (left) await drafts.setState(desk, left.id, 'dropped')
  let draft = await drafts.begin(desk, ctx.citizen.id, { flow, appealId: appeal })
  for (const [n, [step, text]] of Object.entries(given).entries()) {
    const said = { at: { chat: ctx.citizen.externalId, message: -n - 1 }, content: { kind: 'text', text } } as const
    draft = await drafts.answer(desk, draft, { step, key: `${ctx.key}:${step}`, said })
  }
  await drafts.setState(desk, draft.id, 'open')
  await begin(ctx, { draft: draft.id })
}

/** «Продолжить» or «Начать заново». */
export const goOn = async (ctx: Ctx, deed: 'resume' | 'anew', id: number): Promise<void> => {
  const { desk } = ctx.house
  await answerPress(ctx)
  const draft = await drafts.own(desk, ctx.citizen.id, id)
  if (!draft || draft.state === 'sent' || draft.state === 'dropped' || !flowOf(draft).asked) {
    return void (await say(ctx, { html: ctx.t('flow.gone'), rows: [wayOut(desk.texts(), ctx.lang)] }))
  }
  await leaveForms(ctx)
  if (deed === 'anew') {
    await drafts.setState(desk, draft.id, 'dropped')
    return await enterFlow(ctx, draft.flow, draft.appealId ?? undefined)
  }
  await drafts.setState(desk, draft.id, 'open')
  await begin(ctx, { draft: draft.id })
}

/** Commands and menu words leave a conversation; what was answered stays for later. */
export const leaveForms = async (ctx: Ctx): Promise<void> => {
  if (ctx.conversation.active(FORM) > 0) await ctx.conversation.exitAll()
  await drafts.leaveAll(ctx.house.desk, ctx.citizen.id)
}

/** What is being asked stays for later; then the deed. */
export const leaving =
  (deed: (ctx: Ctx) => Promise<void>) =>
  async (ctx: Ctx): Promise<void> => {
    await leaveForms(ctx)
    await deed(ctx)
  }

/**
 * A draft is being asked but its conversation is gone (a crash, a new release): this update is its answer all the same.
 * False: nothing was being asked.
 */
export const pickUp = async (ctx: Ctx): Promise<boolean> => {
  if (!ctx.citizen.inForm) return false
  const { desk } = ctx.house
  const draft = await drafts.concerned(desk, ctx.citizen.id, ctx.key)
  if (!draft) return false
  if (draft.state === 'sent') {
    await answerPress(ctx)
    return true
  }
  const next = await take(ctx, draft.id)
  if (next === 'elsewhere') return false
  if (next === 'past') await answerPress(ctx, ctx.t('press.past'))
  else {
    const said = await put(ctx, next)
    if (!said.last) await begin(ctx, { draft: draft.id, said })
  }
  return true
}

const offerToGoOn = async (ctx: Ctx, draft: Draft): Promise<void> => {
  await drafts.setState(ctx.house.desk, draft.id, 'left')
  await say(ctx, {
    html: ctx.t('flow.resume', { flow: ctx.t(`flow.${draft.flow}.name`), count: draft.answers.length }),
    rows: [
      [button(ctx.t('button.resume'), { verb: 'draft', deed: 'resume', draft: draft.id })],
      [button(ctx.t('button.anew'), { verb: 'draft', deed: 'anew', draft: draft.id })],
      wayOut(ctx.house.desk.texts(), ctx.lang),
    ],
  })
}
