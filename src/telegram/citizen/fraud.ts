import * as schemes from '../../desk/schemes.ts'
import { button } from '../buttons.ts'
import type { Ctx } from '../context.ts'
import { wayOut } from '../keyboards.ts'
import { escapeHtml } from '../rich.ts'
import { show } from '../show.ts'
import { shortDay } from '../words.ts'

/** Help first, then what fraudsters do right now, the signs, what never to tell, how to check a source. */
export const openFraud = async (ctx: Ctx): Promise<void> => {
  const texts = ctx.house.desk.texts()
  const { intro, signs, never, happened, verify } = texts.fraud(ctx.lang)
  const now = (await schemes.shown(ctx.house.desk)).map(
    ({ text, at }) => `${escapeHtml(text)} (${shortDay(at, ctx.lang)})`,
  )
  const list = (title: string, lines: string[], mark: (n: number) => string) =>
    `<b>${ctx.t(title)}</b>\n${lines.map((line, n) => `${mark(n)} ${line}`).join('\n')}`
  const dash = () => '–'
  const html = [
    intro,
    ...(now.length > 0 ? [list('schemes.now', now, dash)] : []),
    list('fraud.happened', happened, (n) => `${n + 1}.`),
    list('fraud.signs', signs, dash),
    list('fraud.never', never, dash),
    list('fraud.verify', verify, dash),
  ].join('\n\n')
  const near = ['safety.fraud_actions', 'safety.verify'].flatMap((id) => {
    const entry = texts.entry(ctx.lang, id)
    return entry ? [[button(entry.title, { verb: 'entry' as const, id })]] : []
  })
  await show(ctx, {
    html,
    rows: [
      [button(ctx.t('button.aid'), { verb: 'go', to: 'aid' })],
      [button(ctx.t('button.check'), { verb: 'go', to: 'check' })],
      [button(ctx.t('button.report_fraud'), { verb: 'go', to: 'report' })],
      [button(ctx.t('button.about'), { verb: 'go', to: 'about' })],
      ...near,
      wayOut(texts, ctx.lang),
    ],
  })
}
