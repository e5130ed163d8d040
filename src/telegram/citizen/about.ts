import { passPhrase } from '../../desk/pass-phrase.ts'
import { button } from '../buttons.ts'
import type { Ctx } from '../context.ts'
import { wayOut } from '../keyboards.ts'
import { show } from '../show.ts'

/** /about: who runs this, its one exact name, what it never does, how to check it, and the words a caller says first. */
export const openAbout = async (ctx: Ctx): Promise<void> => {
  const texts = ctx.house.desk.texts()
  const words = passPhrase(texts, ctx.lang)
  await show(ctx, {
    html: ctx.t('about.text', { username: `@${ctx.me.username}`, words }),
    rows: [
      [button(ctx.t('button.check'), { verb: 'go', to: 'check' })],
      wayOut(texts, ctx.lang, button(ctx.t('button.back'), { verb: 'fraud' })),
    ],
  })
}
