import type { InlineKeyboardButton } from 'grammy/types'
import { LINES } from '../../desk/desk.ts'
import type { Role } from '../../desk/operators.ts'
import { type Colleague, worksIn } from '../../desk/people.ts'
import { button, type PersonDeed } from '../buttons.ts'
import type { Ctx } from '../context.ts'

const ROLES: Role[] = ['operator', 'senior', 'admin']
const PRESENCES = ['online', 'break', 'offline'] as const
const MOST = 999

/** Each button names what shall be, not what to change: pressed twice it does the same. */
export const personRows = (ctx: Ctx, person: Colleague, admin: boolean): InlineKeyboardButton[][] => {
  const to = (words: string, deed: PersonDeed, what: string | number = '') =>
    button(words, { verb: 'person', deed, person: person.id, what: String(what) })
  const mark = (on: boolean) => (on ? '☑' : '☐')
  const lines = LINES.map((line) => {
    const on = worksIn(person, line)
    return to(`${mark(on)} ${ctx.t(`line.${line}`)}`, on ? 'unline' : 'line', line)
  })
  const roles = ROLES.map((role) => {
    const on = person.roles.includes(role)
    return to(`${mark(on)} ${ctx.t(`people.role.${role}`)}`, on ? 'ungrant' : 'grant', role)
  })
  const room = (by: number) => Math.min(MOST, Math.max(0, person.most + by))
  return [
    ...(admin ? [roles.slice(0, 2), roles.slice(2)] : []),
    lines.slice(0, 3),
    lines.slice(3),
    [to('−5', 'room', room(-5)), to('−1', 'room', room(-1)), to('+1', 'room', room(1)), to('+5', 'room', room(5))],
    [to(ctx.t('people.usual'), 'room', 'usual')],
    PRESENCES.map((presence) => to(ctx.t(`people.set.${presence}`), 'presence', presence)),
    ...(person.inHand > 0 ? [[to(ctx.t('people.empty'), 'empty'), to(ctx.t('people.to_heir'), 'heirs')]] : []),
    [button(ctx.t('people.all'), { verb: 'people', from: 0 })],
  ]
}
