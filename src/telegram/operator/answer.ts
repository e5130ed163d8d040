import type { Appeal } from '../../desk/appeals.ts'
import * as appeals from '../../desk/appeals.ts'
import { authorize } from '../../desk/authorize.ts'
import { TRAVELS } from '../../desk/content.ts'
import * as handoff from '../../desk/handoff.ts'
import * as messages from '../../desk/messages.ts'
import type { Operator } from '../../desk/operators.ts'
import { button } from '../buttons.ts'
import { saidIn } from '../content.ts'
import type { Ctx } from '../context.ts'
import { say } from '../show.ts'
import { actorOf, allowed, tell } from './actor.ts'
import { takeComment } from './close.ts'
import { say as sayTaken } from './take.ts'

/** A plain message in a topic: the owner's is an answer, anybody else's is held back until that is decided. */
export const answer = async (ctx: Ctx): Promise<void> => {
  const appeal = ctx.appealId === null ? null : await appeals.byId(ctx.house.desk, ctx.appealId)
  if (!appeal || !ctx.msg) return
  const actor = await actorOf(ctx)
  const verdict = authorize(actor, 'answer', appeal)
  if (actor.kind === 'operator' && (await takeComment(ctx, appeal, ctx.msg.text ?? ''))) return
  if (verdict.allowed && actor.kind === 'operator') return await send(ctx, appeal, actor.operator)
  if (!verdict.allowed && (verdict.why === 'not-owner' || verdict.why === 'closed')) {
    return actor.kind === 'operator' ? await hold(ctx, appeal, actor.operator) : undefined
  }
  await tell(ctx, verdict.allowed ? 'desk.no.not-operator' : `desk.no.${verdict.why}`)
}

/** An edit of an answer edits the citizen's copy. */
export const answerEdited = async (ctx: Ctx): Promise<void> => {
  if (!ctx.editedMessage || ctx.appealId === null) return
  const appeal = await appeals.byId(ctx.house.desk, ctx.appealId)
  const actor = await actorOf(ctx)
  if (appeal && actor.kind === 'operator' && authorize(actor, 'answer', appeal).allowed) {
    await messages.edit(ctx.house.desk, saidIn(ctx.editedMessage))
  }
}

/** /note: stays at the desk. */
export const note = async (ctx: Ctx): Promise<void> => {
  const appeal = ctx.appealId === null ? null : await appeals.byId(ctx.house.desk, ctx.appealId)
  if (!appeal || !ctx.msg) return await tell(ctx, 'desk.no.topic')
  const operator = await allowed(ctx, 'note', appeal)
  if (!operator) return
  await messages.note(ctx.house.desk, appeal, { said: saidIn(ctx.msg), operator: operator.id })
  await ctx.react('✍').catch(() => {})
}

/** What became of a held message: a note, an answer by its new owner, or nothing. */
export const decideHeld = async (ctx: Ctx, deed: 'note' | 'send' | 'drop', id: number): Promise<void> => {
  const { desk } = ctx.house
  const held = await messages.byId(desk, id)
  const appeal = held && (await appeals.byId(desk, held.appealId))
  // The destination is the topic's appeal; a button that names another one is not ours.
  if (!held || !appeal || appeal.id !== ctx.appealId) return await tell(ctx, 'desk.stale')
  const operator = await allowed(ctx, deed === 'send' ? 'take' : 'note', appeal)
  if (!operator) return
  if (held.operatorId !== operator.id) return await tell(ctx, 'desk.not_your_words')
  if (deed === 'send') {
    const taken = await handoff.takeAndSend(desk, held, operator)
    if (taken.status === 'decided') return await tell(ctx, 'desk.stale')
    if (taken.status !== 'taken' && taken.status !== 'already-yours') return await sayTaken(ctx, taken)
  } else if (!(await desk.db.transaction((tx) => messages.settleHeld(tx, id, deed === 'note' ? 'note' : 'dropped')))) {
    return await tell(ctx, 'desk.stale')
  }
  await tell(ctx, `desk.held.${deed}`)
  await ctx.editMessageReplyMarkup().catch(() => {})
}

const send = async (ctx: Ctx, appeal: Appeal, operator: Operator): Promise<void> => {
  if (!ctx.msg) return
  const said = saidIn(ctx.msg)
  const id = await handoff.answer(ctx.house.desk, appeal, { said, operator: operator.id })
  if (id !== null && !TRAVELS.has(said.content.kind)) await say(ctx, { html: ctx.t('relay.as_words') })
}

const hold = async (ctx: Ctx, appeal: Appeal, operator: Operator): Promise<void> => {
  if (!ctx.msg) return
  const id = await messages.hold(ctx.house.desk, appeal, { said: saidIn(ctx.msg), operator: operator.id })
  if (id === null) return
  const closed = appeal.closedAt !== null
  await say(ctx, {
    html: ctx.t(closed ? 'desk.held_closed' : 'desk.held_back'),
    rows: [
      [
        button(ctx.t('button.held.note'), { verb: 'held', deed: 'note', message: id }),
        ...(closed ? [] : [button(ctx.t('button.held.send'), { verb: 'held', deed: 'send', message: id })]),
      ],
      [button(ctx.t('button.held.drop'), { verb: 'held', deed: 'drop', message: id })],
    ],
  })
}
