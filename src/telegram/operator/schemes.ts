import * as appeals from '../../desk/appeals.ts'
import { textOf } from '../../desk/content.ts'
import * as messages from '../../desk/messages.ts'
import * as schemes from '../../desk/schemes.ts'
import { button } from '../buttons.ts'
import { clean } from '../content.ts'
import type { Ctx } from '../context.ts'
import { answerPress, say, show } from '../show.ts'
import { shortDay } from '../words.ts'
import { allowed, argument, tell } from './actor.ts'

/**
 * /scheme and text publishes it under «Мошенники»; /scheme, a number and text changes that one, a number and «снять» takes
 * it off; /scheme alone lists what is shown. Numbers and links of people never go out with it.
 */
export const scheme = async (ctx: Ctx): Promise<void> => {
  const { desk } = ctx.house
  const operator = await allowed(ctx, 'publish-scheme')
  if (!operator) return
  const [, id, rest = ''] = /^(?:#?(\d{1,9})(?:\s+|$))?([\s\S]*)$/.exec(clean(argument(ctx)).trim()) ?? []
  const text = schemes.withoutTraces(rest, ctx.t('schemes.link'))
  if (id === undefined && text === '') {
    const proposed = ctx.appealId !== null && (await propose(ctx, ctx.appealId))
    return proposed ? undefined : await list(ctx)
  }
  const deed = { key: ctx.key, by: operator.id }
  if (id === undefined) {
    const made = await schemes.publish(desk, { ...deed, text, appeal: ctx.appealId ?? undefined })
    return await tell(ctx, 'schemes.published', { id: made ?? '', text })
  }
  if (text === '') return await tell(ctx, 'schemes.how')
  const withdraws = /^(?:снять|убрать|withdraw|-|–)$/i.test(text)
  const done = await schemes.change(desk, Number(id), { ...deed, text: withdraws ? null : text })
  await tell(ctx, !done ? 'schemes.none_such' : withdraws ? 'schemes.withdrawn' : 'schemes.changed', { id, text })
}

const list = async (ctx: Ctx): Promise<void> => {
  const all = await schemes.shown(ctx.house.desk, 10)
  const lines = all.map(({ id, text, at }) => ctx.t('schemes.one', { id, text, at: shortDay(at, ctx.lang) }))
  await say(ctx, {
    html: [ctx.t(all.length > 0 ? 'schemes.now' : 'schemes.none'), ...lines, '', ctx.t('schemes.how')].join('\n'),
  })
}

/** A report's own words, without traces of people, as a senior read them in the proposal. */
export const publishReport = async (ctx: Ctx, appeal: number): Promise<void> => {
  const operator = await allowed(ctx, 'publish-scheme')
  if (!operator || appeal !== ctx.appealId) return operator ? await tell(ctx, 'desk.stale') : undefined
  const text = await proposal(ctx, appeal)
  if (text === '') return await tell(ctx, 'desk.stale')
  const id = await schemes.publish(ctx.house.desk, { key: `report:${appeal}`, by: operator.id, text, appeal })
  if (id === null) return await tell(ctx, 'desk.stale')
  await answerPress(ctx)
  await show(ctx, { html: ctx.t('schemes.published', { id, text }) })
}

const propose = async (ctx: Ctx, appeal: number): Promise<boolean> => {
  const text = await proposal(ctx, appeal)
  if (text === '') return false
  await say(ctx, {
    html: ctx.t('schemes.propose', { text }),
    rows: [[button(ctx.t('button.publish_scheme'), { verb: 'scheme', appeal })]],
  })
  return true
}

const proposal = async (ctx: Ctx, id: number): Promise<string> => {
  const { desk } = ctx.house
  const appeal = await appeals.byId(desk, id)
  const said = appeal?.kind === 'fraud' ? await messages.firstOfCitizen(desk, id) : null
  return said ? schemes.withoutTraces(textOf(said.content), ctx.t('schemes.link')) : ''
}
