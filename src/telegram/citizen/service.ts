import { shorten, textOf } from '../../desk/content.ts'
import { contentsOf, type Draft } from '../../desk/draft-steps.ts'
import * as drafts from '../../desk/drafts.ts'
import * as trail from '../../desk/trail.ts'
import { button } from '../buttons.ts'
import type { Ctx } from '../context.ts'
import { wayOut } from '../keyboards.ts'
import type { Ask } from './form-ask.ts'

/** A service by its name: what holds for all of them is said here, what holds for this one only where it is described. */
export const tellService = async (ctx: Ctx, draft: Draft): Promise<Ask> => {
  const { desk } = ctx.house
  const texts = desk.texts()
  const name = contentsOf(draft, 'what').map(textOf).join(' ')
  // Whoever calls an operator next need not name it again.
  await trail.asked(desk, { citizen: ctx.citizen.id, key: `${ctx.key}:service`, text: name, verdict: 'answer' })
  await desk.db.transaction((tx) => drafts.markSent(tx, draft.id, null))
  const near = texts.sections(ctx.lang).find(({ id }) => id === 'service')?.entries ?? []
  return {
    html: ctx.t('service.about', { name: shorten(name, 100) }),
    rows: [
      ...near.flatMap((id) => {
        const entry = texts.entry(ctx.lang, id)
        return entry ? [[button(entry.title, { verb: 'entry', id })]] : []
      }),
      wayOut(texts, ctx.lang),
    ],
    last: true,
  }
}
