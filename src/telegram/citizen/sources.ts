import * as facts from '../../desk/facts.ts'
import type { Fact } from '../../texts.ts'
import { button } from '../buttons.ts'
import type { Ctx } from '../context.ts'
import { wayOut } from '../keyboards.ts'
import { say } from '../show.ts'
import { day } from '../words.ts'

const KINDS: ReadonlySet<Fact['kind']> = new Set(['phone', 'link'])

/** The list of official numbers and addresses, each with the day on which a person compared it with its source. */
export const tellSources = async (ctx: Ctx): Promise<void> => {
  const { desk } = ctx.house
  const texts = desk.texts()
  const checked = await facts.checkedOn(desk)
  const lines = texts
    .facts()
    .filter(({ kind, key }) => KINDS.has(kind) && texts.has(ctx.lang, `sources.name.${key}`))
    .map((fact) => {
      const on = checked.get(fact.key)
      const vars = { name: ctx.t(`sources.name.${fact.key}`), value: texts.fact(ctx.lang, fact.key) }
      return on ? ctx.t('sources.checked', { ...vars, date: day(on, ctx.lang) }) : ctx.t('sources.unchecked', vars)
    })
  const verify = texts.entry(ctx.lang, 'safety.verify')
  await say(ctx, {
    html: [ctx.t('sources.head'), lines.join('\n'), ctx.t('sources.foot')].join('\n\n'),
    rows: [
      ...(verify ? [[button(verify.title, { verb: 'entry', id: 'safety.verify' })]] : []),
      wayOut(texts, ctx.lang),
    ],
  })
}
