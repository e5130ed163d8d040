import * as appeals from '../../desk/appeals.ts'
import { authorize } from '../../desk/authorize.ts'
import { TRAVELS } from '../../desk/content.ts'
import * as held from '../../desk/held.ts'
import * as messages from '../../desk/messages.ts'
import * as outgoing from '../../desk/outgoing.ts'
import { saidIn } from '../content.ts'
import type { Ctx } from '../context.ts'
import { say } from '../show.ts'
import { actorOf, allowed, argument, looked, tell } from './actor.ts'
import { takeComment } from './close.ts'
import { showTyping } from './typing.ts'

/** A plain message in a topic: the owner's is an answer, anybody else's is held back until that is decided. */
export const answer = async (ctx: Ctx): Promise<void> => {
  const { talk } = ctx
  if (!talk || !ctx.msg) return
  const { appeal } = talk
  const actor = await actorOf(ctx, ctx.operator ? talk.seniors : null)
  const verdict = authorize(actor, 'answer', appeal)
  // A stranger's words mean nothing here; that they are seen was said once, to the admins.
  if (actor.kind !== 'operator' || (!verdict.allowed && verdict.why === 'not-operator')) return
  if (!verdict.allowed && verdict.why === 'not-member') return await tell(ctx, 'desk.no.not-member')
  if (!verdict.allowed && verdict.why === 'forgotten') return await tell(ctx, 'desk.no.forgotten')
  await looked(ctx, appeal, actor.operator)
  if (talk.asked && (await takeComment(ctx, appeal, actor.operator))) return
  const spoken = { said: saidIn(ctx.msg), operator: actor.operator.id }
  const { kind } = spoken.said.content
  if (kind === 'other')
    return await tell(ctx, 'talk.cannot_desk', { what: ctx.t(`what.${spoken.said.content.detail}`) })
  if (!verdict.allowed) return await held.hold(ctx.house.desk, appeal, spoken)
  const outcome = await outgoing.answer(ctx.house.desk, appeal, { ...spoken, talk })
  if (outcome === 'held') return
  if (outcome === 'sent') showTyping(ctx, appeal, spoken.said)
  if (kind !== 'text' && !TRAVELS.has(kind)) await tell(ctx, 'desk.as_words')
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
  if (authorize(actor, relayed ? 'answer' : 'note', appeal).allowed) {
    // The citizen keeps the words that were let through.
    const stop = relayed ? await outgoing.stopped(desk, { appeal, content: said.content }) : null
    if (stop) await say(ctx, { html: [ctx.t('talk.edit_stopped'), ctx.t(stop.phrase, stop.vars)].join('\n\n') })
    else await messages.edit(desk, said)
  } else if (relayed && actor.kind === 'operator') await tell(ctx, 'desk.edit_stays')
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
