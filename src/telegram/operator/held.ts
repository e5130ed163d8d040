import type { Appeal } from '../../desk/appeals.ts'
import * as appeals from '../../desk/appeals.ts'
import { authorize } from '../../desk/authorize.ts'
import * as complaints from '../../desk/complaints.ts'
import * as handoff from '../../desk/handoff.ts'
import * as held from '../../desk/held.ts'
import type { Message } from '../../desk/messages.ts'
import * as messages from '../../desk/messages.ts'
import type { Operator } from '../../desk/operators.ts'
import * as outgoing from '../../desk/outgoing.ts'
import type { Ctx } from '../context.ts'
import { answerPress, show } from '../show.ts'
import { actorOf, allowed, tell } from './actor.ts'
import { say as sayTaken } from './take.ts'

export type HeldDeed = 'note' | 'send' | 'drop' | 'release'

/** What became of a held message: a note, an answer, or nothing. Once; by its author, or by a senior where a guard stopped it. */
export const decideHeld = async (ctx: Ctx, deed: HeldDeed, id: number): Promise<void> => {
  const message = await messages.byId(ctx.house.desk, id)
  const appeal = message && (await appeals.byId(ctx.house.desk, message.appealId))
  // The destination is the topic's appeal; a button that names another one is not ours.
  if (!message || !appeal || appeal.id !== ctx.appealId) return await tell(ctx, 'desk.stale')
  const refused = message.stoppedBy === null ? 'release' : 'send'
  if (deed === refused) return await tell(ctx, 'desk.stale')
  if (deed === 'release') return await release(ctx, appeal, message)
  const operator = await allowed(ctx, deed === 'send' ? 'take' : 'note', appeal)
  if (!operator) return
  if (message.operatorId !== operator.id) return await tell(ctx, 'desk.not_your_words')
  if (message.state !== 'held') return await tell(ctx, 'desk.stale')
  if (deed === 'send') return await send(ctx, { appeal, message, operator })
  const state = deed === 'note' ? 'note' : 'dropped'
  const done = await ctx.house.desk.db.transaction((tx) => held.settle(tx, message, state))
  await decided(ctx, done, deed)
}

type Sending = { appeal: Appeal; message: Message; operator: Operator }

const send = async (ctx: Ctx, { appeal, message, operator }: Sending): Promise<void> => {
  const { desk } = ctx.house
  const now = (await messages.latest(desk, message.at)) ?? message
  const why = await outgoing.stopped(desk, { appeal, content: now.content })
  if (why) {
    await held.stop(desk, appeal, { message, why })
    return await tell(ctx, why.phrase, why.vars)
  }
  const taken = await handoff.takeAndSend(desk, message, operator)
  if (taken.status === 'decided') return await tell(ctx, 'desk.stale')
  if (taken.status !== 'taken' && taken.status !== 'already-yours') return await sayTaken(ctx, taken)
  await decided(ctx, true, 'send')
}

/** The owner may send what no guard stops any more, because it was mended meanwhile; anything else needs a senior. */
const release = async (ctx: Ctx, appeal: Appeal, message: Message): Promise<void> => {
  const { desk } = ctx.house
  const now = await messages.latest(desk, message.at)
  const actor = await actorOf(ctx)
  const mended = now && !(await outgoing.stopped(desk, { appeal, content: now.content }))
  const may = mended && authorize(actor, 'answer', appeal).allowed ? 'answer' : 'release-held'
  const operator = await allowed(ctx, may, appeal)
  if (!operator) return
  // A second pair of eyes, as long as there is one.
  const others = (await complaints.seniors(desk)).filter((id) => id !== message.operatorId)
  if (may === 'release-held' && message.operatorId === operator.id && others.length > 0)
    return await tell(ctx, 'guard.not_yourself')
  const released = message.content.closing ? held.releaseComment : held.release
  await decided(ctx, await released(desk, appeal, { message, by: operator }), 'release')
}

const decided = async (ctx: Ctx, done: boolean, deed: HeldDeed): Promise<void> => {
  if (!done) return await tell(ctx, 'desk.stale')
  await answerPress(ctx)
  await show(ctx, { html: ctx.t(`desk.held.${deed}`) })
}
