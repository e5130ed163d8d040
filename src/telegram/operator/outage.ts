import { isLine, type Line } from '../../desk/desk.ts'
import * as desks from '../../desk/desks.ts'
import { neverSent } from '../../desk/guard.ts'
import { toChat } from '../../desk/letters.ts'
import type { Operator } from '../../desk/operators.ts'
import type { Outage } from '../../desk/outages.ts'
import * as outages from '../../desk/outages.ts'
import type { Button } from '../buttons.ts'
import type { Ctx } from '../context.ts'
import { whatIsOut, wordsIn } from '../outage-words.ts'
import { answerPress, say, show } from '../show.ts'
import { allowed, tell } from './actor.ts'
import { outageSaid } from './outage-said.ts'
import { listScreen, outageScreen, overScreen } from './outage-screen.ts'

const MOST = 300
const BETWEEN = /\s\/\s|\n+/

/** /outage: what is out now; with words: something that does not work, which is looked at before citizens read it. */
export const outage = async (ctx: Ctx, argument: string): Promise<void> => {
  const operator = await allowed(ctx, 'mark-outage')
  if (!operator) return
  const { desk } = ctx.house
  const said = outageSaid(argument, new Date(), desk.texts().schedule.timezone)
  if (said.is === 'list') return void (await say(ctx, await listScreen(ctx)))
  if (said.text.length > MOST) return await tell(ctx, 'outage.too_long', { most: MOST })
  if (neverSent(desk, { content: { kind: 'text', text: said.text } })) return await tell(ctx, 'broadcast.never')
  const words = wordsIn(desk.texts(), said.text, BETWEEN)
  if (said.is === 'known') return await reword(ctx, operator, { id: said.id, words })
  const [best] = ctx.house.finder().find(Object.values(words).join(' ')).entries
  const entries = best ? [best.id] : []
  const marked = await outages.draft(desk, { key: ctx.key, by: operator.id, words, since: said.since, entries })
  await say(ctx, await outageScreen(ctx, marked))
}

/** `/outage 3 new words`: the banner changes at once; without words it is only shown. */
const reword = async (ctx: Ctx, operator: Operator, { id, words }: { id: number; words: Outage['words'] }) => {
  const { desk } = ctx.house
  const known = await outages.byId(desk, id)
  if (known?.state !== 'open') return await tell(ctx, 'outage.unknown', { id })
  if (Object.keys(words).length > 0) await outages.change(desk, id, { by: operator.id, key: ctx.key, words })
  await say(ctx, await outageScreen(ctx, (await outages.byId(desk, id)) ?? known))
}

type Press = Extract<Button, { verb: 'outage' }>

export const pressOutage = async (ctx: Ctx, pressed: Press): Promise<void> => {
  const operator = await allowed(ctx, 'mark-outage')
  if (!operator) return
  const { desk } = ctx.house
  const known = await outages.byId(desk, pressed.outage)
  if (!known || (known.state !== 'draft' && known.state !== 'open')) return await tell(ctx, 'outage.gone')
  await answerPress(ctx)
  switch (pressed.deed) {
    case 'announce':
      await outages.announce(desk, known.id, operator.id)
      await tellGroups(ctx, operator, { outage: known, phrase: 'outage.announced' })
      break
    case 'drop':
      await outages.drop(desk, known.id)
      return await show(ctx, { html: ctx.t('outage.dropped') })
    case 'end':
      return await show(ctx, await overScreen(ctx, known))
    case 'over':
      return await over(ctx, operator, known)
    case 'entry':
    case 'line':
      await outages.change(desk, known.id, { by: operator.id, key: ctx.key, ...toggled(known, pressed) })
  }
  await show(ctx, await outageScreen(ctx, (await outages.byId(desk, known.id)) ?? known))
}

const over = async (ctx: Ctx, operator: Operator, known: Outage): Promise<void> => {
  const count = await outages.end(ctx.house.desk, known.id, operator.id)
  if (count === null) return await show(ctx, { html: ctx.t('outage.gone') })
  const what = whatIsOut(ctx.house.desk.texts(), ctx.lang, known)
  await show(ctx, { html: ctx.t('outage.ended', { what, count }) })
  await tellGroups(ctx, operator, { outage: known, phrase: 'outage.ended_by' })
}

/** At least one place stays: a banner that nobody can see helps nobody. */
const toggled = (known: Outage, { deed, what }: Press): { entries?: string[]; line?: Line | null } => {
  if (deed === 'line') return { line: known.line === null && isLine(what) ? what : null }
  const entries = known.entries.includes(what) ? known.entries.filter((id) => id !== what) : [...known.entries, what]
  return entries.length === 0 && known.line === null ? {} : { entries }
}

/** Colleagues in the other groups should know, too. */
const tellGroups = async (
  ctx: Ctx,
  operator: Operator,
  { outage: { id, ...outage }, phrase }: { outage: Outage; phrase: string },
): Promise<void> => {
  const { desk } = ctx.house
  const vars = { id, operator: operator.name, what: whatIsOut(desk.texts(), ctx.lang, outage) }
  const others = (await desks.chats(desk)).filter((chat) => chat !== ctx.chat?.id)
  for (const chat of others) {
    await toChat(desk.db, desk, chat, { key: `${phrase}:${id}:${chat}`, letter: { type: 'phrase', phrase, vars } })
  }
}
