import { asYaml, skeletonOf } from '../../desk/answers/skeleton.ts'
import { auditNow } from '../../desk/audit.ts'
import { shorten } from '../../desk/content.ts'
import { gaps } from '../../desk/gaps.ts'
import { button } from '../buttons.ts'
import type { Ctx } from '../context.ts'
import { answerPress, say } from '../show.ts'
import { admin } from './actor.ts'

const DAYS = 30
const TOP = 20
const IN_A_ROW = 5
const EXAMPLE = 90
const MOST_ASKED = 8

/** /gaps: what was asked and not answered, most frequent first, with one example and a way to an entry each. */
export const showGaps = async (ctx: Ctx): Promise<void> => {
  const by = await admin(ctx, 'see-words')
  if (!by) return
  const actor = { kind: 'operator', id: by.id } as const
  await auditNow(ctx.house.desk, { key: `gaps:${ctx.key}`, actor, action: 'search', data: { by: 'gaps' } })
  const top = (await gaps(ctx.house.desk, DAYS)).slice(0, TOP)
  if (top.length === 0) return void (await say(ctx, { html: ctx.t('gaps.none', { days: DAYS }) }))
  const lines = top.map(({ count, asked }, at) =>
    ctx.t('gaps.one', { n: at + 1, times: count, example: shorten(asked[0] ?? '', EXAMPLE) }),
  )
  const buttons = top.map(({ id }, at) => button(String(at + 1), { verb: 'gap', asked: id }))
  const rows = Array.from({ length: Math.ceil(buttons.length / IN_A_ROW) }, (_, row) =>
    buttons.slice(row * IN_A_ROW, (row + 1) * IN_A_ROW),
  )
  await say(ctx, { html: [ctx.t('gaps.head', { days: DAYS }), ...lines, ctx.t('gaps.make')].join('\n\n'), rows })
}

/** Answers with the entry to paste, in each language. */
export const makeEntry = async (ctx: Ctx, asked: number): Promise<void> => {
  if (!(await admin(ctx, 'see-words'))) return
  const gap = (await gaps(ctx.house.desk, DAYS)).find(({ id }) => id === asked)
  if (!gap) return await answerPress(ctx, ctx.t('desk.stale'))
  await answerPress(ctx)
  const { section, entries } = skeletonOf(ctx.house.desk.texts(), ctx.house.finder(), gap.asked.slice(0, MOST_ASKED))
  const parts = entries.map(({ lang, entry }) => ctx.t('gaps.entry', { lang, section, yaml: asYaml(entry) }))
  await say(ctx, { html: [ctx.t('gaps.paste'), ...parts].join('\n\n') })
}
