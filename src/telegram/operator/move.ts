import type { InlineKeyboardButton } from 'grammy/types'
import type { Appeal } from '../../desk/appeals.ts'
import { LINES, type Line } from '../../desk/desk.ts'
import * as moves from '../../desk/moves.ts'
import { isSenior, type Operator } from '../../desk/operators.ts'
import type { Colleague } from '../../desk/people.ts'
import { button } from '../buttons.ts'
import type { Ctx } from '../context.ts'
import { answerPress, say, show } from '../show.ts'
import { allowed, appealHere, tell } from './actor.ts'
import { addressee, reachable } from './addressee.ts'

/** «Вернуть»: back into the queue of its line, to its old place. */
export const release = async (ctx: Ctx): Promise<void> => {
  const appeal = await appealHere(ctx)
  const operator = appeal && (await allowed(ctx, 'release', appeal))
  if (!appeal || !operator) return
  const { status } = await moves.release(ctx.house.desk, appeal, operator)
  if (status !== 'done') return await tell(ctx, 'desk.stale')
  if (ctx.callbackQuery) await answerPress(ctx)
  else await tell(ctx, 'desk.released')
}

/** «Передать»: to another line or to a colleague; /transfer takes a name and a note. */
export const transfer = async (ctx: Ctx, words = ''): Promise<void> => {
  const appeal = await appealHere(ctx)
  const operator = appeal && (await passing(ctx, appeal))
  if (!appeal || !operator) return
  const people = await reachable(ctx, appeal, { above: isSenior(operator) })
  const { line, person, note } = await addressee(ctx, words, people)
  if (line) return await toLine(ctx, appeal, { operator, line, note })
  if (person) return await toPerson(ctx, appeal, { operator, person, note })
  await answerPress(ctx)
  await say(ctx, {
    html: ctx.t('desk.transfer_where'),
    rows: [...lineRows(ctx, appeal), ...peopleRows(ctx, appeal, people)],
  })
}

/** A colleague's button of the list: only while that person is still there and may have it. */
export const giveTo = async (ctx: Ctx, id: number): Promise<void> => {
  const appeal = await appealHere(ctx)
  const operator = appeal && (await passing(ctx, appeal))
  if (!appeal || !operator) return
  const person = (await reachable(ctx, appeal, { above: isSenior(operator) })).find((one) => one.id === id)
  if (!person) return await tell(ctx, 'people.not_there')
  await toPerson(ctx, appeal, { operator, person, note: '' })
}

/** A senior takes an appeal out of somebody's hands. */
export const takeover = async (ctx: Ctx): Promise<void> => {
  const appeal = await appealHere(ctx)
  const operator = appeal && (await allowed(ctx, 'assign', appeal))
  if (!appeal || !operator) return
  const given = await moves.give(ctx.house.desk, appeal, { to: operator, by: operator, how: 'takeover', above: true })
  if (given.status === 'already-theirs') return await tell(ctx, 'people.yours_already')
  if (given.status !== 'done') return await tell(ctx, 'desk.stale')
  await answerPress(ctx)
  await say(ctx, { html: ctx.t('people.taken_over', { operator: operator.name }) })
}

/** The owner, a senior, or anybody while nobody has it. */
const passing = async (ctx: Ctx, appeal: Appeal): Promise<Operator | null> => {
  const senior = ctx.operator && isSenior(ctx.operator) && appeal.ownerId !== ctx.operator.id
  return await allowed(ctx, appeal.ownerId === null ? 'take' : senior ? 'assign' : 'transfer', appeal)
}

const toLine = async (
  ctx: Ctx,
  appeal: Appeal,
  to: { operator: Operator; line: Line; note: string },
): Promise<void> => {
  const { status } = await moves.transfer(ctx.house.desk, appeal, to)
  if (status !== 'done') return await tell(ctx, 'desk.stale')
  await answerPress(ctx)
  // After a press the question makes room for what came of it.
  await show(ctx, { html: ctx.t('desk.transferred', { line: ctx.t(`line.${to.line}`) }) })
}

type ToPerson = { operator: Operator; person: Colleague; note: string }

const toPerson = async (ctx: Ctx, appeal: Appeal, { operator, person, note }: ToPerson): Promise<void> => {
  const giving = { to: person, by: operator, note, above: isSenior(operator) }
  const given = await moves.give(ctx.house.desk, appeal, giving)
  if (given.status === 'full')
    return await tell(ctx, 'people.they_are_full', { operator: person.name, most: given.most })
  if (given.status === 'already-theirs') return await tell(ctx, 'desk.not_free', { operator: person.name })
  if (given.status !== 'done') return await tell(ctx, 'desk.stale')
  await answerPress(ctx)
  await show(ctx, { html: ctx.t('people.given', { operator: person.name }) })
}

const lineRows = (ctx: Ctx, { id, line, version }: Appeal): InlineKeyboardButton[][] =>
  LINES.filter((one) => one !== line).map((one) => [
    button(ctx.t(`line.${one}`), { verb: 'line', line: one, appeal: id, version }),
  ])

const SHOWN = 8

const peopleRows = (ctx: Ctx, { id, version }: Appeal, people: Colleague[]): InlineKeyboardButton[][] =>
  people.slice(0, SHOWN).map((one) => {
    const words = ctx.t(one.room ? 'people.pick' : 'people.pick_full', {
      operator: one.name,
      in_hand: one.inHand,
      most: one.most,
    })
    return [button(words, { verb: 'give', to: one.id, appeal: id, version })]
  })
