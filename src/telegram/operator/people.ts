import type { InlineKeyboardButton } from 'grammy/types'
import { isSenior } from '../../desk/operators.ts'
import { type Colleague, everybody, find } from '../../desk/people.ts'
import { button } from '../buttons.ts'
import type { Ctx } from '../context.ts'
import { answerPress, type Screen, say, show } from '../show.ts'
import { clock } from '../words.ts'
import { allowed, tell } from './actor.ts'
import { personRows } from './person-rows.ts'

const PAGE = 10

/** /people: who is at work, with what; seniors open a person and change how they work. */
export const showPeople = async (ctx: Ctx, from = 0): Promise<void> => {
  const operator = await allowed(ctx, 'see-people')
  if (!operator) return
  const all = await everybody(ctx.house.desk)
  const page = all.slice(from, from + PAGE)
  const html = [
    ctx.t('people.head', { count: all.filter(({ online }) => online).length }),
    ...page.map((one) => line(ctx, one)),
  ]
  const rows = isSenior(operator)
    ? [...inTwos(page.map(open)), ...turning(ctx, from, all.length)]
    : turning(ctx, from, all.length)
  const screen = { html: html.join('\n'), rows }
  if (!ctx.callbackQuery) return void (await say(ctx, screen))
  await answerPress(ctx)
  await show(ctx, screen)
}

/** One person, with the buttons that whoever looks may press. */
export const showPerson = async (ctx: Ctx, id: number, said?: string): Promise<void> => {
  const operator = await allowed(ctx, 'manage-people')
  const person = operator && (await find(ctx.house.desk, id))
  if (!operator) return
  if (!person) return await tell(ctx, 'desk.stale')
  await answerPress(ctx)
  await show(ctx, screenOf(ctx, person, { admin: operator.roles.includes('admin'), said }))
}

const screenOf = (
  ctx: Ctx,
  person: Colleague,
  { admin, said }: { admin: boolean; said: string | undefined },
): Screen => ({
  html: [line(ctx, person), '', ctx.t('people.person_how'), ...(said ? ['', said] : [])].join('\n'),
  rows: personRows(ctx, person, admin),
})

const line = (ctx: Ctx, one: Colleague): string =>
  ctx.t('people.one', {
    name: one.name,
    presence: presence(ctx, one),
    in_hand: one.inHand,
    most: one.most,
    lines:
      one.lines.length === 0 ? ctx.t('people.all_lines') : one.lines.map((each) => ctx.t(`line.${each}`)).join(', '),
    roles:
      one.roles.length === 0
        ? ctx.t('people.no_role')
        : one.roles.map((role) => ctx.t(`people.role.${role}`)).join(', '),
  })

const presence = (ctx: Ctx, { presence: said, since, online }: Colleague): string => {
  if (said === null || since === null) return ctx.t('people.presence.unknown')
  return ctx.t(`people.presence.${said === 'online' && !online ? 'over' : said}`, { at: clock(since, ctx.lang) })
}

const open = ({ id, name }: Colleague): InlineKeyboardButton =>
  button(name, { verb: 'person', deed: 'show', person: id, what: '' })

const inTwos = (buttons: InlineKeyboardButton[]): InlineKeyboardButton[][] =>
  buttons.flatMap((_, n) => (n % 2 === 0 ? [buttons.slice(n, n + 2)] : []))

const turning = (ctx: Ctx, from: number, all: number): InlineKeyboardButton[][] => {
  const to = (at: number, words: string) => button(ctx.t(words), { verb: 'people', from: at })
  const row = [
    ...(from > 0 ? [to(Math.max(0, from - PAGE), 'people.back')] : []),
    ...(from + PAGE < all ? [to(from + PAGE, 'people.next')] : []),
  ]
  return row.length > 0 ? [row] : []
}
