import { type AuditAction, auditNow } from '../../desk/audit.ts'
import { type Action, authorize, type Verdict } from '../../desk/authorize.ts'
import * as desks from '../../desk/desks.ts'
import type { Operator } from '../../desk/operators.ts'
import type { Ctx } from '../context.ts'
import { answerPress, say } from '../show.ts'

/** Stands before every deed of an admin: who may do it, or null after the person was told why not. */
export const admin = async (ctx: Ctx, action: Action): Promise<Operator | null> => {
  const { operator } = ctx
  if (!operator || !ctx.from) return await refuse(ctx, 'not-operator')
  const verdict = authorize({ kind: 'operator', operator, member: await isOfDesk(ctx, ctx.from.id) }, action)
  return verdict.allowed ? operator : await refuse(ctx, verdict.why)
}

/** In a group: there. In a private chat: in one of the desk groups. */
const isOfDesk = async (ctx: Ctx, person: number): Promise<boolean> => {
  const chats = ctx.chat?.type === 'private' ? await desks.chats(ctx.house.desk) : [ctx.chat?.id ?? 0]
  for (const chat of chats) if ((await ctx.house.isMember(chat, person)) === true) return true
  return false
}

const refuse = async (ctx: Ctx, why: Extract<Verdict, { allowed: false }>['why']): Promise<null> => {
  if (ctx.callbackQuery) await answerPress(ctx, ctx.t(`desk.no.${why}`))
  else await say(ctx, { html: ctx.t(`desk.no.${why}`) })
  return null
}

export const noted = (ctx: Ctx, by: number, action: AuditAction) =>
  auditNow(ctx.house.desk, { key: `${action}:${ctx.key}`, actor: { kind: 'operator', id: by }, action })
