import type { Appeal } from '../../desk/appeals.ts'
import * as appeals from '../../desk/appeals.ts'
import { auditNow } from '../../desk/audit.ts'
import { type Action, type Actor, authorize } from '../../desk/authorize.ts'
import * as complaints from '../../desk/complaints.ts'
import type { Desk } from '../../desk/desk.ts'
import type { Operator } from '../../desk/operators.ts'
import type { Ctx } from '../context.ts'
import { answerPress, say } from '../show.ts'

/** The person behind this update in a desk group, as it can be proved right now. */
export const actorOf = async (ctx: Ctx, known: number[] | null = null): Promise<Actor> => {
  if (!ctx.operator || !ctx.chat || !ctx.from) return { kind: 'nobody' }
  const member = await ctx.house.isMember(ctx.chat.id, ctx.from.id)
  const seniors = known ?? (await complaints.seniors(ctx.house.desk))
  return { kind: 'operator', operator: ctx.operator, member: member === true, seniors }
}

/** Stands before every deed in the group: the operator who may do it, or null after the person was told why not. */
export const allowed = async (ctx: Ctx, action: Action, appeal: Appeal | null = null): Promise<Operator | null> => {
  const actor = await actorOf(ctx)
  const verdict = authorize(actor, action, appeal)
  if (verdict.allowed && actor.kind === 'operator') {
    if (appeal && action !== 'take') await looked(ctx, appeal, actor.operator)
    return actor.operator
  }
  await tell(ctx, verdict.allowed ? 'desk.no.not-operator' : `desk.no.${verdict.why}`)
  return null
}

/** Who does something with an appeal has opened it: once a day and person that is in the audit, and the citizen may read it. */
export const looked = async (ctx: Ctx, appeal: Pick<Appeal, 'id' | 'citizenId'>, operator: Operator): Promise<void> => {
  const { desk } = ctx.house
  const today = new Date().toISOString().slice(0, 10)
  const key = `look:${appeal.id}:${operator.id}:${today}`
  const seen = LOOKS.get(desk)
  if (seen?.day === today && seen.keys.has(key)) return
  await auditNow(desk, {
    key,
    actor: { kind: 'operator', id: operator.id },
    action: 'look',
    appeal: appeal.id,
    citizen: appeal.citizenId,
  })
  LOOKS.set(desk, { day: today, keys: (seen?.day === today ? seen.keys : new Set<string>()).add(key) })
}

/** What this process has written today, so that a talk does not ask the database at every answer. */
const LOOKS = new WeakMap<Desk, { day: string; keys: Set<string> }>()

/** The appeal of the topic this update came from; null after saying that there is none here. */
export const appealHere = async (ctx: Ctx): Promise<Appeal | null> => {
  const appeal = ctx.appealId === null ? null : await appeals.byId(ctx.house.desk, ctx.appealId)
  if (!appeal) await tell(ctx, 'desk.no.topic')
  return appeal
}

/** What stands behind a command. */
export const argument = (ctx: Ctx): string => (typeof ctx.match === 'string' ? ctx.match.trim() : '')

/** Presses get an alert, words get words. */
export const tell = async (ctx: Ctx, phrase: string, vars?: Record<string, string | number>): Promise<void> => {
  if (ctx.callbackQuery) await answerPress(ctx, ctx.t(phrase, vars))
  else await say(ctx, { html: ctx.t(phrase, vars) })
}
