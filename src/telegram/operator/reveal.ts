import { type Appeal, byId } from '../../desk/appeals.ts'
import { audit } from '../../desk/audit.ts'
import { textOf } from '../../desk/content.ts'
import { openContext } from '../../desk/context.ts'
import * as hiding from '../../desk/hiding.ts'
import * as messages from '../../desk/messages.ts'
import type { Button } from '../buttons.ts'
import type { Ctx } from '../context.ts'
import { pagesOf } from '../hidden.ts'
import { escapeHtml } from '../rich.ts'
import { answerPress, show } from '../show.ts'
import { allowed, tell } from './actor.ts'

/** «Показать»: the owner sees what is masked, in an alert that stays nowhere; and it is in the audit first. */
export const reveal = async (ctx: Ctx, { what, id, page }: Extract<Button, { verb: 'reveal' }>): Promise<void> => {
  const { desk } = ctx.house
  const found = what === 'card' ? await ofCard(ctx, id) : await ofMessage(ctx, id)
  if (!found || found.appeal.id !== ctx.appealId) return await tell(ctx, 'desk.stale')
  const operator = await allowed(ctx, 'reveal', found.appeal)
  if (!operator) return
  const shown = pagesOf(desk, found.text)[page]
  if (shown === undefined) return await tell(ctx, 'desk.stale')
  await desk.db.transaction((tx) =>
    audit(tx, {
      key: `reveal:${ctx.key}`,
      actor: { kind: 'operator', id: operator.id },
      action: 'reveal',
      appeal: found.appeal.id,
      citizen: found.appeal.citizenId,
      data: { what, id },
    }),
  )
  await answerPress(ctx, escapeHtml(shown))
}

type Found = { appeal: Appeal; text: string }

const ofMessage = async (ctx: Ctx, id: number): Promise<Found | null> => {
  const { desk } = ctx.house
  const message = await messages.byId(desk, id)
  const now = message && ((await messages.latest(desk, message.at)) ?? message)
  const appeal = now?.author === 'citizen' ? await byId(desk, now.appealId) : null
  return now && appeal ? { appeal, text: textOf(now.content) } : null
}

const ofCard = async (ctx: Ctx, id: number): Promise<Found | null> => {
  const { desk } = ctx.house
  const appeal = await byId(desk, id)
  const context = appeal && (await openContext(desk, appeal.context))
  return appeal && context ? { appeal, text: hiding.cardText(context) } : null
}

/** «Скрыть вложение»: it leaves the topic; that somebody hid it stays. */
export const hideFile = async (ctx: Ctx, id: number): Promise<void> => {
  const { desk } = ctx.house
  const message = await messages.byId(desk, id)
  const appeal = message && (await byId(desk, message.appealId))
  if (!message || !appeal || appeal.id !== ctx.appealId) return await tell(ctx, 'desk.stale')
  const operator = await allowed(ctx, 'hide', appeal)
  if (!operator) return
  await hiding.hide(desk, appeal, { message, by: operator })
  await answerPress(ctx)
  if (message.album) await show(ctx, { html: ctx.t('secrets.hidden_files') })
}
