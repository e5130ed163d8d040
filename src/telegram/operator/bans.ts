import { readNumber, showNumber } from '../../desk/appeal-number.ts'
import * as appeals from '../../desk/appeals.ts'
import { readBan } from '../../desk/ban-terms.ts'
import * as bans from '../../desk/bans.ts'
import { shorten } from '../../desk/content.ts'
import { type Button, button } from '../buttons.ts'
import { clean } from '../content.ts'
import type { Ctx } from '../context.ts'
import { escapeHtml } from '../rich.ts'
import { answerPress, type Screen, say, show } from '../show.ts'
import { untilDate } from '../words.ts'
import { allowed, appealHere, argument, tell } from './actor.ts'

const A_SCREEN = 5
const MOST_REASON = 300

/** /ban 3d why, in the topic of whoever is to be kept out. The topic itself says what came of it. */
export const ban = async (ctx: Ctx): Promise<void> => {
  const appeal = await appealHere(ctx)
  const operator = appeal && (await allowed(ctx, 'ban', appeal))
  if (!appeal || !operator) return
  const wanted = readBan(clean(argument(ctx)))
  if (!wanted) return await tell(ctx, 'ban.how')
  const reason = shorten(wanted.reason, MOST_REASON)
  await bans.ban(ctx.house.desk, appeal, { ...wanted, reason, by: operator, key: ctx.key })
}

/** /unban in the topic, or with a number anywhere in the group. */
export const unban = async (ctx: Ctx): Promise<void> => {
  const number = readNumber(argument(ctx))
  const appeal = number === null ? await appealHere(ctx) : await appeals.byNumber(ctx.house.desk, number)
  const operator = await allowed(ctx, 'ban', appeal)
  if (!operator) return
  if (!appeal) return number === null ? undefined : await tell(ctx, 'find.none', { number: showNumber(number) })
  const held = await bans.of(ctx.house.desk, appeal.citizenId)
  const lifted = held && (await bans.lift(ctx.house.desk, held.id, { by: operator.id, key: ctx.key }))
  await tell(ctx, lifted ? 'ban.lifted' : 'ban.none_here')
}

/** /bans: who is kept out, a few at a time, each with a button that lets them in again. */
export const showBans = async (ctx: Ctx, from = 0): Promise<void> => {
  if (!(await allowed(ctx, 'see-bans'))) return
  await answerPress(ctx)
  await show(ctx, await screen(ctx, from))
}

export const pressBans = async (ctx: Ctx, press: Extract<Button, { verb: 'bans' | 'unban' }>): Promise<void> => {
  if (press.verb === 'bans') return await showBans(ctx, press.from)
  const operator = await allowed(ctx, 'see-bans')
  if (!operator) return
  const lifted = await bans.lift(ctx.house.desk, press.ban, { by: operator.id, key: ctx.key })
  if (!lifted) return await answerPress(ctx, ctx.t('desk.stale'))
  await answerPress(ctx)
  await show(ctx, await screen(ctx, 0))
  await say(ctx, { html: ctx.t('ban.lifted') })
}

const screen = async (ctx: Ctx, from: number): Promise<Screen> => {
  const found = await bans.list(ctx.house.desk, { from, most: A_SCREEN })
  const shown = found.slice(0, A_SCREEN)
  if (shown.length === 0 && from > 0) return await screen(ctx, 0)
  const lines = shown.map((one, n) => line(ctx, one, from + n + 1))
  const paging = [
    ...(from > 0 ? [button(ctx.t('button.earlier'), { verb: 'bans', from: Math.max(0, from - A_SCREEN) })] : []),
    ...(found.length > A_SCREEN ? [button(ctx.t('button.later'), { verb: 'bans', from: from + A_SCREEN })] : []),
  ]
  return {
    html: [ctx.t(shown.length > 0 ? 'ban.head' : 'ban.nobody'), ...lines].join('\n\n'),
    rows: [
      ...shown.map((one, n) => [
        button(ctx.t('button.unban', { n: from + n + 1, number: showNumber(one.number) }), {
          verb: 'unban',
          ban: one.id,
        }),
      ]),
      ...(paging.length > 0 ? [paging] : []),
    ],
  }
}

const line = (ctx: Ctx, one: bans.Listed, n: number): string =>
  [
    ctx.t(one.until ? 'ban.one_until' : 'ban.one_forever', {
      n,
      number: showNumber(one.number),
      name: one.name ?? ctx.t('card.forgotten'),
      until: one.until ? untilDate(one.until, ctx.lang) : '',
      operator: one.by,
    }),
    `«${escapeHtml(one.reason)}»`,
    ...(one.shadow ? [ctx.t('ban.one_shadow')] : []),
  ].join('\n')
