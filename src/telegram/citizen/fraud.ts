import { button } from '../buttons.ts'
import type { Ctx } from '../context.ts'
import { wayOut } from '../keyboards.ts'
import { show } from '../show.ts'

/** Warning signs, what never to tell, what to do if it has happened, how to check a source. */
export const openFraud = async (ctx: Ctx): Promise<void> => {
  const texts = ctx.house.desk.texts()
  const { intro, signs, never, happened, verify } = texts.fraud(ctx.lang)
  const list = (title: string, lines: string[], mark: (n: number) => string) =>
    `<b>${ctx.t(title)}</b>\n${lines.map((line, n) => `${mark(n)} ${line}`).join('\n')}`
  const dash = () => '–'
  const html = [
    intro,
    list('fraud.happened', happened, (n) => `${n + 1}.`),
    list('fraud.signs', signs, dash),
    list('fraud.never', never, dash),
    list('fraud.verify', verify, dash),
  ].join('\n\n')
  const near = ['safety.fraud_actions', 'safety.verify'].flatMap((id) => {
    const entry = texts.entry(ctx.lang, id)
    return entry ? [[button(entry.title, { verb: 'entry' as const, id })]] : []
  })
  await show(ctx, { html, rows: [...near, wayOut(texts, ctx.lang)] })
}
