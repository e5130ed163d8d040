import * as appeals from '../../desk/appeals.ts'
import { authorize } from '../../desk/authorize.ts'
import { TRAVELS } from '../../desk/content.ts'
import * as handoff from '../../desk/handoff.ts'
import * as held from '../../desk/held.ts'
import * as messages from '../../desk/messages.ts'
import { saidIn } from '../content.ts'
import type { Ctx } from '../context.ts'
import { answerPress, show } from '../show.ts'
import { actorOf, allowed, argument, tell } from './actor.ts'
import { takeComment } from './close.ts'
import { say as sayTaken } from './take.ts'

/** A plain message in a topic: the owner's is an answer, anybody else's is held back until that is decided. */
export const answer = async (ctx: Ctx): Promise<void> => {
  const appeal = ctx.appealId === null ? null : await appeals.byId(ctx.house.desk, ctx.appealId)
  if (!appeal || !ctx.msg) return
  const actor = await actorOf(ctx)
  const verdict = authorize(actor, 'answer', appeal)
  // A stranger's words mean nothing here; that they are seen was said once, to the admins.
  if (actor.kind !== 'operator' || (!verdict.allowed && verdict.why === 'not-operator')) return
  if (!verdict.allowed && verdict.why === 'not-member') return await tell(ctx, 'desk.no.not-member')
  if (await takeComment(ctx, appeal, actor.operator)) return
  const spoken = { said: saidIn(ctx.msg), operator: actor.operator.id }
  const { kind } = spoken.said.content
  if (kind === 'other') return await tell(ctx, 'desk.not_passed')
  if (!verdict.allowed) return await held.hold(ctx.house.desk, appeal, spoken)
  const id = await handoff.answer(ctx.house.desk, appeal, spoken)
  // Nobody's answer any more: the appeal changed hands a moment ago.
  if (id === null) return await held.hold(ctx.house.desk, appeal, spoken)
  if (!TRAVELS.has(kind)) await tell(ctx, 'desk.as_words')
}

/** An edit of an answer edits the citizen's copy; what stayed at the desk is only kept anew. */
export const answerEdited = async (ctx: Ctx): Promise<void> => {
  const { desk } = ctx.house
  if (!ctx.editedMessage || ctx.appealId === null) return
  const said = saidIn(ctx.editedMessage)
  const [appeal, before, actor] = [
    await appeals.byId(desk, ctx.appealId),
    await messages.latest(desk, said.at),
    await actorOf(ctx),
  ]
  if (!appeal || before?.appealId !== appeal.id || !messages.isChanged(before, said)) return
  const relayed = before.state === 'relayed'
  if (authorize(actor, relayed ? 'answer' : 'note', appeal).allowed) await messages.edit(desk, said)
  else if (relayed && actor.kind === 'operator') await tell(ctx, 'desk.edit_stays')
}

/** /note: stays at the desk. */
export const note = async (ctx: Ctx): Promise<void> => {
  const appeal = ctx.appealId === null ? null : await appeals.byId(ctx.house.desk, ctx.appealId)
  if (!appeal || !ctx.msg) return await tell(ctx, 'desk.no.topic')
  const operator = await allowed(ctx, 'note', appeal)
  if (!operator) return
  if (argument(ctx) === '' && ctx.msg.text !== undefined) return await tell(ctx, 'desk.note_how')
  await messages.note(ctx.house.desk, appeal, { said: saidIn(ctx.msg), operator: operator.id })
  await ctx.react('✍').catch(() => {})
}

/** What became of a held message: a note, an answer by its new owner, or nothing. Only its author decides, and once. */
export const decideHeld = async (ctx: Ctx, deed: 'note' | 'send' | 'drop', id: number): Promise<void> => {
  const { desk } = ctx.house
  const message = await messages.byId(desk, id)
  const appeal = message && (await appeals.byId(desk, message.appealId))
  // The destination is the topic's appeal; a button that names another one is not ours.
  if (!message || !appeal || appeal.id !== ctx.appealId) return await tell(ctx, 'desk.stale')
  const operator = await allowed(ctx, deed === 'send' ? 'take' : 'note', appeal)
  if (!operator) return
  if (message.operatorId !== operator.id) return await tell(ctx, 'desk.not_your_words')
  if (message.state !== 'held') return await tell(ctx, 'desk.stale')
  if (deed === 'send') {
    const taken = await handoff.takeAndSend(desk, message, operator)
    if (taken.status === 'decided') return await tell(ctx, 'desk.stale')
    if (taken.status !== 'taken' && taken.status !== 'already-yours') return await sayTaken(ctx, taken)
  } else {
    const state = deed === 'note' ? 'note' : 'dropped'
    if (!(await desk.db.transaction((tx) => held.settle(tx, message, state)))) return await tell(ctx, 'desk.stale')
  }
  await answerPress(ctx)
  await show(ctx, { html: ctx.t(`desk.held.${deed}`) })
}
