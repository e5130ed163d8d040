import type { NextFunction } from 'grammy'
import type { User } from 'grammy/types'
import { toChat } from '../../desk/letters.ts'
import * as operators from '../../desk/operators.ts'
import { clean } from '../content.ts'
import type { Ctx } from '../context.ts'

/** Somebody new is in the group: an admin may let them work with one button. Known people keep their own name. */
export const notice = async (ctx: Ctx, next: NextFunction): Promise<void> => {
  const { desk } = ctx.house
  const person = ctx.message || ctx.callbackQuery ? ctx.from : undefined
  for (const one of ctx.message?.new_chat_members ?? (person ? [person] : [])) {
    if (one.is_bot || !ctx.chat || (one.id === person?.id && ctx.operator)) continue
    const name = nameOf(one)
    const seen = await operators.noticed(desk, one.id, name)
    if (!seen) continue
    await toChat(desk.db, desk, ctx.chat.id, {
      key: `seen:${seen.id}`,
      letter: { type: 'phrase', phrase: 'desk.seen', vars: { name }, buttons: { set: 'seen', person: seen.id } },
    })
  }
  if (person && ctx.operator && ctx.operator.name !== nameOf(person)) {
    await operators.rename(desk, ctx.operator.id, nameOf(person))
    ctx.operator = { ...ctx.operator, name: nameOf(person) }
  }
  await next()
}

const nameOf = (person: User): string => clean(person.first_name).slice(0, 60).toWellFormed()
