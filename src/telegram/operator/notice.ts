import type { NextFunction } from 'grammy'
import { toChat } from '../../desk/letters.ts'
import * as operators from '../../desk/operators.ts'
import { clean } from '../content.ts'
import type { Ctx } from '../context.ts'

/** Somebody new speaks in the group: an admin may let them work with one button. Known people keep their own name. */
export const notice = async (ctx: Ctx, next: NextFunction): Promise<void> => {
  const { desk } = ctx.house
  const person = ctx.from
  if (person && !person.is_bot && ctx.chat) {
    const name = clean(person.first_name).slice(0, 60)
    if (!ctx.operator) {
      const seen = await operators.noticed(desk, person.id, name)
      if (seen) {
        await toChat(desk.db, desk, ctx.chat.id, {
          key: `seen:${seen.id}`,
          letter: { type: 'phrase', phrase: 'desk.seen', vars: { name }, buttons: { set: 'seen', person: seen.id } },
        })
      }
    } else if (ctx.operator.name !== name) {
      await operators.rename(desk, ctx.operator.id, name)
      ctx.operator = { ...ctx.operator, name }
    }
  }
  await next()
}
